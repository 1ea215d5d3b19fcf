"""Everything an operator can set, in groups, read once in `main` from the environment."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

import msgspec
from msgspec import Meta


class SettingsError(ValueError):
    """A setting is missing or unusable; the sentence says which and what to do."""


class Storage(msgspec.Struct, frozen=True):
    """Where the desk's rows, sessions, records and files live."""

    database_url: Annotated[str, Meta(description="PostgreSQL, as its owner")]
    redis_url: Annotated[str, Meta(description="Redis or Valkey: sessions, presence, live feed")]
    kafka_url: Annotated[str, Meta(description="Kafka bootstrap servers, host:port[,host:port]")]
    embedded_broker: Annotated[
        bool, Meta(description="The broker is the memory-only one of `desk up`")
    ]
    kafka_partitions: Annotated[
        int, Meta(description="Parts of each log's topic when it is made; no more workers work")
    ]
    kafka_replicas: Annotated[
        int, Meta(description="Brokers that keep each record; fewer if there are fewer")
    ]
    kafka_session_seconds: Annotated[
        int, Meta(description="A worker silent for so long loses its partitions to others")
    ]
    files_url: Annotated[str, Meta(description="Attachments: file:///path or s3://bucket/prefix")]
    lake_catalog_url: Annotated[
        str, Meta(description="PostgreSQL database of the lake's catalogue")
    ]
    lake_path: Annotated[
        str, Meta(description="Folder or s3:// prefix of the lake's Parquet files")
    ]
    dagster_database_url: Annotated[str, Meta(description="PostgreSQL database of Dagster itself")]
    s3_endpoint: Annotated[
        str, Meta(description="Another S3 than Amazon's, as AWS_ENDPOINT_URL names it")
    ] = ""

    @property
    def sqlalchemy_url(self) -> str:
        """The database URL with the driver that SQLAlchemy needs named."""
        parts = urlsplit(self.database_url)
        return urlunsplit(parts._replace(scheme="postgresql+psycopg"))


class Addresses(msgspec.Struct, frozen=True):
    """Where the parts answer, as a browser on this machine or behind the proxy sees them."""

    bind: Annotated[str, Meta(description="The address our servers listen at; loopback unless set")]
    port: int
    public_url: str
    dashboards_url: str
    dagster_url: str
    simulators_url: str
    simulators_port: int
    simulators_smtp_port: int
    sockets_port: Annotated[int, Meta(description="Where `desk worker sockets` listens")] = 3001


class Security(msgspec.Struct, frozen=True):
    """The secret from which tokens and keys are derived, and what outgoing requests may reach."""

    secret: str
    allow_private_targets: bool


class Limiting(msgspec.Struct, frozen=True):
    """How often one address may ask; private networks are never counted."""

    requests_per_minute: Annotated[int, Meta(description="From one address; more is answered 429")]
    unlimited_from: Annotated[
        frozenset[str], Meta(description="Addresses that are not counted, as a proxy's")
    ]


class Watching(msgspec.Struct, frozen=True):
    """Who is told how the desk does; an empty address tells nobody."""

    sentry_dsn: Annotated[str, Meta(description="Sentry project that gets errors")]
    statsd_url: Annotated[str, Meta(description="StatsD server: udp://host:8125")]
    otlp_endpoint: Annotated[str, Meta(description="OpenTelemetry collector: http://host:4318")]
    slack_url: Annotated[str, Meta(description="Slack incoming webhook that gets alarms")]
    environment: Annotated[str, Meta(description="What this installation is called there")]

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Watching":
        return cls(
            sentry_dsn=_address(environ, "SENTRY_DSN", "https", "http"),
            statsd_url=_address(environ, "STATSD_URL", "udp"),
            otlp_endpoint=_address(environ, "OTEL_EXPORTER_OTLP_ENDPOINT", "https", "http"),
            slack_url=_address(environ, "SLACK_ALERTS_URL", "https", "http"),
            environment=environ.get("STREAMDESK_ENVIRONMENT") or "production",
        )

    @property
    def wanted(self) -> bool:
        """Whether anybody is told anything."""
        return any((self.sentry_dsn, self.statsd_url, self.otlp_endpoint, self.slack_url))


class Mail(msgspec.Struct, frozen=True):
    """How mail comes in and goes out."""

    port: Annotated[int, Meta(description="Where mail servers bring mail, by SMTP")]
    relay_url: Annotated[
        str, Meta(description="Takes our mails: smtp://user:password@host:587 or smtps://…")
    ]


class Demo(msgspec.Struct, frozen=True):
    """How much made-up traffic and history `desk up --demo` writes."""

    rate: float
    days: int


class Retention(msgspec.Struct, frozen=True):
    """After how many days the clean-up deletes; 0 keeps for ever."""

    contacts_days: Annotated[int, Meta(description="Contacts that never had a conversation")]
    notifications_days: int
    suspended_days: Annotated[
        int, Meta(description="Resolved conversations of suspended accounts, by last activity")
    ]
    journal_days: Annotated[int, Meta(description="Raw hooks whose messages are stored")]
    jobs_days: Annotated[int, Meta(description="Finished jobs with their attempts")]
    exports_days: Annotated[int, Meta(description="Exports that no schedule keeps longer")]

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Retention":
        """Read the days; raises SettingsError naming the one that is none."""
        return cls(
            contacts_days=_days(environ, "CLEANUP_CONTACTS_DAYS", 30),
            notifications_days=_days(environ, "CLEANUP_NOTIFICATIONS_DAYS", 90),
            suspended_days=_days(environ, "CLEANUP_SUSPENDED_DAYS", 365),
            journal_days=_days(environ, "CLEANUP_JOURNAL_DAYS", 30),
            jobs_days=_days(environ, "CLEANUP_JOBS_DAYS", 30),
            exports_days=_days(environ, "EXPORTS_KEEP_DAYS", 7),
        )


class Settings(msgspec.Struct, frozen=True):
    """All settings of one process."""

    home: Path
    storage: Storage
    addresses: Addresses
    security: Security
    limiting: Limiting
    mail: Mail
    watching: Watching
    demo: Demo
    retention: Retention
    log_level: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings; raises SettingsError naming what is missing."""
        home = Path(environ.get("STREAMDESK_HOME", "~/.streamdesk")).expanduser()
        database_url = _required(
            environ, "DATABASE_URL", "postgresql://user:password@host/database"
        )
        secret = _required(environ, "STREAMDESK_SECRET", "at least 32 random characters")
        if len(secret) < 32:
            raise SettingsError(
                "STREAMDESK_SECRET is too short: give at least 32 random characters."
            )
        port = _integer(environ, "STREAMDESK_PORT", 3000)
        simulators_port = _integer(environ, "STREAMDESK_SIMULATORS_PORT", 0)
        return cls(
            home=home,
            storage=Storage(
                database_url=database_url,
                redis_url=_required(environ, "REDIS_URL", "redis://host:6379/0"),
                kafka_url=_servers(_required(environ, "KAFKA_URL", "host:9092")),
                embedded_broker=_flag(environ, "STREAMDESK_EMBEDDED_BROKER"),
                kafka_partitions=_at_least(environ, "KAFKA_PARTITIONS", 1, 8),
                kafka_replicas=_at_least(environ, "KAFKA_REPLICAS", 1, 3),
                kafka_session_seconds=_at_least(environ, "KAFKA_SESSION_SECONDS", 6, 12),
                files_url=environ.get("FILES_URL") or (home / "files").as_uri(),
                lake_catalog_url=environ.get("LAKE_CATALOG_URL")
                or _sibling_database(database_url, "lake"),
                lake_path=environ.get("LAKE_PATH") or str(home / "lake"),
                dagster_database_url=environ.get("DAGSTER_DATABASE_URL")
                or _sibling_database(database_url, "dagster"),
                s3_endpoint=_address(environ, "AWS_ENDPOINT_URL", "https", "http"),
            ),
            addresses=Addresses(
                bind=environ.get("STREAMDESK_BIND") or "127.0.0.1",
                port=port,
                public_url=environ.get("STREAMDESK_PUBLIC_URL", f"http://127.0.0.1:{port}"),
                dashboards_url=environ.get("STREAMDESK_DASHBOARDS_URL", ""),
                dagster_url=environ.get("STREAMDESK_DAGSTER_URL", ""),
                simulators_url=environ.get("STREAMDESK_SIMULATORS_URL", ""),
                simulators_port=simulators_port,
                simulators_smtp_port=_integer(environ, "STREAMDESK_SIMULATORS_SMTP_PORT", 0),
                sockets_port=_integer(environ, "STREAMDESK_SOCKETS_PORT", 3001),
            ),
            security=Security(
                secret=secret,
                allow_private_targets=_flag(environ, "DESK_ALLOW_PRIVATE_TARGETS"),
            ),
            limiting=Limiting(
                requests_per_minute=_at_least(environ, "DESK_REQUESTS_PER_MINUTE", 1, 3000),
                unlimited_from=frozenset(
                    one.strip()
                    for one in environ.get("DESK_UNLIMITED_ADDRESSES", "").split(",")
                    if one.strip()
                ),
            ),
            watching=Watching.from_environment(environ),
            mail=Mail(
                port=_integer(environ, "STREAMDESK_SMTP_PORT", 2525),
                relay_url=environ.get("SMTP_URL", ""),
            ),
            demo=Demo(
                rate=float(environ.get("DEMO_RATE", "1")),
                days=_integer(environ, "DEMO_DAYS", 90),
            ),
            retention=Retention.from_environment(environ),
            log_level=environ.get("LOG_LEVEL", "info").lower(),
        )


def new_secret() -> str:
    """A secret good enough for STREAMDESK_SECRET."""
    return secrets.token_hex(32)


def _required(environ: Mapping[str, str], name: str, example: str) -> str:
    value = environ.get(name, "")
    if not value:
        raise SettingsError(f"{name} is not set. Give it a value such as {example}.")
    return value


def _integer(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name, "")
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise SettingsError(f"{name} must be a whole number, not {value!r}.") from None


def _at_least(environ: Mapping[str, str], name: str, least: int, default: int) -> int:
    value = _integer(environ, name, default)
    if value < least:
        raise SettingsError(f"{name} must be at least {least}, not {value}.")
    return value


def _servers(value: str) -> str:
    """Bootstrap servers as the clients want them: host:port, separated by commas."""
    servers = [server.strip().removeprefix("kafka://") for server in value.split(",")]
    for server in servers:
        host, _, port = server.rpartition(":")
        if not host or not port.isdigit():
            raise SettingsError(
                f"KAFKA_URL must name servers as host:port, separated by commas, not {server!r}."
            )
    return ",".join(servers)


def _address(environ: Mapping[str, str], name: str, *schemes: str) -> str:
    """An optional URL; what is wrong with it is said without quoting it, since it may be secret."""
    value = environ.get(name, "")
    parts = urlsplit(value)
    if value and (parts.scheme not in schemes or not parts.hostname):
        raise SettingsError(f"{name} must be a URL that begins with {schemes[0]}://.")
    return value


def _days(environ: Mapping[str, str], name: str, default: int) -> int:
    days = _integer(environ, name, default)
    if not 0 <= days <= 36_500:
        raise SettingsError(f"{name} must be 0 (for ever) to 36500 days, not {days}.")
    return days


def _flag(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _sibling_database(url: str, suffix: str) -> str:
    """The same server's database whose name ends in `_suffix`: one URL is enough to begin with."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path}_{suffix}"))
