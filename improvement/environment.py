"""The environment, in which whatever is missing or wrong is told in one sentence (ImproperlyConfigured)."""

import os
import secrets
from datetime import datetime

import environ
from django.core.exceptions import ImproperlyConfigured

_ON, _OFF = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
_SQLITE = "django.db.backends.sqlite3"
_ENCODED = "%23 for #, %2F for /, %3F for ?, %40 for @, %3A for : and %25 for %"
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class Environment(environ.Env):
    """As django-environ reads it, but strictly, and a value that begins with "$" is that value."""

    def get_value(self, var, cast=None, default=environ.Env.NOTSET, parse_default=False):
        value = self.ENVIRON.get(var)
        if value is None and default is self.NOTSET:
            raise ImproperlyConfigured(f"{var} is not set. The README explains it.")
        if value is not None and value.startswith("$"):
            return self.parse_value(value, cast)
        return super().get_value(var, cast=cast, default=default, parse_default=parse_default)

    def bool(self, var, default):
        value = self.str(var, default="")
        if value.lower() not in _ON | _OFF:
            raise ImproperlyConfigured(f"{var} is “{value}”. Set it to 1 or 0.")
        return value.lower() in _ON if value else default

    def int(self, var, default):
        value = self.str(var, default=str(default))
        if not (value.isascii() and value.isdigit()):
            raise ImproperlyConfigured(f"{var} is “{value}”. Set it to a whole number.")
        return int(value)

    def moment(self, var, default):
        value = self.str(var, default=default)
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            raise ImproperlyConfigured(f"{var} is “{value}”. Set it to a date and time, such as {default}.") from None

    def log_level(self, var):
        value = self.str(var, default="WARNING")
        if value.upper() not in _LEVELS:
            raise ImproperlyConfigured(f"{var} is “{value}”. Set it to one of {', '.join(_LEVELS)}.")
        return value.upper()

    def folder(self, var, default, base):
        """Return a folder for its owner alone, made where it is missing; a relative one is looked for from `base`."""
        value = self.str(var, default="") or default
        if value.startswith("~"):
            raise ImproperlyConfigured(f"{var} is “{value}”. Write the whole path, such as /var/lib/improvement.")
        folder = base / value
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as fault:
            raise ImproperlyConfigured(
                f"{var} is “{folder}”, which is no folder and cannot be made one: {fault.strerror}."
            ) from None
        if not os.access(folder, os.W_OK | os.X_OK):
            raise ImproperlyConfigured(
                f"{var} is “{folder}”, where this user cannot write. Run this as the user that owns it."
            )
        return folder

    def kept(self, var, path):
        """Return the text that stands in for `var`, kept in a file for its owner alone; random if new."""
        try:  # of several processes that start at once, one makes it
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
        return path.read_text()

    def hosts(self, var, default):
        """Return host names, none of which has a scheme, a port or a path."""
        hosts = [host.strip() for host in self.list(var, default=default)]
        if wrong := [host for host in hosts if set("/: ") & set(host)]:
            raise ImproperlyConfigured(
                f"{var} holds “{wrong[0]}”. List host names only, separated by commas: improvement.example, "
                "not https://improvement.example/."
            )
        return hosts

    def origins(self, var):
        """Return origins, each of which has its scheme and nothing after its host."""
        origins = [origin.strip() for origin in self.list(var, default=[])]
        for origin in origins:
            scheme, separator, host = origin.partition("://")
            if scheme not in {"http", "https"} or not separator or not host or "/" in host:
                raise ImproperlyConfigured(
                    f"{var} holds “{origin}”. Write each with its scheme and no path: https://other.example."
                )
        return origins

    def address(self, var, default):
        """Return the address of the site, with its scheme and nothing after its host."""
        value = self.str(var, default=default).rstrip("/")
        scheme, separator, host = value.partition("://")
        if scheme not in {"http", "https"} or not separator or not host or "/" in host:
            raise ImproperlyConfigured(f"{var} is “{value}”. Write it with its scheme: https://improvement.example.")
        return value

    def database(self, var, default, folder):
        """Return Django's settings of the database: the SQLite file `default`, or what `var` names.

        A file of SQLite is looked for from `folder`.
        """
        value = self.str(var, default="")
        if not value:
            return {"ENGINE": _SQLITE, "NAME": str(default)}
        wrong = ImproperlyConfigured(
            f"{var} cannot be read. Write it as postgres://user:password@host/name, and in the password {_ENCODED}."
        )
        if "#" in value or value.partition("://")[0] not in {"postgres", "postgresql", "sqlite"}:
            raise wrong
        try:
            config = self.db_url_config(value)
        except (KeyError, ValueError, ImproperlyConfigured):
            raise wrong from None
        if config["NAME"] in {"", ":memory:"}:
            raise wrong
        if config["ENGINE"] == _SQLITE:
            config["NAME"] = str(folder / config["NAME"])
        return config

    def mail(self, var, default):
        """Return Django's settings of the mail server."""
        try:
            return self.email_url_config(self.str(var, default=default))
        except (KeyError, ValueError, ImproperlyConfigured):
            raise ImproperlyConfigured(
                f"{var} cannot be read. Write it as smtp://host:25 or smtp+tls://user:password@host:587, and in the "
                f"password {_ENCODED}."
            ) from None
