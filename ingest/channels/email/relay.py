"""The mail server that takes our mails: the inbox's own, or the desk's."""

from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from ingest.channel_contract import Config, Rejected, Secrets

DEFAULT_RELAY = "relay"
"""Under this name the secrets given to a send hold the URL of the desk's own relay."""
CONNECT_TO = "connect_to"
"""And under this the checked address of a server that a customer of ours named."""


class Relay(msgspec.Struct, frozen=True):
    """Where to hand a mail in, and as whom."""

    host: str
    port: int
    login: str | None = None
    password: str | None = None
    tls: bool = False
    """TLS from the first byte."""
    start_tls: bool | None = None
    """Upgrade: required, refused, or (None) taken where it is offered."""
    connect_to: str | None = None
    """The address to connect to where the name must not be asked again."""


def relay_of(secrets: Secrets, config: Config) -> Relay:
    """The inbox's own server where it names one, else the desk's; raises Rejected."""
    host = str(config.get("smtp_address") or "")
    if host:
        login, password = secrets.get("smtp_login"), secrets.get("smtp_password")
        if not login or not password:
            raise Rejected("the inbox names a mail server but lacks smtp_login or smtp_password")
        tls = bool(config.get("smtp_enable_ssl_tls"))
        return Relay(
            host,
            _port(config.get("smtp_port"), 465 if tls else 587),
            str(login),
            str(password),
            tls=tls,
            start_tls=bool(config.get("smtp_enable_starttls_auto", True)),
            connect_to=_text(secrets.get(CONNECT_TO)),
        )
    url = str(secrets.get(DEFAULT_RELAY) or "")
    if not url:
        raise Rejected("no mail server is set: give the desk SMTP_URL, or the inbox its own")
    return relay_at(url)


def relay_at(url: str) -> Relay:
    """`smtp://user:password@host:port`, or `smtps://…`; raises Rejected when it is no such URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Rejected("SMTP_URL is no URL") from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise Rejected("SMTP_URL must look like smtp://user:password@host:587")
    tls = parts.scheme == "smtps"
    return Relay(
        parts.hostname,
        port or (465 if tls else 587),
        unquote(parts.username) if parts.username else None,
        unquote(parts.password) if parts.password else None,
        tls=tls,
    )


def _port(given: Any, usual: int) -> int:
    try:
        port = int(given)
    except (TypeError, ValueError):
        return usual
    return port if 0 < port < 65_536 else usual


def _text(given: Any) -> str | None:
    return given if isinstance(given, str) and given else None
