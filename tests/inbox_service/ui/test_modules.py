"""The page's pure modules, run where they run: in the browser."""

from typing import Any

import pytest
from playwright.async_api import Page

from tests.builders.accounts import SmallDesk
from tests.inbox_service.ui.conftest import OpenPage

pytestmark = pytest.mark.browser


async def call(page: Page, module: str, name: str, *arguments: object) -> Any:
    return await page.evaluate(
        """async ([module, name, given]) =>
            (await import(`streamdesk/${module}`))[name](...given)""",
        [module, name, list(arguments)],
    )


async def test_durations_counts_and_sizes_are_short(halden: SmallDesk, open_page: OpenPage) -> None:
    page = await open_page(halden.administrator)
    for seconds, words in ((20, "1m"), (1560, "26m"), (6720, "1h 52m"), (187200, "2d 4h")):
        assert await call(page, "format.js", "duration", seconds) == words
    for n, words in ((0, ""), (12, "12"), (100, "99+")):
        assert await call(page, "format.js", "count", n) == words
    for n, words in ((184_000, "184 kB"), (3_400_000, "3.4 MB")):
        assert await call(page, "format.js", "size", n) == words


async def test_initials_and_languages_follow_the_script(
    halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator)
    for name, letters in (
        ("Amara Okonkwo", "AO"),
        ("陈思远", "陈"),
        ("+1 555 014 2231", "+1"),
        ("🦊✨ foxy", "🦊"),
        ("Søren Ødegård", "SØ"),
        ("", "?"),
    ):
        assert await call(page, "names.js", "initials", name) == letters
    for text, language in (
        ("您好", "zh"),
        ("搭乗券がまだ", "ja"),
        ("مرحبا", "ar"),
        ("Hello", None),
    ):
        assert await call(page, "names.js", "langOf", text) == language


async def test_an_address_names_its_view_and_nothing_unusual_is_left_out(
    halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator)
    view = await call(
        page, "view.js", "viewFromQuery", "?who=me&status=bogus&label=vip", "waiting_since_asc"
    )
    assert (view["who"], view["status"], view["label"]) == ("me", "open", "vip")
    assert view["sort"] == "waiting_since_asc"
    address = await call(page, "view.js", "queryOfView", view)
    assert address == "?who=me&label=vip&sort=waiting_since_asc"


async def test_neighbours_of_one_speaker_are_one_group_and_failures_stand_alone(
    halden: SmallDesk, open_page: OpenPage
) -> None:
    page = await open_page(halden.administrator)

    def message(number: int, kind: int = 0, **more: object) -> dict[str, object]:
        base = {"id": number, "message_type": kind, "private": False, "status": "sent"}
        return {**base, "created_at": 1_790_000_000 + number, "sender_id": kind, **more}

    lines = await call(
        page,
        "store/lines.js",
        "linesOf",
        [
            message(1),
            message(2),
            message(3, 1),
            message(4, 1, status="failed"),
            message(5, 2),
            message(6, 2),
            message(7),
        ],
        7,
    )
    assert [(line["kind"], len(line.get("messages", ()))) for line in lines] == [
        ("day", 0),
        ("said", 2),
        ("said", 1),
        ("said", 1),
        ("events", 2),
        ("fresh", 0),
        ("said", 1),
    ]
