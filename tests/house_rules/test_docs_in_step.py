"""What the documentation names is there."""

import re
from pathlib import Path

import pytest

from desk.local.processes import PROCESSES
from tests.house_rules.sources import PACKAGES, ROOT, ours, read

TOP = (*PACKAGES, "docs", "tests", "benchmarks")
PATH = re.compile(r"`([A-Za-z0-9_./-]+)`")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")

DOCUMENTS = [path for path in ours() if path.suffix == ".md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_path_a_document_names_exists(document: Path) -> None:
    named = {name.rstrip("/") for name in PATH.findall(read(document))}
    missing = [
        name
        for name in sorted(named)
        if "/" in name and name.split("/")[0] in TOP and not list(ROOT.glob(name))
    ]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    targets = {target for target in LINK.findall(read(document)) if not target.startswith("/")}
    lost = [target for target in targets if not (ROOT / document.parent / target).exists()]
    assert lost == []


def test_the_readme_holds_the_two_commands() -> None:
    text = read(Path("README.md"))
    assert "make up" in text
    assert "make test" in text


def test_the_reference_names_every_process() -> None:
    text = "".join(read(path) for path in DOCUMENTS if path.parts[:2] == ("docs", "reference"))
    kept_running = [process.name for process in PROCESSES if not process.once]
    assert [name for name in kept_running if name not in text] == []


def test_every_decision_has_a_status_line() -> None:
    decisions = [path for path in DOCUMENTS if path.parts[:2] == ("docs", "decisions")]
    assert [path for path in decisions if not re.search(r"(?im)^\W*status\b", read(path))] == []
