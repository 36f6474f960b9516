"""Settings from the environment, secure by default; the demonstration is the one relaxed case.

Every variable that is read here is described in README.md.
"""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from csp.constants import NONE, SELF
from csp.utils import build_policy, default_config
from django.core.exceptions import ImproperlyConfigured

from improvement.environment import Environment
from improvement.texts import days

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

DEMONSTRATION = env.bool("DEMONSTRATION", default=False)
# Published on the sign-in page of the demonstration, the same for all of its accounts.
DEMONSTRATION_PASSWORD = "improvement-2011"  # noqa: S105
DEBUG = False
# A site of one's own to try, without a proxy: plain http, and nobody but this machine gets an answer.
ON_LOCALHOST = env.bool("ON_LOCALHOST", default=False)
if ON_LOCALHOST and (DEMONSTRATION or env("ALLOWED_HOSTS", default="") or env.bool("BEHIND_PROXY", default=False)):
    raise ImproperlyConfigured(
        "ON_LOCALHOST is for trying the site on your own machine, so it goes with none of ALLOWED_HOSTS, BEHIND_PROXY "
        "and DEMONSTRATION. Remove it, or remove those."
    )
PLAIN_HTTP = DEMONSTRATION or ON_LOCALHOST

# Everything that the running site writes, but for a PostgreSQL database, lives in this folder, for its owner alone.
# A relative one is looked for from the code, so that a command started elsewhere finds the same site.
DATA_DIR = env.folder("DATA_DIR", ".data", BASE_DIR)

_DEMONSTRATION_KEY = "the-demonstration-holds-no-secret-and-this-key-is-refused-everywhere-else"
SECRET_KEY = env("SECRET_KEY", default="")
if SECRET_KEY == _DEMONSTRATION_KEY and not DEMONSTRATION:
    raise ImproperlyConfigured("SECRET_KEY is the demonstration’s, which is public. Set another.")
if not SECRET_KEY and ON_LOCALHOST:
    SECRET_KEY = env.kept("SECRET_KEY", DATA_DIR / "secret-key")
if not SECRET_KEY:
    if not DEMONSTRATION:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to a long random text, or set DEMONSTRATION=1 to try the demonstration."
        )
    SECRET_KEY = _DEMONSTRATION_KEY
# Former keys, under which sessions, links and second factors still hold.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default=["*"] if DEMONSTRATION else [])
if ON_LOCALHOST:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "improvement",
    "boards",
    "plans",
    "notices",
    "accounts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tables2",
    "simple_history",
]

# Those that set headers come first, so that static files, refusals and errors of the others have them too.
MIDDLEWARE = [
    "improvement.middleware.headers",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "improvement.middleware.proxy",
    "improvement.middleware.this_machine",
    "improvement.middleware.bounds",
    "improvement.middleware.turns",
    "improvement.middleware.clock",
    "improvement.govuk.keeping.middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "improvement.govuk.keeping.CsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.signing_in.middleware.staff",
    "accounts.signing_in.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "improvement.govuk.ways_back.middleware",
]

ROOT_URLCONF = "improvement.urls"
WSGI_APPLICATION = "improvement.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "improvement.context.site",
            ],
            "builtins": ["improvement.govuk.drawing"],
        },
    },
]
FORM_RENDERER = "improvement.govuk.FormRenderer"

# SQLite in one file by default; PostgreSQL where DATABASE_URL names it.
DATABASES = {"default": env.database("DATABASE_URL", DATA_DIR / "db.sqlite3", BASE_DIR)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a write takes the lock at its start and waits its turn, instead of failing half way.
    # recursive_triggers: what REPLACE throws out asks the guards (improvement.records.triggers) as a DELETE does.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
        ),
    }
    # A file, not memory: threads and the browser tests open connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}.test"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Whoever waits longer is told so, with what they wrote, before the worker's own time is up.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c lock_timeout=10s")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# allauth counts failed sign-ins and remembers used codes here; a cache of each process's own would let every worker
# count afresh. With Django's 300 entries a stranger could push the counts out by trying as many addresses.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What was drawn from the record of months, in each process; a page of 150 recommendations takes 1 MB.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 20},
    },
    # The same of the list of a month's recommendations, by what is asked of it; of 44 it takes 60 kB.
    "lists": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "lists",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 50},
    },
    # The same of the months of one recommendation; of 24 months it takes 60 kB.
    "stories": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "stories",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
    # Agreed minutes as files of the public page, where anybody may ask for them as often as they like.
    "minutes": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "minutes",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 50},
    },
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.signing_in.sessions.PersonBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.signing_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# Failed sign-ins are counted by accounts.signing_in.attempts. Here: codes of a second factor by account (whoever
# tries them knows the password), letters by the account that gets them; nothing by address, which a whole council may
# share.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "reset_password": "5/h/key",
    "reset_password_from_key": None,
}
# A letter reaches the right person however many strangers are counted against the account.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# Nothing tells a stranger which addresses have an account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "accounts.signing_in.forms.SignInForm",
    "change_password": "accounts.signing_in.forms.ChangePasswordForm",
    "reset_password": "accounts.signing_in.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.signing_in.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.signing_in.forms.ReauthenticateForm",
}

MFA_ADAPTER = "accounts.signing_in.adapter.MFAAdapter"
MFA_TOTP_ISSUER = "Improvement plan tracker"
# Who has an account was given it, so there is no address to be proved first.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "accounts.signing_in.forms.CodeForm",
    "reauthenticate": "accounts.signing_in.forms.ConfirmCodeForm",
    "activate_totp": "accounts.signing_in.forms.SetUpAppForm",
    "deactivate_totp": "accounts.signing_in.forms.RemoveAppForm",
    "generate_recovery_codes": "accounts.signing_in.forms.NewRecoveryCodesForm",
}

# Signing in through the council's identity provider, by OpenID Connect; off where it is not named.
OIDC_ISSUER = env("OIDC_ISSUER", default="").rstrip("/")
OIDC_NAME = env("OIDC_NAME", default="your council account") if OIDC_ISSUER else ""
SOCIALACCOUNT_ADAPTER = "accounts.signing_in.adapter.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_ISSUER:
    if not OIDC_ISSUER.startswith("https://") or {"common", "organizations", "consumers"} & set(OIDC_ISSUER.split("/")):
        raise ImproperlyConfigured(
            "OIDC_ISSUER must be an https address of one tenant: at any other, anybody could claim any e-mail address."
        )
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "council",
                "name": OIDC_NAME,
                "client_id": env("OIDC_CLIENT_ID"),
                "secret": env("OIDC_CLIENT_SECRET"),
                "settings": {
                    "server_url": OIDC_ISSUER,
                    "oauth_pkce_enabled": True,
                    "fetch_userinfo": False,
                    "email_domains": [domain.lower() for domain in env.list("OIDC_EMAIL_DOMAINS")],
                },
            }
        ]
    }

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
DATE_FORMAT = "j F Y"
FORMAT_MODULE_PATH = "improvement.formats"
DATETIME_FORMAT = "j F Y, H:i"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "improvement.files.storage.KeptStorage"},
    "staticfiles": {"BACKEND": "improvement.files.storage.StaticStorage"},
}
MEDIA_ROOT = DATA_DIR / "evidence"
# Evidence is served by a view that asks permissions, never by its address.
MEDIA_URL = "/no-such-address/"
FILE_UPLOAD_PERMISSIONS = 0o640
EVIDENCE_MAX_BYTES = 20 * 1024 * 1024
EVIDENCE_MAX_COUNT = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Django takes in a file of any size, from anybody, before a view is asked. Well above EVIDENCE_MAX_BYTES, so that
# whoever chooses a file that is a little too large reads so beside the field.
REQUEST_MAX_BYTES = 5 * EVIDENCE_MAX_BYTES

# Who answers for the site, as the accessibility statement says; a public body has to.
ORGANISATION = env("ORGANISATION", default="")
ACCESSIBILITY_EMAIL = env("ACCESSIBILITY_EMAIL", default="")
ACCESSIBILITY_PHONE = env("ACCESSIBILITY_PHONE", default="")

EMAIL_CONFIG = env.mail("EMAIL_URL", "consolemail://" if PLAIN_HTTP else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
# Seconds. A mail server that says nothing would otherwise hold whoever asked for a letter for ever.
EMAIL_TIMEOUT = 10
# A letter that a stranger may ask for is sent apart from the answer (accounts.signing_in.letters).
LETTERS_IN_A_THREAD = True
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="improvement@localhost")
# Where links in e-mails lead; a page knows its own address, but a message is written by nobody's request.
SITE_ADDRESS = env.address(
    "SITE_ADDRESS",
    default="http://localhost:8000" if PLAIN_HTTP else f"https://{(ALLOWED_HOSTS or ['localhost'])[0].lstrip('.')}",
)
# The server itself sends what waits, in place of `manage.py deliver` from cron.
DELIVER = env.bool("DELIVER", default=False)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_CONTENT_SECURITY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    # The sign-in form leads on to the identity provider, and a browser asks for the whole way.
    "form-action": [SELF, *(["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))] if OIDC_ISSUER else [])],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}
# Set by improvement.middleware.headers. Django sets the last three too, but not on its own refusal of a host. The
# policy is written once: the middleware of django-csp would write it anew for each page.
RESPONSE_HEADERS = {
    "Content-Security-Policy": build_policy(default_config(_CONTENT_SECURITY)),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
PERMISSIONS_POLICY = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "fullscreen", "display-capture")
}
# The demonstration, and a site that is tried, run over plain http on one's own machine; nothing else does.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not PLAIN_HTTP)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# An hour to begin with: a browser that was told two years cannot be told otherwise, should the certificate fail. Other
# host names of the council, and the browsers' own lists, are asked for only by whoever answers for the domain.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else env.int("SECURE_HSTS_SECONDS", 63_072_000 if SECURE_HSTS_PRELOAD else 3600)
# W003 knows Django's own middleware by its name only; ours (improvement.govuk.keeping) is a subclass of it.
SILENCED_SYSTEM_CHECKS = ["security.W003", "security.W005", "security.W021"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
# The proxy of the README compresses the pages; without one the site does.
if not BEHIND_PROXY:
    MIDDLEWARE.insert(MIDDLEWARE.index("improvement.middleware.proxy"), "improvement.middleware.Compression")
# Attempts to sign in are counted by address; by the proxy's own, one stranger would shut everybody out.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "session" if PLAIN_HTTP else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if PLAIN_HTTP else "__Host-csrf"
KNOWN_BROWSER_COOKIE_NAME = "known" if PLAIN_HTTP else "__Host-known"
MESSAGES_COOKIE_NAME = "messages" if PLAIN_HTTP else "__Host-messages"
MESSAGE_STORAGE = "improvement.files.storage.MessageStorage"
SESSION_ENGINE = "accounts.signing_in.sessions"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "improvement.views.csrf_failure"

# The one clock (improvement.middleware.clock) stands still here in the demonstration: everything in its
# sources is then in the past, and nothing is years late.
DEMONSTRATION_NOW = None
if DEMONSTRATION:
    DEMONSTRATION_NOW = env.moment("DEMONSTRATION_NOW", "2011-12-09T09:00").replace(tzinfo=ZoneInfo(TIME_ZONE))

# What hints name as an example of a date: read when the server starts.
EXAMPLE_DATE = days.example((DEMONSTRATION_NOW or datetime.now(UTC)).date())  # noqa: TID251

DJANGO_TABLES2_TEMPLATE = "improvement/table.html"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"secrets": {"()": "improvement.logs.WithoutSecretAddresses"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["stderr"], "level": env.log_level("LOG_LEVEL")},
}
