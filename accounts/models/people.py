"""Who signs in, and the posts that they hold."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from improvement.records.columns import paired


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        # Never iexact: to PostgreSQL "ſ" is an "s", and `accounts.signing_in.attempts` would count each spelling apart.
        return self.get(email=email.lower())


class User(AbstractUser):
    """A person who signs in, by e-mail address. What they may do follows from their posts, seats and plans."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField("e-mail address", unique=True, help_text="The address this person signs in with.")
    name = models.CharField(max_length=150, help_text="The name shown on pages and in records.")
    is_demonstration = models.BooleanField(
        "demonstration account",
        default=False,
        editable=False,
        help_text="Made by load_demonstration with a published password; refused outside the demonstration.",
    )

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    class Meta:
        ordering = ("name", "email")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=models.functions.Lower("email")),
                name="user_email_is_lower_case",
                violation_error_message="Enter the e-mail address in lower case.",
            )
        ]

    def __str__(self):
        return self.name or self.email

    def clean(self):
        super().clean()
        self.email = self.email.lower()

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @property
    def posts(self):
        """The posts that this person holds or deputises for at present."""
        return Post.objects.filter(Q(holder=self) | Q(deputy=self))


class Invitation(models.Model):
    """A link with which a person chooses the password of their account, once and until a day.

    Written by `accounts.people.invitations` alone. Of its token only the hash is kept and, until its e-mail has gone,
    the nonce that it is worked out from with the site's secret key (`accounts.people.links`): a link is never shown
    again, and a new one takes the place of the one before.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="invitation")
    token_sha256 = models.CharField("SHA-256 of the token", max_length=64, unique=True)
    nonce = models.CharField(max_length=32, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="invitations_sent")
    sent_to = models.EmailField(help_text="A link works while the account has the address that it was sent to.")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="invitations_withdrawn")

    class Meta:
        ordering = ("-sent_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")),
                name="invitation_expires_after_it_is_sent",
                violation_error_message="An invitation expires after it is sent.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True)
                | Q(withdrawn_at__isnull=True, accepted_at__gte=F("sent_at"), accepted_at__lt=F("expires_at")),
                name="invitation_is_accepted_while_it_is_open",
                violation_error_message="An invitation is accepted before it expires, unless it was withdrawn.",
            ),
            models.CheckConstraint(
                condition=paired("withdrawn_at", "withdrawn_by"),
                name="invitation_is_withdrawn_by_someone",
                violation_error_message="A withdrawn invitation names who withdrew it.",
            ),
        ]

    def __str__(self):
        return f"Invitation of {self.user}"

    def is_open(self, at):
        """Whether its link works at the moment `at`."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at


class PostQuerySet(models.QuerySet):
    def get_by_natural_key(self, title, organisation):
        return self.get(title=title, organisation=organisation)


class Post(models.Model):
    """A position that carries responsibility while people come and go.

    Holder and deputy say who was given it last; only `accounts.posts.hand_over` changes them. Who acts for it now says
    `acting`. A post whose holder has no account (police, health) is entered for by the programme office.
    """

    title = models.CharField(max_length=150, help_text="For example, “Chief Officer, Early Years”.")
    organisation = models.CharField(max_length=150, help_text="The council or partner that the post belongs to.")
    holder = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="held_posts",
        help_text="The person who holds the post now.",
    )
    deputy = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputised_posts",
        help_text="The person who acts for the holder now. The record says when a deputy acts for the holder.",
    )
    source = models.CharField(
        max_length=200, blank=True, help_text="Where the post is named: the document and its page or paragraph."
    )
    history = HistoricalRecords()

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ("organisation", "title")
        constraints = [
            models.UniqueConstraint(
                fields=("title", "organisation"),
                name="post_title_is_unique_in_its_organisation",
                violation_error_message="This organisation already has a post with that title.",
            ),
            models.CheckConstraint(
                condition=Q(holder__isnull=True) | Q(deputy__isnull=True) | ~Q(holder=F("deputy")),
                name="post_deputy_is_not_its_holder",
                violation_error_message="The deputy cannot be the same person as the holder.",
            ),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.title, self.organisation)

    def acts_for(self, user):
        """Return the words of a record for what `user` does for this post: empty for its holder."""
        return "" if user.pk == self.holder_id else self.holder_words

    @property
    def acting(self):
        """Its holder and deputy, without anyone whose account is deactivated."""
        return [person for person in (self.holder, self.deputy) if person is not None and person.is_active]

    @property
    def acting_holder(self):
        """Its holder, or None where nobody who has an account and may sign in holds it."""
        return self.holder if self.holder is not None and self.holder.is_active else None

    @property
    def people(self):
        """Who acts for it at present; empty where nobody with an account does."""
        return "; ".join(
            person.name if person.pk == self.holder_id else f"deputy: {person.name}" for person in self.acting
        )

    @property
    def holder_words(self):
        if self.acting_holder:
            return f"{self.title} ({self.acting_holder.name})"
        return self.title if self.organisation in self.title else f"{self.title}, {self.organisation}"


class Capacity(models.TextChoices):
    HOLDER = "holder", "Holder"
    DEPUTY = "deputy", "Deputy"


class Tenure(models.Model):
    """Who held or deputised for a post, from one day to another. Written by `accounts.posts.hand_over` alone."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="tenures")
    user = models.ForeignKey(User, models.PROTECT, related_name="tenures")
    capacity = models.CharField(max_length=10, choices=Capacity)
    from_on = models.DateField("from")
    to_on = models.DateField(
        "to", null=True, blank=True, help_text="The last day. Leave empty if there is no end date."
    )

    class Meta:
        ordering = ("post", "from_on", "capacity")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="tenure_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first day.",
            ),
            models.UniqueConstraint(
                fields=("post", "capacity"),
                condition=Q(to_on__isnull=True),
                name="tenure_present_is_one_for_each_capacity",
                violation_error_message="The post already has a holder or deputy.",
            ),
        ]

    def __str__(self):
        if self.user_id is None or self.post_id is None:
            return ""  # The administration shows again a row that it was sent under no number.
        return f"{self.user}, {self.get_capacity_display().lower()} of {self.post}"
