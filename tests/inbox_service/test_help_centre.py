"""The help centre: its API for the desk, and its pages for everybody."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from desk.store import public_help_centre
from desk.store.desk import Desk
from desk.tables.help_centre import ArticleRow
from inbox_service.help_centre.markdown import html_of
from inbox_service.help_centre.views import ViewCounter
from tests.builders.accounts import SmallDesk
from tests.inbox_service.conftest import ClientOf
from tests.inbox_service.contract.reference import AMENDMENTS, DOCUMENT, Reference

PORTAL = {
    "name": "Halden Air help",
    "color": "#FFD400",
    "custom_domain": "Help.Halden.example",
    "header_text": "How can we help?",
    "homepage_link": "https://halden.example",
    "page_title": "Help",
    "config": {"allowed_locales": ["en", "ar"], "default_locale": "en"},
    "something": "of a later version",
}


async def portal_of(client: httpx.AsyncClient, at: SmallDesk) -> dict[str, Any]:
    slug = f"halden-{at.account_id}"
    body = {**PORTAL, "slug": slug, "custom_domain": f"{slug}.example.com"}
    answer = await client.post("/portals", json=body)
    assert answer.status_code == 200, answer.text
    portal: dict[str, Any] = answer.json()
    return portal


async def written(client: httpx.AsyncClient, slug: str, **fields: Any) -> dict[str, Any]:
    answer = await client.post(f"/portals/{slug}/articles", json=fields)
    assert answer.status_code == 200, answer.text
    article: dict[str, Any] = answer.json()["payload"]
    return article


@pytest.fixture
async def reader(service_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=service_url, timeout=20) as client:
        yield client


async def test_a_help_centre_is_made_filled_changed_and_ended_over_the_api(
    maya: httpx.AsyncClient, jonas: httpx.AsyncClient, halden: SmallDesk
) -> None:
    portal = await portal_of(maya, halden)
    slug = portal["slug"]
    assert portal["color"] == "#ffd400"
    assert [one["code"] for one in portal["config"]["allowed_locales"]] == ["en", "ar"]
    for name in (slug, str(portal["id"])):
        changed = await maya.put(f"/portals/{name}", json={"portal": {"page_title": name}})
        assert changed.json()["page_title"] == name
    made = await maya.post(
        f"/portals/{slug}/categories",
        json={"name": "Lost bags", "icon": "🧳", "locale": "en", "description": "Found again"},
    )
    category = made.json()["payload"]
    assert (category["slug"], category["position"]) == ("lost-bags", 10)
    under = await maya.post(
        f"/portals/{slug}/categories",
        json={"name": "Prams", "parent_category_id": category["id"]},
    )
    circle = await maya.patch(
        f"/portals/{slug}/categories/{category['id']}",
        json={"parent_category_id": under.json()["payload"]["id"]},
    )
    assert (circle.status_code, circle.json()["field"]) == (422, "parent_category_id")
    first = await written(maya, slug, title="Report a bag", category_id=str(category["id"]))
    assert (first["status"], first["slug"], first["locale"]) == ("draft", "report-a-bag", "en")
    assert first["author_id"] == halden.administrator
    second = await written(maya, slug, title="Report a bag", status=1, content="By *phone*.")
    assert (second["status"], second["slug"]) == ("published", "report-a-bag-2")
    path = f"/portals/{slug}/articles"
    arabic = await written(
        maya, slug, title="الإبلاغ", locale="ar", associated_article_id=second["id"], status=1
    )
    shown = (await jonas.get(f"{path}/{second['id']}")).json()["payload"]
    assert [one["id"] for one in shown["associated_articles"]] == [arabic["id"]]
    places = {str(first["id"]): 90, str(second["id"]): 20}
    assert (await maya.post(f"{path}/reorder", json={"positions_hash": places})).status_code == 200
    listed = (await jonas.get(path, params={"locale": "en"})).json()
    assert [one["id"] for one in listed["payload"]] == [second["id"], first["id"]]
    assert listed["meta"]["all_articles_count"] == 2
    assert listed["meta"]["published_count"] == 1
    for asked, found in (
        ({"status": "draft"}, [first["id"]]),
        ({"status": "1", "locale": "en"}, [second["id"]]),
        ({"category_slug": "lost-bags"}, [first["id"]]),
        ({"query": "PHONE by"}, [second["id"]]),
        ({"query": "100%"}, []),
        ({"author_id": str(halden.agent)}, []),
        ({"page": 2}, []),
    ):
        got = (await jonas.get(path, params=asked)).json()
        assert [one["id"] for one in got["payload"]] == found, asked
    batch = {"article_ids": [first["id"]], "status": "archived"}
    await maya.patch(f"{path}/bulk_actions/update_status", json=batch)
    move = {"article_ids": [first["id"]], "category_id": under.json()["payload"]["id"]}
    await maya.patch(f"{path}/bulk_actions/update_category", json=move)
    archived = (await jonas.get(f"{path}/{first['id']}")).json()["payload"]
    assert (archived["status"], archived["category"]["name"]) == ("archived", "Prams")
    await maya.patch(f"{path}/{first['id']}", json={"category_id": category["id"]})
    assert (await maya.delete(f"/portals/{slug}/categories/{category['id']}")).status_code == 200
    left = (await jonas.get(f"{path}/{first['id']}")).json()["payload"]
    assert (left["category_id"], left["category"]) == (None, None)
    counts = (await jonas.get(f"/portals/{slug}")).json()["meta"]
    assert (counts["all_articles_count"], counts["archived_articles_count"]) == (3, 1)
    assert (await maya.delete(f"{path}/{first['id']}")).status_code == 200
    assert (await maya.delete(f"{path}/{first['id']}")).status_code == 404
    assert (await jonas.delete(f"/portals/{slug}")).status_code == 403
    assert (await maya.delete(f"/portals/{slug}")).status_code == 200
    assert (await jonas.get("/portals")).json()["payload"] == []


async def test_what_is_wrong_is_refused_by_its_field(
    maya: httpx.AsyncClient, as_user: ClientOf, northgate: SmallDesk, halden: SmallDesk
) -> None:
    portal = await portal_of(maya, halden)
    slug = portal["slug"]
    stranger = as_user(northgate, northgate.administrator)
    for body, field in (
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "x", "slug": "a b"}, "slug"),
        ({"name": "x", "slug": "12"}, "slug"),
        ({"name": "x", "slug": slug}, "slug"),
        ({"name": "x", "color": "blue"}, "color"),
        ({"name": "x", "custom_domain": "https://a.example/"}, "custom_domain"),
        ({"name": "x", "slug": "own", "custom_domain": portal["custom_domain"]}, "custom_domain"),
        ({"name": "x", "homepage_link": "javascript:alert(1)"}, "homepage_link"),
        ({"name": "x", "config": {"allowed_locales": ["../x"]}}, "config.allowed_locales"),
        ({"name": "x", "config": {"default_locale": "EN"}}, "config.default_locale"),
        ({"name": "x" * 256}, "name"),
        ({"name": "x", "inbox_id": halden.inbox}, "inbox_id"),
    ):
        answer = await stranger.post("/portals", json=body)
        assert (answer.status_code, answer.json().get("field")) == (422, field), (body, answer.text)
    for path, body, field in (
        ("categories", {"name": ""}, "name"),
        ("categories", {"name": "x", "locale": "de"}, "locale"),
        ("categories", {"name": "x", "position": -1}, "position"),
        ("articles", {"content": "x"}, "title"),
        ("articles", {"title": "x", "status": "gone"}, "status"),
        ("articles", {"title": "x", "status": 3}, "status"),
        ("articles", {"title": "x", "category_id": 999999}, "category_id"),
        ("articles", {"title": "x", "author_id": northgate.administrator}, "author_id"),
        ("articles", {"title": "x", "content": "x" * 150_001}, "content"),
        ("articles", {"title": "x", "meta": {"a": "b" * 10_001}}, "meta"),
        ("articles/reorder", {"positions_hash": {"x": 1}}, "positions_hash"),
    ):
        answer = await maya.post(f"/portals/{slug}/{path}", json=body)
        assert (answer.status_code, answer.json().get("field")) == (422, field), (body, answer.text)
    for query, field in (({"sort": "secret"}, "sort"), ({"status": "gone"}, "status")):
        answer = await maya.get(f"/portals/{slug}/articles", params=query)
        assert (answer.status_code, answer.json()["field"]) == (422, field)
    await written(maya, slug, title="English")
    shrunk = await maya.patch(f"/portals/{slug}", json={"config": {"allowed_locales": ["ar"]}})
    assert (shrunk.status_code, shrunk.json()["field"]) == (422, "config.allowed_locales")
    for method, path in (("GET", ""), ("PATCH", ""), ("GET", "/articles"), ("POST", "/articles")):
        answer = await stranger.request(method, f"/portals/{slug}{path}", json={"title": "x"})
        assert answer.status_code == 404, (method, path)


async def test_agents_write_articles_where_their_role_says_so(
    maya: httpx.AsyncClient, jonas: httpx.AsyncClient, halden: SmallDesk
) -> None:
    portal = await portal_of(maya, halden)
    path = f"/portals/{portal['slug']}/articles"
    assert (await jonas.post(path, json={"title": "Mine"})).status_code == 403
    role = await maya.post(
        "/custom_roles", json={"name": "Writer", "permissions": ["knowledge_base_manage"]}
    )
    await maya.patch(f"/agents/{halden.agent}", json={"custom_role_id": role.json()["id"]})
    assert (await jonas.post(path, json={"title": "Mine"})).status_code == 200


async def test_everybody_reads_what_is_published_and_nobody_what_is_not(
    maya: httpx.AsyncClient,
    reader: httpx.AsyncClient,
    halden: SmallDesk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    portal = await portal_of(maya, halden)
    slug, base = portal["slug"], f"/hc/{portal['slug']}"
    empty = await reader.get(f"{base}/en")
    assert "No articles yet" in empty.text
    category = (await maya.post(f"/portals/{slug}/categories", json={"name": "Bags"})).json()
    shelf = category["payload"]["id"]
    article = await written(
        maya,
        slug,
        title="A <lost> bag",
        content="# Call\n\n<script>alert(1)</script> **0800 1**",
        status="published",
        category_id=shelf,
    )
    draft = await written(maya, slug, title="Secret plans", content="0800 2", category_id=shelf)
    arabic = await written(
        maya, slug, title="حقيبة", locale="ar", status=1, associated_article_id=article["id"]
    )
    assert (await reader.get(base)).headers["location"] == f"{base}/en"
    pages = {
        path: await reader.get(f"{base}{path}")
        for path in (
            *("/en", "/en/categories", "/en/articles", "/en/categories/bags"),
            *("/en/categories/bags/articles", "/en/search?query=0800"),
            f"/articles/{article['slug']}",
        )
    }
    for path, page in pages.items():
        assert page.status_code == 200, path
        assert "A &lt;lost&gt; bag" in page.text, path
        assert "Secret plans" not in page.text, path
        assert "<script" not in page.text, path
        assert "default-src 'none'; style-src 'self'" in page.headers["content-security-policy"]
        again = await reader.get(f"{base}{path}", headers={"if-none-match": page.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path
    shown = pages[f"/articles/{article['slug']}"].text
    assert "<h2>Call</h2>" in shown
    assert 'hreflang="ar" href="http' in shown
    right = await reader.get(f"{base}/articles/{arabic['slug']}")
    assert '<html lang="ar" dir="rtl">' in right.text
    assert (await reader.get(f"{base}/ar/search", params={"query": "0800"})).text.count(
        "0800 1"
    ) == 0
    source = await reader.get(f"{base}/articles/{article['slug']}.md")
    assert source.headers["content-type"].startswith("text/markdown")
    assert source.text.startswith("# A <lost> bag\n\n# Call")
    sitemap = (await reader.get(f"{base}/sitemap.xml")).text
    assert article["slug"] in sitemap
    assert draft["slug"] not in sitemap
    style = (await reader.get(f"{base}/brand.css")).text
    assert "--brand: #ffd400; --on-brand: #16181d" in style
    for path in (
        *("/fr", "/en/categories/none", "/articles/none", "/articles/none.md"),
        *(f"/articles/{draft['slug']}", f"/articles/{draft['slug']}.md", "/articles/a.png"),
        *("/articles/%00", "/en/categories/%00"),
    ):
        assert (await reader.get(f"{base}{path}")).status_code == 404, path
    assert (await reader.get("/hc/there-is-none/en")).status_code == 404
    monkeypatch.setattr(public_help_centre, "SEARCH_MS", 1)
    for n in range(4):
        await written(maya, slug, title=f"Long {n}", content=f"{n} ä" * 37_000, status=1)
    slow = await reader.get(f"{base}/en/search", params={"query": "nowhere at all"})
    assert "The search took too long" in slow.text
    await maya.patch(f"/portals/{slug}/archive")
    for path in ("", "/en", f"/articles/{article['slug']}", "/sitemap.xml", "/brand.css"):
        assert (await reader.get(f"{base}{path}")).status_code == 404, path


async def test_a_visitor_counts_once_a_day_and_views_are_written_together(
    desk: Desk, maya: httpx.AsyncClient, reader: httpx.AsyncClient, halden: SmallDesk
) -> None:
    portal = await portal_of(maya, halden)
    article = await written(maya, portal["slug"], title="Read me", status=1)
    counter = ViewCounter(desk)
    for _ in range(3):
        await reader.get(f"/hc/{portal['slug']}/articles/{article['slug']}")
    await counter.count(halden.account_id, article["id"], "2001:db8::1")
    await counter.count(halden.account_id, article["id"], "2001:db8::2")
    async with desk.transaction(halden.account_id) as tx:
        row = await tx.session.get(ArticleRow, (halden.account_id, article["id"]))
        assert row is not None
        assert row.views == 0
    await counter.write()
    await counter.write()
    await counter.close()
    path = f"/portals/{portal['slug']}/articles/{article['id']}"
    assert (await maya.get(path)).json()["payload"]["views"] == 2


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("<img src=x onerror=y>", "<p>&lt;img src=x onerror=y&gt;</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ("[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>"),
        ("![eye](https://e.example/p.png)", ">eye</a>"),
        ("![eye](//e.example/p.png)", ">eye</a>"),
        ("![own](/public/p.png)", '<img src="/public/p.png" alt="own">'),
        ('!["><b>](https://e.example/"><script>)', '"&gt;&lt;b&gt;</a>'),
        ("# One", "<h2>One</h2>"),
    ],
)
def test_markdown_is_drawn_without_anything_that_runs_or_calls(written: str, drawn: str) -> None:
    html = html_of(written)
    assert drawn.replace("&quot;", '"') in html.replace("&quot;", '"')
    assert "<script" not in html
    assert 'src="h' not in html
    assert 'src="//' not in html


@pytest.mark.skipif(
    not (DOCUMENT.exists() and AMENDMENTS.exists()),
    reason="Chatwoot's OpenAPI file is not part of the project and is not here.",
)
async def test_answers_about_the_help_centre_are_chatwoots(
    maya: httpx.AsyncClient, halden: SmallDesk
) -> None:
    reference = Reference()
    schemas = reference.document["components"]
    portal = await portal_of(maya, halden)
    category = await maya.post(f"/portals/{portal['slug']}/categories", json={"name": "Bags"})
    article = await written(maya, portal["slug"], title="Lost", status=1)
    assert reference.faults("get-portal", (await maya.get("/portals")).json()) == []
    for name, shown in (
        ("portal_item", portal),
        ("category", category.json()["payload"]),
        ("article", article),
    ):
        schema = {"$ref": f"#/components/schemas/{name}", "components": schemas}
        assert [error.message for error in Draft202012Validator(schema).iter_errors(shown)] == []
