"""Django's settings, made of the options. What is not here is Django's own default."""

import os
from pathlib import Path

from encircle.config.database import database
from encircle.config.options import chosen
from encircle.config.secret import secret_key
from encircle.host.provider.setting import read_providers

OPTIONS = chosen(os.environ)

DATA = OPTIONS.path("ENCIRCLE_DATA")
DEMO = OPTIONS.text("ENCIRCLE_MODE") == "demo"
COUNTRY = OPTIONS.text("ENCIRCLE_COUNTRY")
BEHIND_TLS = bool(OPTIONS.values["ENCIRCLE_BEHIND_TLS"])

INSTALLATION_KEY = OPTIONS.maybe_text("ENCIRCLE_INSTALLATION_KEY")
INSTALLATION_KEY_FILE = DATA / "keys" / "installation-key"
PKCS11_MODULE = OPTIONS.maybe_path("ENCIRCLE_PKCS11_MODULE")
PKCS11_TOKEN = OPTIONS.text("ENCIRCLE_PKCS11_TOKEN")
PKCS11_PIN_FILE = OPTIONS.maybe_path("ENCIRCLE_PKCS11_PIN_FILE")
JOURNAL_NAME = OPTIONS.text("ENCIRCLE_JOURNAL_NAME")
JOURNAL_KEY_FILE = DATA / "keys" / "journal-signing-key"
BACKUP_DAYS = OPTIONS.values["ENCIRCLE_BACKUP_DAYS"]
JOURNAL_WITNESS = OPTIONS.maybe_path("ENCIRCLE_WITNESS") or DATA / "witness"

ADDRESS = OPTIONS.maybe_text("ENCIRCLE_ADDRESS") or (
    f"{'https' if BEHIND_TLS else 'http'}://{OPTIONS.names('ENCIRCLE_HOSTS')[0]}/"
)
SMTP_HOST = OPTIONS.maybe_text("ENCIRCLE_SMTP_HOST")
SMTP_PORT = OPTIONS.number("ENCIRCLE_SMTP_PORT")
SMTP_SECURITY = OPTIONS.text("ENCIRCLE_SMTP_SECURITY")
SMTP_LOGIN = OPTIONS.maybe_text("ENCIRCLE_SMTP_LOGIN")
SMTP_PASSWORD = OPTIONS.maybe_text("ENCIRCLE_SMTP_PASSWORD")
SMTP_FROM = OPTIONS.text("ENCIRCLE_SMTP_FROM")

PROVIDERS_FILE = OPTIONS.maybe_path("ENCIRCLE_PROVIDERS")
PROVIDERS = () if PROVIDERS_FILE is None else read_providers(PROVIDERS_FILE)

CLAMD = OPTIONS.maybe_path("ENCIRCLE_CLAMD")

DEBUG = False
# Pages that take files name their own handler, which seals them; all others drop what is sent.
FILE_UPLOAD_HANDLERS = ["encircle.web.page.no_files.NoFiles"]
SECRET_KEY = secret_key(OPTIONS.maybe_text("ENCIRCLE_SECRET_KEY"), data=DATA)
ONION = OPTIONS.maybe_text("ENCIRCLE_ONION") or ""
ALLOWED_HOSTS = [*OPTIONS.names("ENCIRCLE_HOSTS"), *([ONION] if ONION else [])]
ROOT_URLCONF = "encircle.config.urls"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "encircle.records",
]
MIDDLEWARE = [
    "encircle.web.headers.safe_headers",
    "encircle.web.page.manner.known_manner",
    "encircle.web.onion.OverTor",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "encircle.web.page.lost.TellRefusals",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "encircle.web.page.stands.stands_in_session",
    "django.middleware.locale.LocaleMiddleware",
    "encircle.web.page.public_language.InPublicLanguage",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "encircle.web.page.kept.GiveBack",
]
WEB = Path(__file__).resolve().parents[1] / "web"
# Later ones win: our {% csrf_token %} also carries whose form it is.
TEMPLATE_TAGS = ["django_cotton.templatetags.cotton", "encircle.web.page.tags", "encircle.web.page.form_mark"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "OPTIONS": {
            "context_processors": ["encircle.web.page.frame.frame"],
            "builtins": TEMPLATE_TAGS,
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.filesystem.Loader"],
                )
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# Styles and pictures are served as they lie there; the address of each carries the digest of what it holds.
STATIC_URL = "/static/"
STATIC_ROOT = WEB / "static"
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_ALLOW_ALL_ORIGINS = False

AUTH_USER_MODEL = "records.Account"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "encircle.web.page.password.NotCommon"},
    {"NAME": "encircle.web.page.password.NotTooLong"},
    {"NAME": "encircle.web.page.password.NotOfThisPlace"},
]
# Our own page asks for login and password (web/desk/sign_in.py); allauth does the second step and its upkeep.
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "encircle.web.desk.account.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_METHODS = {"password"}
# By account only: behind a proxy everybody seems to come from one address.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
MFA_ADAPTER = "encircle.web.desk.account.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate_webauthn": "encircle.web.desk.account.passkey_form.UsedPasskey",
    "add_webauthn": "encircle.web.desk.account.passkey_form.NewPasskey",
}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Encircle"
MFA_TOTP_TOLERANCE = 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": database(OPTIONS)}

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("et", "eesti"), ("ar", "العربية")]
# What children and the public read is there in these. A language is added once its catalogue is complete.
PUBLIC_LANGUAGES = [
    ("en", "English"),
    ("et", "eesti"),
    ("ar", "العربية"),
    ("da", "dansk"),
    ("de", "Deutsch"),
    ("fa", "فارسی / دری"),
    ("fi", "suomi"),
    ("fr", "français"),
    ("lt", "lietuvių"),
    ("lv", "latviešu"),
    ("pl", "polski"),
    ("ru", "русский"),
    ("sv", "svenska"),
    ("uk", "українська"),
]
LOCALE_PATHS = [WEB / "locale"]
FORMAT_MODULE_PATH = ["encircle.web.page.formats"]
# A browser takes a cookie of these names over HTTPS only, and with the first one for the whole of this host only.
HOST_PREFIX, SECURE_PREFIX = ("__Host-", "__Secure-") if BEHIND_TLS else ("", "")
LANGUAGE_COOKIE_NAME = f"{SECURE_PREFIX}encircle-language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = BEHIND_TLS

SESSION_ENGINE = "encircle.records.sessions"
SESSION_COOKIE_NAME = f"{HOST_PREFIX}encircle"
SESSION_COOKIE_AGE = OPTIONS.number("ENCIRCLE_SESSION_HOURS") * 60 * 60
IDLE_SECONDS = OPTIONS.number("ENCIRCLE_IDLE_MINUTES") * 60
AGAIN_SECONDS = OPTIONS.number("ENCIRCLE_AGAIN_MINUTES") * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_NAME = f"{HOST_PREFIX}encircle-form"
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_FAILURE_VIEW = "encircle.web.page.kept.form_too_old"
# With "no-referrer" browsers send "Origin: null" with a form, which cannot be told from a forged one.
SECURE_REFERRER_POLICY = "same-origin"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # Whoever asks for the health of the process stands beside it.
    SECURE_REDIRECT_EXEMPT = [r"^-/"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# The header X-Frame-Options is set with all others, in web/headers.py.
SILENCED_SYSTEM_CHECKS = ["security.W002"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "encircle.config.log_line.LogLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": OPTIONS.text("ENCIRCLE_LOG").upper()},
}
