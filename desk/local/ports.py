"""Which ports of this machine the processes of one home listen on."""

import socket
import zlib
from collections.abc import Iterable
from pathlib import Path

from desk.local.refusal import Refusal

# Below the range from which the kernel takes ports for outgoing connections: while a child is
# being restarted, no client may be given its port by accident.
FIRST, LAST = 20_000, 31_900


def is_free(port: int) -> bool:
    """Whether nobody listens on that port of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_ports(home: Path, variables: Iterable[str]) -> dict[str, int]:
    """A free port for each variable: the same ones for the same home, as long as they are free."""
    chosen: dict[str, int] = {}
    span = LAST - FIRST
    offset = zlib.crc32(str(home).encode()) % (span // 20) * 20
    for variable in variables:
        while not is_free(FIRST + offset % span):
            offset += 1
            if offset > 3 * span:
                raise Refusal("no_port", f"No port between {FIRST} and {LAST} is free.")
        chosen[variable] = FIRST + offset % span
        offset += 1
    return chosen


def insist_on(port: int) -> None:
    """Refuse when somebody already listens on the port that was asked for."""
    if not 1 <= port <= 65_535:
        raise Refusal("port_invalid", f"{port} is no port: choose one between 1 and 65535.")
    if not is_free(port):
        raise Refusal(
            "port_in_use",
            f"Port {port} is in use by another program. Choose another with --port.",
        )
