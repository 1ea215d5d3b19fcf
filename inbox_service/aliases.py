"""The other addresses under which Chatwoot's clients look for what we serve."""

BARE_PREFIX = "/accounts/"
"""Some clients leave `/api/v1` away."""


def real_path(path: str) -> str:
    """The path as it is routed; a slash at its end makes no difference, and leads nowhere else."""
    if path.startswith(BARE_PREFIX):
        path = "/api/v1" + path
    return path.rstrip("/") or "/" if path.endswith("/") else path
