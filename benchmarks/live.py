"""From a signed webhook to the agent's screen, and from one agent's reply to another's screen."""

import json
import shutil
import statistics
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import redis
from playwright.sync_api import Page, sync_playwright

from benchmarks.result import Result, compare
from desk.store.feed import channel
from desk.words.ids import AccountId
from tests.builders.whatsapp import signed, text_hook
from tests.journeys.product import Product, desk_up

ROUNDS = 60
CUSTOMER = "447911123456"

_WATCH = """() => {
  window.seen = {};
  const look = (node) => {
    for (const mark of (node.textContent || "").matchAll(/mark-[a-z]+-\\d+/g))
      window.seen[mark[0]] ??= performance.timeOrigin + performance.now();
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Enter") window.pressed = performance.timeOrigin + performance.now();
  }, true);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") look(change.target);
      change.addedNodes.forEach(look);
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""

BROWSER = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def run() -> Result:
    """Measure on the true product with two browsers; the reference is the last hop alone."""
    with tempfile.TemporaryDirectory(prefix="streamdesk-live-") as folder:
        options = ("--demo", "--demo-rate", "0", "--demo-days", "0")
        with desk_up(Path(folder) / "home", *options) as product, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=_chromium(), args=BROWSER)
            try:
                return _measure(product, browser)
            finally:
                browser.close()


def _measure(product: Product, browser: Any) -> Result:
    account = product.run["accounts"][0]
    _customer_writes(product, "hello")
    pages = [
        _signed_in(browser, product, person)
        for person in (account["administrator"], account["agents"][0])
    ]
    hook, reply, bare = [], [], []
    for number in range(ROUNDS):
        mark = f"mark-hook-{number}"
        began = time.time() * 1000
        _customer_writes(product, mark)
        hook.append(_seen(pages[0], mark) - began)
        bare.append(_last_hop(product, pages[0], f"mark-bare-{number}"))
        reply.append(_reply(pages, f"mark-reply-{number}"))
        time.sleep(0.05)
    return compare(
        "live",
        f"a signed webhook until it stands in an agent's page, {ROUNDS} times; the reference is "
        "a finished frame given to Redis until it stands there",
        "ms (median)",
        ours=statistics.median(hook),
        reference=statistics.median(bare),
        goal="<= 10",
        details={
            "webhook_to_page_p99_ms": _p99(hook),
            "reply_to_other_page_median_ms": statistics.median(reply),
            "reply_to_other_page_p99_ms": _p99(reply),
            "frame_to_page_p99_ms": _p99(bare),
        },
    )


def _customer_writes(product: Product, text: str) -> None:
    door = product.whatsapp(0)
    body = text_hook(
        phone_number=door["phone_number"],
        phone_number_id=door["phone_number_id"],
        sender=CUSTOMER,
        name="Live Customer",
        wamid=f"wamid.live.{text}",
        text=text,
    )
    request = urllib.request.Request(
        door["webhook_url"], data=body, headers=signed(body, door["app_secret"])
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200


def _signed_in(browser: Any, product: Product, person: dict[str, Any]) -> Page:
    page: Page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(product.inbox_url)
    page.fill("input[name=email]", person["email"])
    page.fill("input[name=password]", person["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/app/**")
    page.locator("li.row a").first.click()
    page.locator(".msg").first.wait_for()
    page.wait_for_timeout(1500)
    page.evaluate(_WATCH)
    return page


def _seen(page: Page, mark: str) -> float:
    page.wait_for_function("(mark) => window.seen[mark]", arg=mark, polling=5, timeout=20_000)
    return float(page.evaluate("(mark) => window.seen[mark]", mark))


def _reply(pages: list[Page], mark: str) -> float:
    box = pages[0].locator(".box textarea")
    box.fill(mark)
    box.press("Control+Enter")
    return _seen(pages[1], mark) - float(pages[0].evaluate("() => window.pressed"))


def _last_hop(product: Product, page: Page, mark: str) -> float:
    account_id = product.run["accounts"][0]["id"]
    row = product.rows(
        """select m.id, c.display_id, c.inbox_id from messages m
           join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
           where m.account_id = %s order by m.id desc limit 1""",
        account_id,
    )[0]
    now = time.time()
    data = {
        "id": row["id"] + 1_000_000,
        "content": mark,
        "account_id": account_id,
        "inbox_id": row["inbox_id"],
        "conversation_id": row["display_id"],
        "message_type": 0,
        "content_type": "text",
        "status": "sent",
        "content_attributes": {},
        "additional_attributes": {},
        "created_at": int(now),
        "updated_at": int(now),
        "private": False,
        "source_id": None,
        "sender_type": "Contact",
        "sender_id": 0,
        "sender": None,
        "attachments": [],
        "queued": False,
    }
    frame = {"event": "message.created", "inbox_id": row["inbox_id"], "data": data}
    store = redis.Redis.from_url(product.run["redis_url"])
    began = time.time() * 1000
    store.publish(channel(AccountId(account_id)), json.dumps(frame))
    return _seen(page, mark) - began


def _p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(len(values) * 0.99) - 1)]


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise SystemExit("The benchmark `live` needs Chromium: run `make test` once.")
    return found
