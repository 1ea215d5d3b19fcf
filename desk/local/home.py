"""The folder that holds one desk: its secrets, data, logs and the record of its run."""

import fcntl
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from desk.local.refusal import Refusal
from desk.settings import new_secret

LEAST_FREE_BYTES = 500 * 1024 * 1024


class Home:
    """One desk's folder, and the names of what lies in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.expanduser().absolute()
        self.run_file = self.folder / "run.json"
        self.demo_file = self.folder / "demo.json"
        self.record_file = self.folder / "processes.json"
        self.environment_file = self.folder / "environment.json"
        self.version_file = self.folder / "version.json"
        self.lock_file = self.folder / "lock"
        self.logs = self.folder / "logs"
        self.postgres = self.folder / "postgres"
        self.valkey = self.folder / "valkey"
        self.dagster = self.folder / "dagster"

    def log_of(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def secret(self, name: str) -> str:
        """The secret of that name, made at first use and readable by its owner alone."""
        path = self.folder / name
        if not path.exists():
            write_privately(path, new_secret() + "\n")
        return path.read_text().strip()

    def password(self, name: str) -> str:
        """Like a secret, but short enough for a URL."""
        path = self.folder / name
        if not path.exists():
            write_privately(path, secrets.token_urlsafe(18) + "\n")
        return path.read_text().strip()

    def last_environment(self) -> dict[str, str]:
        """What the processes of the newest run were given, or nothing."""
        if not self.environment_file.exists():
            return {}
        return msgspec.json.decode(self.environment_file.read_bytes(), type=dict[str, str])

    def lay_out(self, version: str) -> None:
        """Make the folders of a claimed home, if the disk has room for them."""
        free = shutil.disk_usage(self.folder).free
        if free < LEAST_FREE_BYTES:
            raise Refusal(
                "disk_full",
                f"Only {free // 1024**2} MB are free for {self.folder}; at least "
                f"{LEAST_FREE_BYTES // 1024**2} MB are needed. Free some space or choose another "
                "folder with --home.",
            )
        write_json(self.version_file, {"version": version})
        for folder in (self.logs, self.dagster):
            folder.mkdir(mode=0o700, exist_ok=True)

    def _make(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Refusal(
                "home_unusable", f"{self.folder} cannot be made: {error.strerror}."
            ) from None
        if not os.access(self.folder, os.W_OK | os.X_OK):
            raise Refusal(
                "home_unusable",
                f"{self.folder} is not writable for this user. Choose another with --home.",
            )

    def _refuse_foreign(self, version: str) -> None:
        if not self.version_file.exists():
            if any(entry.name != self.lock_file.name for entry in self.folder.iterdir()):
                raise Refusal(
                    "not_a_home",
                    f"{self.folder} holds other files and is no Streamdesk home. "
                    "Choose an empty or new folder with --home.",
                )
            return
        try:
            made_by = str(json.loads(self.version_file.read_text())["version"])
            newer = _numbers(made_by) > _numbers(version)
        except (ValueError, KeyError, TypeError):
            raise Refusal(
                "home_of_another_version",
                f"{self.version_file} is unreadable, so nobody can say which version made this "
                "home. Choose another folder with --home.",
            ) from None
        if newer:
            raise Refusal(
                "home_of_another_version",
                f"{self.folder} was made by Streamdesk {made_by}, which is newer than this "
                f"{version}. Install {made_by}, or choose another folder with --home.",
            )

    @contextmanager
    def claimed(self, version: str) -> Iterator[None]:
        """Hold the home for this process alone; the claim ends when the process does."""
        self._make()
        self._refuse_foreign(version)
        descriptor = os.open(self.lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.pread(descriptor, 32, 0).decode().strip() or "unknown"
                raise Refusal(
                    "home_running",
                    f"Streamdesk already runs in {self.folder} (process {holder}). "
                    f"Stop it with: desk down --home {self.folder}",
                ) from None
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
            yield
            os.ftruncate(descriptor, 0)
        finally:
            os.close(descriptor)

    def holder(self) -> int | None:
        """The process that runs this home now, or None."""
        if not self.lock_file.exists():
            return None
        descriptor = os.open(self.lock_file, os.O_RDWR | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(os.pread(descriptor, 32, 0).decode().strip() or 0) or None
        else:
            return None
        finally:
            os.close(descriptor)


def write_privately(path: Path, content: str | bytes) -> None:
    """Replace the file in one step, readable by its owner alone."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    data = content.encode() if isinstance(content, str) else content
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def write_json(path: Path, content: Any) -> None:
    """Replace the file with readable JSON, in one step and privately."""
    write_privately(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _numbers(version: str) -> tuple[int, ...]:
    numbers = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    if numbers is None:
        raise ValueError(f"{version!r} is no version")
    return tuple(int(part) for part in numbers.groups())
