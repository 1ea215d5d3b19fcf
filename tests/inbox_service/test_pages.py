"""Signing in, the page and the files it loads."""

import json
import re
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.builders.accounts import PASSWORD, SmallDesk


@pytest.fixture
async def browser(service_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=service_url, timeout=20) as client:
        yield client


async def sign_in(browser: httpx.AsyncClient, halden: SmallDesk, **form: str) -> httpx.Response:
    email = halden.emails[halden.agent]
    return await browser.post("/sign_in", data={"email": email, "password": PASSWORD, **form})


async def test_signing_in_leads_to_ones_own_inbox(
    browser: httpx.AsyncClient, halden: SmallDesk
) -> None:
    assert (await browser.get("/")).headers["location"] == "/sign_in"
    answer = await sign_in(browser, halden)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    home = await browser.get("/")
    assert home.headers["location"] == f"/app/accounts/{halden.account_id}/inbox"
    assert (await browser.get("/sign_in")).headers["location"] == "/"


async def test_a_wrong_password_or_address_says_the_same(
    browser: httpx.AsyncClient, halden: SmallDesk
) -> None:
    said = []
    for form in ({"password": "wrong"}, {"email": "nobody@desk.example"}):
        answer = await sign_in(browser, halden, **form)
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        said.append(re.findall(r'role="alert">.*?</p>', answer.text, re.DOTALL))
    assert said[0] == said[1] != []


async def test_too_many_tries_have_to_wait(browser: httpx.AsyncClient, halden: SmallDesk) -> None:
    for _ in range(10):
        assert (await sign_in(browser, halden, password="wrong")).status_code == 401
    answer = await sign_in(browser, halden)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
async def test_signing_in_never_leads_to_another_site(
    browser: httpx.AsyncClient, halden: SmallDesk, elsewhere: str
) -> None:
    assert (await sign_in(browser, halden, next=elsewhere)).headers["location"] == "/"


async def test_one_comes_back_to_where_one_wanted_to_go(
    browser: httpx.AsyncClient, halden: SmallDesk
) -> None:
    place = f"/app/accounts/{halden.account_id}/conversations/7?who=me"
    sent = (await browser.get(place)).headers["location"]
    assert sent.startswith("/sign_in?next=%2Fapp")
    form = (await browser.get(sent)).text
    assert f'name="next" value="{place}"' in form
    assert (await sign_in(browser, halden, next=place)).headers["location"] == place


async def test_signing_out_ends_the_session_wherever_its_cookie_is(
    browser: httpx.AsyncClient, halden: SmallDesk
) -> None:
    await sign_in(browser, halden)
    stolen = dict(browser.cookies)
    path = f"/api/v1/accounts/{halden.account_id}/conversations"
    assert (await browser.get(path)).status_code == 200
    assert (await browser.post("/sign_out")).headers["location"] == "/sign_in"
    for name, value in stolen.items():
        browser.cookies.set(name, value)
    assert (await browser.get(path)).status_code == 401


async def test_a_session_changes_nothing_for_another_sites_page(
    browser: httpx.AsyncClient, halden: SmallDesk
) -> None:
    await sign_in(browser, halden)
    path = f"/api/v1/accounts/{halden.account_id}/conversations/1/toggle_status"
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ):
        answer = await browser.post(path, json={}, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (403, "cross_site")
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": str(browser.base_url)}):
        assert (await browser.post(path, json={}, headers=headers)).status_code == 404
    outside = {"origin": "https://evil.example"}
    assert (await browser.post("/sign_out", headers=outside)).status_code == 403


async def test_the_page_names_all_it_needs_and_lets_nothing_else_run(
    browser: httpx.AsyncClient, halden: SmallDesk
) -> None:
    await sign_in(browser, halden)
    page = await browser.get(f"/app/accounts/{halden.account_id}/inbox")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert set(re.findall(r'<script[^>]* nonce="([^"]+)"', page.text)) == {nonce[1]}
    boot = json.loads(_between(page.text, 'id="boot"'))
    assert boot["account"]["id"] == halden.account_id
    assert boot["account"]["time_zone"] == "Europe/Oslo"
    assert boot["user"]["id"] == halden.agent
    assert boot["user"]["role"] == "agent"
    assert boot["accounts"] == [{"id": halden.account_id, "name": "Halden Air"}]
    imports = json.loads(_between(page.text, 'type="importmap"'))["imports"]
    assert set(imports) == {
        "preact",
        "preact/hooks",
        "htm",
        "@preact/signals",
        "@preact/signals-core",
        "@rails/actioncable",
        "streamdesk/",
    }
    files = re.findall(r'(?:href|src)="(/[^"]+)"', page.text)
    assert imports["streamdesk/"] + "app.js" in files
    for address in {*files, *(one for one in imports.values() if not one.endswith("/"))}:
        file = await browser.get(address)
        assert file.status_code == 200, address
        assert "immutable" in file.headers["cache-control"]
        assert file.headers["x-content-type-options"] == "nosniff"
        kind = "text/css" if address.endswith(".css") else "text/javascript"
        assert file.headers["content-type"].startswith(kind), address


async def test_another_tenants_page_leads_home(
    browser: httpx.AsyncClient, halden: SmallDesk, northgate: SmallDesk
) -> None:
    await sign_in(browser, halden)
    answer = await browser.get(f"/app/accounts/{northgate.account_id}/inbox")
    assert (answer.status_code, answer.headers["location"]) == (302, "/")


@pytest.mark.parametrize(
    "path",
    [
        "/ui/old/app.js",
        "/ui/{v}/../../main.py",
        "/ui/{v}/%2e%2e/templates/app.html",
        "/ui/{v}/nothing.js",
    ],
)
async def test_only_the_pages_own_files_are_served(
    browser: httpx.AsyncClient, halden: SmallDesk, path: str
) -> None:
    await sign_in(browser, halden)
    page = await browser.get(f"/app/accounts/{halden.account_id}/inbox")
    version = re.search(r"/ui/(\w+)/", page.text)
    assert version is not None
    answer = await browser.get(path.replace("{v}", version[1]))
    assert answer.status_code == 404


def _between(text: str, mark: str) -> str:
    found = re.search(rf"<script[^>]*{re.escape(mark)}[^>]*>(.*?)</script>", text, re.DOTALL)
    assert found is not None
    return found[1]
