"""Composition root: every app is named here by string, and nothing imports upward.

Everything that differs between machines comes from the environment. `manage.py` fills in
DATABASE_URL and REDIS_URL from the embedded servers when they are not set.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

from nexus.database_limits import options_for
from nexus.schedule import every_minutes, every_seconds, hourly, nightly

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = False
NEXUS_DEMONSTRATION = env.bool("NEXUS_DEMONSTRATION", default=False)
# An installation of its own in which programs are tried out: see referrals/sandbox/.
NEXUS_SANDBOX = env.bool("NEXUS_SANDBOX", default=False)
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Personal data files (attachments) live here, never under a folder the web server can reach.
NEXUS_DATA_DIR = Path(env("NEXUS_DATA_DIR", default=str(BASE_DIR / ".nexus")))
# What checks uploads for viruses: clamd://host:port, or "builtin", which is for demonstrations only.
NEXUS_SCANNER = env("NEXUS_SCANNER", default="builtin")
FILE_UPLOAD_HANDLERS = [
    "nexus.documents.uploading.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# True behind TLS: cookies become __Host- cookies and plain HTTP is redirected.
NEXUS_HTTPS = env.bool("NEXUS_HTTPS", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if NEXUS_HTTPS else None
SECURE_SSL_REDIRECT = NEXUS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked from inside the container, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if NEXUS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = NEXUS_HTTPS
# What Prometheus sends to read /metrics/: "Authorization: Bearer …". Empty: there is no such page.
NEXUS_METRICS_TOKEN = env("NEXUS_METRICS_TOKEN", default="")
# True where every request comes through our own proxy, which says who asked.
NEXUS_BEHIND_PROXY = env.bool("NEXUS_BEHIND_PROXY", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_fsm",
    "drf_spectacular",
    "knox",
    "pgtrigger",
    "rest_framework",
    "nexus",
    "nexus.accounts",
    "nexus.audit",
    "nexus.documents",
    "nexus.drafts",
    "nexus.notifications",
    "nexus.retention",
    "nexus.rights",
    "nexus.presses",
    "nexus.changes",
    "nexus.ui",
    "referrals",
    "referrals.datawash",
    "referrals.desk",
    "referrals.duplicates",
    "referrals.duty_desk",
    "referrals.matrix",
    "referrals.quality",
    "casework",
    "casework.material",
    "casework.engagement",
    "casework.support",
    "casework.decisions",
    "casework.tribunal",
    "casework.keying",
    "casework.reports",
    "casework.disparity",
    # A production image is built without it (.dockerignore).
    *(["casework.demonstration"] if (BASE_DIR / "casework" / "demonstration").is_dir() else []),
]

MIDDLEWARE = [
    "nexus.request_id.RequestIdMiddleware",
    "nexus.headers.EveryAnswerMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *(["nexus.behind_proxy.BehindProxyMiddleware"] if NEXUS_BEHIND_PROXY else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nexus.ui.busy.BusyMiddleware",
    "nexus.scope.NobodyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nexus.accounts.sessions.SessionLimitsMiddleware",
    "nexus.audit.refused.RefusalMiddleware",
    "nexus.scope.ScopeMiddleware",
    "nexus.accounts.sessions.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "nexus.ui.stale.StaleMiddleware",
    "nexus.drafts.middleware.DraftMiddleware",
    "nexus.once.OneReadingMiddleware",
]

ROOT_URLCONF = "nexus.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "nexus.ui.environment.environment",
            "context_processors": [
                "nexus.ui.context.page",
                "nexus.presses.guard.press_key",
                "nexus.notifications.context.inbox",
                "nexus.accounts.sessions.time_left",
            ],
        },
    }
]
WSGI_APPLICATION = "nexus.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What kind of process this is, for the limits of its connections: "web", "worker", "migrations", or "" for a command.
NEXUS_DATABASE_LIMITS = env("NEXUS_DATABASE_LIMITS", default="")
DATABASE = env.db("DATABASE_URL")
DATABASES = {
    "default": {
        **DATABASE,
        "ENGINE": "nexus.database",  # each transaction says its scope
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,  # they would outlive the transaction that has the scope
        "OPTIONS": {
            "connect_timeout": 5,  # seconds
            "options": options_for(NEXUS_DATABASE_LIMITS),
            **DATABASE.get("OPTIONS", {}),
        },
    }
}
# "system" where this process works for nobody in particular, as a command does: see nexus/scope.py.
NEXUS_SCOPE = env("NEXUS_SCOPE", default="")
# The role web and worker run as, when `migrate` runs as another (see nexus/management/commands/migrate.py).
NEXUS_RUNTIME_ROLE = env.db("NEXUS_RUNTIME_DATABASE_URL", default="postgres:///")["USER"]
# Which row is locked before a row of each model: the one this foreign key names. See nexus/steps.py.
NEXUS_LOCKED_AFTER = {
    "referrals.Proposal": "referral",
    "material.Material": "case",
    "engagement.Engagement": "case",
    "decisions.Claim": "case",
    "decisions.Decision": "case",
    "decisions.Challenge": "decision",
}

# With this key the heads of the audit record are signed, and to this file, outside the database, one is added each
# minute in which something is recorded: keep it where whoever administers the database cannot write. See nexus/audit/heads.py.
NEXUS_AUDIT_KEY = env("NEXUS_AUDIT_KEY", default=SECRET_KEY)
NEXUS_AUDIT_HEADS = Path(env("NEXUS_AUDIT_HEADS", default=str(NEXUS_DATA_DIR / "audit-heads.jsonl")))

REDIS_URL = env("REDIS_URL")
# Nothing about a person may be cached: the cache holds counters and marks under ids only.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env("NEXUS_CACHE_URL", default=REDIS_URL),
        "KEY_PREFIX": "nexus",
    }
}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"
CSRF_FAILURE_VIEW = "nexus.accounts.sessions.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # not in a cookie
SESSION_COOKIE_AGE = 15 * 60  # seconds without a request; every request restarts them
SESSION_SAVE_EVERY_REQUEST = True
NEXUS_SESSION_HOURS = 8  # from signing in, however busy
SESSION_COOKIE_NAME = "__Host-nexus-session" if NEXUS_HTTPS else "nexus-session"
CSRF_COOKIE_NAME = "__Host-nexus-csrf" if NEXUS_HTTPS else "nexus-csrf"
NEXUS_DEVICE_COOKIE = (
    "__Host-nexus-device" if NEXUS_HTTPS else "nexus-device"
)  # see nexus/accounts/throttle.py
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = NEXUS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
PASSWORD_HASHERS = ["nexus.accounts.hashing.BoundedArgon2PasswordHasher"]
# The second factor (nexus/accounts/second_factor). What seals the secrets of apps: the first key writes, all of them
# read; without one they are sealed with SECRET_KEY.
NEXUS_SECOND_FACTOR_KEYS = env.list("NEXUS_SECOND_FACTOR_KEYS", default=[]) or [SECRET_KEY]
MFA_ADAPTER = "nexus.accounts.second_factor.adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Signing in with an account at an OpenID Connect provider (nexus/accounts/openid): none without an issuer. Its origin is
# where its sign-in page stands. Which value of the role claim is which role here, {"nexus-duty": "referrals_officer"};
# by which values of which claim it says that it asked for a second factor, {"amr": ["mfa"]}: without one, nobody is let
# past ours.
NEXUS_OPENID_ISSUER = env("NEXUS_OPENID_ISSUER", default="")
NEXUS_OPENID_CLIENT_ID = env("NEXUS_OPENID_CLIENT_ID", default="")
NEXUS_OPENID_CLIENT_SECRET = env("NEXUS_OPENID_CLIENT_SECRET", default="")
NEXUS_OPENID_NAME = env("NEXUS_OPENID_NAME", default="your organisation’s account")
NEXUS_OPENID_ORIGIN = env("NEXUS_OPENID_ORIGIN", default="/".join(NEXUS_OPENID_ISSUER.split("/")[:3]))
NEXUS_OPENID_ROLE_CLAIM = env("NEXUS_OPENID_ROLE_CLAIM", default="roles")
NEXUS_OPENID_ROLES = env.json("NEXUS_OPENID_ROLES", default={})
NEXUS_OPENID_FORCE_CLAIM = env("NEXUS_OPENID_FORCE_CLAIM", default="police_force")
NEXUS_OPENID_SECOND_FACTOR = env.json("NEXUS_OPENID_SECOND_FACTOR", default={})
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # what allauth checks; nobody signs up by themselves
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("full_name", "email")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/assets/"  # both design-system stylesheets use absolute /assets/ paths
STATIC_ROOT = BASE_DIR / ".assets" / "collected"
STATICFILES_DIRS = [BASE_DIR / ".assets" / "vendor"]  # filled from npm by nexus/assets.py
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Uploads lie in the data folder, or in a bucket of an S3-compatible store, so that web and worker can stand on several
# machines. Its keys come as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from the machine's own role.
NEXUS_BUCKET = env("NEXUS_BUCKET", default="")
NEXUS_UPLOADS = "nexus.documents.bucket.Bucket" if NEXUS_BUCKET else "nexus.documents.places.Folder"
if NEXUS_BUCKET:
    STORAGES["uploads"] = {
        "BACKEND": "nexus.documents.bucket.Uploads",
        "OPTIONS": {
            "bucket_name": NEXUS_BUCKET,
            "endpoint_url": env("NEXUS_BUCKET_ADDRESS", default=""),  # of another store than Amazon's
            "region_name": env("NEXUS_BUCKET_REGION", default="eu-west-2"),
            "encryption": env(
                "NEXUS_BUCKET_ENCRYPTION", default=""
            ),  # "AES256", "aws:kms"; empty: as the bucket says
        },
    }
WHITENOISE_ALLOW_ALL_ORIGINS = False

# The queue: a message is a hint that a row wants work. It may be lost or come twice.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 270  # seconds: the task may still tidy up
CELERY_TASK_TIME_LIMIT = 300  # seconds: must stay below visibility_timeout
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # seconds until an unacknowledged message is given to another worker
    "visibility_timeout": env.int("NEXUS_VISIBILITY_SECONDS", default=900),
    "unacked_restore_throttle": 1,  # look for such messages every round, not every tenth
    "socket_connect_timeout": 5,
    "socket_keepalive": not REDIS_URL.startswith("unix://"),
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request whose queue is down answers at once: the sweep finds the row later.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10.0  # seconds a running task has left when the worker is stopped
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = "Europe/London"
# The desk's clocks. Local targets: the guidance sets no service levels. In working days from arrival, until somebody
# claims the referral and until it is decided; referrals/states.py says in which state each runs.
# So long a process goes by the names of forces and officers as it last read them (nexus/fresh.py).
NEXUS_FRESH_SECONDS = env.float("NEXUS_FRESH_SECONDS", default=5)
NEXUS_CLAIM_WITHIN_DAYS = env.int("NEXUS_CLAIM_WITHIN_DAYS", default=2)
NEXUS_DECIDE_WITHIN_DAYS = env.int("NEXUS_DECIDE_WITHIN_DAYS", default=10)
# So many hours before a custody clock runs out, who holds the referral is told. Local.
NEXUS_CUSTODY_NEAR_HOURS = env.int("NEXUS_CUSTODY_NEAR_HOURS", default=6)
# Which decisions a second officer reads before they are made; empty: none. See referrals/rules/second_reading.py.
NEXUS_SECOND_READING = env.list("NEXUS_SECOND_READING", default=["refusals", "departures"])
# So many of a hundred of a month's standing decisions are drawn and read for quality; 0: none. Local.
NEXUS_QUALITY_PERCENT = env.int("NEXUS_QUALITY_PERCENT", default=10)
# A claim on which its officer does nothing for so many of the desk's working hours goes back to the queue.
NEXUS_CLAIM_IDLE_HOURS = env.int(
    "NEXUS_CLAIM_IDLE_HOURS", default=40
)  # Working days before its day on which the owner of an unanswered question is reminded. Local.
NEXUS_REMIND_BEFORE_DAYS = env.int("NEXUS_REMIND_BEFORE_DAYS", default=2)

# Within so many hours a verbal out-of-hours authorisation is put into writing. Local.
NEXUS_WRITE_UP_HOURS = env.int("NEXUS_WRITE_UP_HOURS", default=24)

# Progress reports. Local choices, none of them the guidance's: it says only "regular reports" (p. 11).
NEXUS_REPORTS_DUE_ON_DAY = env.int(
    "NEXUS_REPORTS_DUE_ON_DAY", default=1
)  # of the month after the reported one
NEXUS_REPORT_LEASE_SECONDS = env.int("NEXUS_REPORT_LEASE_SECONDS", default=60)  # a worker has a row this long
NEXUS_REPORT_SWEEP_SECONDS = env.int("NEXUS_REPORT_SWEEP_SECONDS", default=30)
NEXUS_REPORT_ATTEMPTS = 3  # then the row is parked for a manager
# Bundles for a tribunal: a worker has one this long, which is longer than the confined program may take to bind it.
NEXUS_BUNDLE_LEASE_SECONDS = env.int("NEXUS_BUNDLE_LEASE_SECONDS", default=900)
NEXUS_BUNDLE_SWEEP_SECONDS = env.int("NEXUS_BUNDLE_SWEEP_SECONDS", default=30)
# Data-washes. A worker has a list this long, and again with each batch; bringing a large register up to date
# for the first time takes longest.
NEXUS_DATAWASH_LEASE_SECONDS = env.int("NEXUS_DATAWASH_LEASE_SECONDS", default=300)
NEXUS_DATAWASH_SWEEP_SECONDS = env.int("NEXUS_DATAWASH_SWEEP_SECONDS", default=30)
NEXUS_DATAWASH_ATTEMPTS = 3  # then the list is parked for its force

# E-mail: to the console unless NEXUS_EMAIL_URL names a server ("smtp+tls://user:password@host:587"), or
# NEXUS_NOTIFY_KEY and NEXUS_NOTIFY_TEMPLATE name a service and a template of GOV.UK Notify.
EMAIL = env.email_url("NEXUS_EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = EMAIL["EMAIL_HOST"], EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_USER"], EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_TLS", False), EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = EMAIL["EMAIL_FILE_PATH"]  # "filemail:////folder" writes files there, for tests
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = env("NEXUS_EMAIL_FROM", default="nexus@localhost")
NEXUS_NOTIFY_KEY = env("NEXUS_NOTIFY_KEY", default="")
NEXUS_NOTIFY_TEMPLATE = env("NEXUS_NOTIFY_TEMPLATE") if NEXUS_NOTIFY_KEY else ""
NEXUS_NOTIFY_ADDRESS = env("NEXUS_NOTIFY_ADDRESS", default="https://api.notifications.service.gov.uk")
if NEXUS_NOTIFY_KEY:
    EMAIL_BACKEND = "nexus.notifications.govuk_notify.EmailBackend"
# Where people reach this service: links in e-mails begin with it.
NEXUS_ADDRESS = env("NEXUS_ADDRESS", default="http://127.0.0.1:8000")
NEXUS_DIGEST_HOUR = env.int("NEXUS_DIGEST_HOUR", default=7)  # UK time; from 3 on no clock change skips it
NEXUS_MAIL_LEASE_SECONDS = 600  # a worker has an e-mail this long: longer than CELERY_TASK_TIME_LIMIT
NEXUS_MAIL_SWEEP_SECONDS = env.int("NEXUS_MAIL_SWEEP_SECONDS", default=60)

# How the office is reached, as its letters say it: lines between bars, address, telephone, e-mail, opening hours.
NEXUS_OFFICE = env("NEXUS_OFFICE", default="")

# How what has to be keyed reaches CID or Atlas: "manual", "file" or "http", see casework/keying/adapters.py.
NEXUS_KEYING = env("NEXUS_KEYING", default="manual")
# For "http": where the system that keys is asked, and the key it knows us by.
NEXUS_KEYING_ADDRESS = env("NEXUS_KEYING_ADDRESS", default="")
NEXUS_KEYING_TOKEN = env("NEXUS_KEYING_TOKEN", default="")

# Overrides what a case weighs on the workload board by its stage: {"challenged": 4}. See casework/states.py.
NEXUS_STAGE_POINTS = env.json("NEXUS_STAGE_POINTS", default={})

# What runs by itself, and how often. Static, so that nothing but this table says it.
# Hourly rather than once a day: what exists is left alone, and a machine that sleeps at night would never meet
# a nightly time.
CELERY_BEAT_SCHEDULE = {
    "sweep-documents": every_seconds("nexus.documents.tasks.sweep", 60),
    "remove-orphaned-files": hourly("nexus.documents.tasks.remove_orphans", minute=22),
    "sweep-reports": every_seconds("reports.sweep", NEXUS_REPORT_SWEEP_SECONDS),
    "count-what-moved": every_seconds("reports.count_what_moved", 60),
    "count-everything-again": nightly("reports.count_everything_again", hour=2, minute=34),
    "sweep-bundles": every_seconds("tribunal.sweep", NEXUS_BUNDLE_SWEEP_SECONDS),
    "sweep-mail": every_seconds("notifications.sweep", NEXUS_MAIL_SWEEP_SECONDS),
    "sweep-datawash": every_seconds("datawash.sweep", NEXUS_DATAWASH_SWEEP_SECONDS),
    "send-digests": every_minutes("notifications.digests", 10),
    "sweep-duplicates": every_minutes("duplicates.sweep", 5),
    "reckon-places-in-the-queue": every_minutes("referrals.reckon_places", 5),
    "tell-of-clocks": every_minutes("desk.tell_of_clocks", 5),
    "tell-of-views": every_minutes("desk.tell_of_views", 5),
    "end-idle-claims": every_minutes("desk.end_idle_claims", 10),
    "expire-engagements": every_minutes("engagement.expire", 5),
    "tell-of-verbal-authorisations": every_minutes("engagement.tell_of_overdue", 5),
    "read-documents": every_minutes("casework.read_documents", 2),
    "queue-due-reports": hourly("reports.queue_due", minute=7),
    "tell-of-rota-gaps": hourly("duty_desk.tell_of_gaps", minute=7),
    "data-washes-go-stale": hourly("datawash.go_stale", minute=17),
    "exchange-keying": hourly("keying.exchange", minute=23),
    "purge-data-washes": hourly("datawash.purge", minute=27),
    "discard-old-drafts": hourly("drafts.discard_old", minute=32),
    "measure-service": every_seconds("nexus.measure", 15),
    "forget-presses": hourly("presses.forget_old", minute=42),
    "keep-audit-head": every_seconds("audit.keep_head", 60),
    "verify-audit": hourly("audit.verify_nightly", minute=12),
    "list-what-is-past-its-period": hourly("retention.queue_due", minute=42),
    "clear-sessions": hourly("accounts.clear_sessions", minute=37),
    "chase-questions": hourly("referrals.chase", minute=47),
    "remind-of-material": hourly("material.remind", minute=52),
    "chase-support": hourly("support.chase", minute=57),
    "draw-for-quality": hourly("quality.draw_due", minute=57),
    "watch-appeal-time": hourly("decisions.watch_appeal_time", minute=57),
    "remind-of-tasks": hourly("casework.remind", minute=57),
}

# One line of JSON an event, with ids and never a person's data: see nexus/log_lines.py.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "nexus.log_lines.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("NEXUS_LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own lines repeat paths and headers as people typed them; nexus.requests says the same
        # with the name of the page instead.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        "pgtrigger": {"level": "WARNING"},
    },
}

# What Nexus opens when the Referrals Office accepts a referral. `referrals` may not import
# `casework` (later stages pull, earlier ones never push), so the join is made here by name.
NEXUS_ON_ACCEPTANCE = "casework.actions.open_case"
# What follows when a referral is sent, joined by name for the same reason: the Duty Desk lists what is
# pending, and the same person is looked for among all forces' referrals.
NEXUS_ON_SUBMISSION = (
    "referrals.duty_desk.actions.list_matters",
    "referrals.duplicates.messages.on_submission",
)
# What comes before a force withdraws its referral, likewise: what it was merged with goes on without it.
NEXUS_ON_WITHDRAWAL = ("referrals.duplicates.actions.let_go",)
# Local: how many working days ahead managers and the desk are told of a gap in the rota.
NEXUS_ROTA_ALERT_WORKING_DAYS = env.int("NEXUS_ROTA_ALERT_WORKING_DAYS", default=3)

# So many calls of the API a minute by one program, token or person; 0: as many as they like. Local.
NEXUS_API_CALLS_A_MINUTE = env.int("NEXUS_API_CALLS_A_MINUTE", default=600)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "nexus.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "nexus.api.authentication.ScopeAllows",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["nexus.api.limits.ClientThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["nexus.api.rendering.JSONRenderer"],
    "DATETIME_FORMAT": None,  # the renderer writes them
    "DEFAULT_PARSER_CLASSES": ["nexus.api.parsing.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "nexus.api.describing.Describing",
    "EXCEPTION_HANDLER": "nexus.api.errors.answer",
    "URL_FORMAT_OVERRIDE": None,
}
REST_KNOX = {"TOKEN_TTL": timedelta(hours=NEXUS_SESSION_HOURS), "AUTO_REFRESH": False}
SPECTACULAR_SETTINGS = {
    "TITLE": "Operation Nexus – High Harm",
    "DESCRIPTION": (
        "The verbs of the pages, through the same actions. OFFICIAL-SENSITIVE.\n\n"
        "Refused: 409 with reasons. Wrong input: 400 with sentences by field. Not visible: 404. "
        "Not permitted, and a change by a token that may only read: 403. Every read and every change is recorded.\n\n"
        "Moments are UTC, and end in Z. What is called a time of day without a date is the clock in London "
        "(Europe/London), on the day that stands beside it.\n\n"
        "A POST may bring an `Idempotency-Key` of at most 64 characters: sent again with the same body within a day it "
        "has no second effect and gives the first answer again, with another body it is refused (409)."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "referrals.matrix.api.found.with_subject",
        "nexus.closed_lists.with_closed_shapes",
        "nexus.api.problems.with_problems",
        "nexus.api.links.with_links",
        "nexus.api.wording.in_plain_words",
        "nexus.deprecated.with_deprecated",
        "nexus.examples.with_examples",
    ],
    "ENUM_NAME_OVERRIDES": {
        "ClaimKind": "casework.decisions.models.CLAIM_KINDS",
        "ClaimMade": "casework.decisions.models.ClaimMade",
        "ClaimEnd": "casework.decisions.models.ClaimEnd",
        "Answer": "referrals.models.Answer",
        "DatePrecision": "referrals.models.DatePrecision",
        "Pending": "referrals.models.Pending",
        "ReferralState": "referrals.states.State",
        "CaseState": "casework.states.State",
        "MaterialState": "casework.material.states.State",
        "EnquiryState": "referrals.duty_desk.states.State",
        "SupportState": "casework.support.states.State",
        "ReportState": "casework.reports.states.State",
        "WashState": "referrals.datawash.states.State",
        "Asker": "referrals.duty_desk.models.Asker",
        "OfficerAsker": "referrals.matrix.forms.OFFICERS",
        "MatrixOutcome": "referrals.rules.matrix.MatrixOutcome.choices",
        "DecisionOutcome": "referrals.models.Outcome",
        "CaseOutcome": "casework.models.CaseOutcome",
        "ProgressKind": "casework.models.ProgressKind",
        "BarrierKind": "casework.models.BarrierKind",
        "ConductKind": "referrals.rules.terms.ConductKind.choices",
        "ConvictionStanding": "referrals.models.rows.Standing",
        "SupportKind": "casework.support.rules.Kind.choices",
        "SupportStanding": "casework.support.rules.Standing.choices",
        "Commitment": "casework.support.rules.Commitment.choices",
        "StatementNeed": "referrals.rules.terms.StatementNeed.choices",
        "MaterialKind": "casework.material.models.Kind",
        "EngagementState": "casework.engagement.states.State",
        "EngagementKind": "casework.engagement.rules.powers.Kind.choices",
        "DeclineKind": "casework.engagement.models.DeclineKind",
        "TraffickingOutcome": "casework.engagement.rules.authorising.TraffickingOutcome.choices",
        "DecisionState": "casework.decisions.states.State",
        "ServedHow": "casework.decisions.models.ServedHow",
        "ServedPlace": "casework.decisions.rules.time_limits.PLACES",
        "AppealRight": "casework.decisions.rules.time_limits.RIGHTS",
        "NrmOutcome": "casework.rules.trafficking.NrmOutcome.choices",
        "ProposalState": "referrals.states.ProposalState",
        "ChallengeState": "casework.decisions.states.ChallengeState",
        "Verdict": "referrals.duplicates.models.Verdict",
        "ScopeEnum": "nexus.accounts.models.Scope",
        "ResultEnum": "casework.decisions.models.HearingResult",
        "LimbName": "referrals.api.assessment.LIMB_NAMES",
        "LimbResult": "referrals.rules.terms.Result.choices",
        "Suitability": "referrals.rules.terms.Suitability.choices",
        "ScopeOfReferral": "referrals.rules.terms.Scope.choices",
        "FlagText": "referrals.rules.terms.Flag.choices",
        "StatementOnAcceptance": [("required", "Required"), ("not_necessarily", "Not necessarily required")],
        "ChallengeKind": "casework.decisions.models.ChallengeKind",
        "Disclosable": "casework.material.forms.checking.MAY_BE_DISCLOSED",
    },
}

# The parts of the service, in the order in which what they add is shown: see nexus/parts.py.
NEXUS_PARTS = (
    "referrals.duty_desk.part",
    "referrals.part",
    "referrals.datawash.part",
    "referrals.desk.part",
    "referrals.duplicates.part",
    "referrals.matrix.part",
    "referrals.quality.part",
    "casework.part",
    "casework.reports.part",
    "casework.disparity.part",
    "casework.material.part",
    "casework.decisions.part",
    "casework.tribunal.part",
    "casework.engagement.part",
    "casework.keying.part",
    "casework.support.part",
    "nexus.accounts.part",
    "nexus.audit.part",
    "nexus.notifications.part",
    "nexus.retention.part",
    "nexus.rights.part",
)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *([NEXUS_OPENID_ORIGIN] if NEXUS_OPENID_ORIGIN else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
