from allauth.mfa.stages import AuthenticateStage

from accounts.signing_in import second_factor


class SecondFactorStage(AuthenticateStage):
    """Ask whoever has a second factor for it, between the password and the first page."""

    def handle(self):
        if not second_factor.is_asked_of(self.request, self.login.user):
            return None, True
        return super().handle()
