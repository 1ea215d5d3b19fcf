"""One story by three SDKs: a contact writes, is answered, handed over, labelled and counted."""

import shutil
from pathlib import Path

from tests.builders.accounts import SmallDesk
from tests.sdks.conftest import PROGRAMS, Tell
from tests.sdks.packages import node

COUNTS = {"mine_count": 0, "assigned_count": 1, "unassigned_count": 0, "all_count": 1}


def test_chatwoot_sdk_tells_the_whole_story(python: Path, tell: Tell, halden: SmallDesk) -> None:
    told = tell([python, PROGRAMS / "chatwoot_sdk_story.py"], "work")
    counts = told.pop("counts")["meta"]
    assert {name: counts[name] for name in COUNTS} == COUNTS
    assert told == {
        "profile": halden.emails[halden.administrator],
        "team_members": [halden.agent],
        "contact": "Sol A. Reyes",
        "found": True,
        "conversation": {
            "status": "open",
            "assignee": halden.agent,
            "team": True,
            "labels": ["refund"],
            "priority": "high",
        },
        "messages": [
            ["Where is my order?", 0, False],
            ["On its way.", 1, False],
            ["He is a regular.", 1, True],
        ],
        "resolved": "resolved",
        "corrected": "It comes tomorrow.",
        "listed": True,
        "of_contact": True,
        "reachable": 1,
        "merged": True,
        "hired": "administrator",
        "not_found": "[404] There is no such contact.",
        "refused": "[401] Sign in, or send an api_access_token.",
    }


def test_chatwoot_python_client_tells_the_whole_story(
    python: Path, tell: Tell, halden: SmallDesk
) -> None:
    program: list[str | Path] = [python, PROGRAMS / "chatwoot_python_client_story.py"]
    assert tell(program, "work") == {
        "inbox": "Made by chatwoot-python-client",
        "contact": "Ivo Brandt",
        "said": "On its way.",
        "assignee": halden.agent,
        "labels": ["refund"],
        "resolved": "resolved",
        "counted": 1,
        "listed": 1,
        "colleagues": 3,
        "not_found": 404,
    }
    assert tell(program, "report") == {
        "conversations": 1,
        "messages_sent": 1,
        "resolutions": 1,
        "days": 30,
        "live": 0,
        "agents": 3,
    }


def test_figuros_sdk_for_node_tells_the_whole_story(
    node_modules: Path, tell: Tell, halden: SmallDesk
) -> None:
    program: list[str | Path] = [
        node(),
        shutil.copy(PROGRAMS / "figuro_story.cjs", node_modules.parent),
    ]
    told = tell(program, "work")
    assert told.pop("messages") > 2
    assert told == {
        "profile": halden.emails[halden.administrator],
        "inbox": "Made by figuro",
        "inbox_members": 1,
        "team_members": 1,
        "contact": "Ada Lind",
        "said": ["On its way.", False, "x"],
        "attachment": "file",
        "assignee": halden.agent,
        "labels": ["refund"],
        "resolved": "resolved",
        "left": 0,
        "not_found": 404,
    }
    assert tell(program, "report") == {
        "conversations": 1,
        "messages_sent": 2,
        "resolutions": 1,
        "live": 0,
    }
