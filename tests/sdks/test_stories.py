"""One story by three SDKs: a contact writes, is answered, handed over, labelled and counted."""

import shutil
from pathlib import Path

from tests.builders.accounts import SmallDesk
from tests.sdks.conftest import PROGRAMS, Tell
from tests.sdks.packages import node


def test_chatwoot_sdk(python: Path, tell: Tell, halden: SmallDesk) -> None:
    told = tell([python, PROGRAMS / "chatwoot_sdk_story.py"])
    assert told == {}


def test_chatwoot_python_client(python: Path, tell: Tell, halden: SmallDesk) -> None:
    told = tell([python, PROGRAMS / "chatwoot_python_client_story.py"])
    assert told == {}


def test_figuro_chatwoot_sdk(node_modules: Path, tell: Tell, halden: SmallDesk) -> None:
    program = shutil.copy(PROGRAMS / "figuro_story.cjs", node_modules.parent)
    told = tell([node(), program])
    assert told == {}
