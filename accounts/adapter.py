from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; nobody signs themselves up. What is wrong is said in plain words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right. Check both and try again.",
        "enter_current_password": "Your present password is not right. Type it again.",
        "incorrect_password": "The password is not right. Type it again.",
        "too_many_login_attempts": "There were too many attempts to sign in. Wait five minutes and try again.",
        "rate_limited": "That was too often. Wait a few minutes and try again.",
    }

    def is_open_for_signup(self, request):
        return False
