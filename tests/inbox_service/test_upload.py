"""Files uploaded before anything is made of them: whose they are, what becomes of them, and when."""

from datetime import timedelta

import httpx
import pytest

from assets.cleanup.duties import clear_files
from assets.cleanup.house import House
from desk.settings import Settings
from desk.store.brought_files import KEPT_FOR
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.errors import Invalid
from inbox_service.api.bring_file import fetched
from ingest.outgoing import outgoing_client
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf
from tests.inbox_service.partners import path_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


async def test_an_uploaded_file_is_named_in_messages_pictures_and_articles_and_goes_unless_shown(
    service_url: str,
    settings: Settings,
    desk: Desk,
    halden: SmallDesk,
    northgate: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    anybody: httpx.AsyncClient,
    as_user: ClientOf,
) -> None:
    files = FileStore(settings.storage.files_url)
    await receive(desk, halden, said("Hello"))
    sent = await jonas.post("/upload", files={"attachment": ("Größe.png", PNG, "image/png")})
    assert sent.status_code == 200, sent.text
    brought = sent.json()
    assert set(brought) == {"file_url", "blob_key", "blob_id"}
    shown = await anybody.get(path_of(brought["file_url"]))
    assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")
    assert shown.headers["content-security-policy"] == "default-src 'none'; sandbox"
    forged = brought["blob_id"].replace(f"{halden.account_id}.", f"{northgate.account_id}.", 1)
    assert (await anybody.get(f"/public/uploads/{forged}/a.png")).status_code == 404

    # As often as wanted, in JSON as in a form; the message's file is its own.
    path = "/conversations/1/messages"
    written = {"content": "Here", "attachments": [brought["blob_id"]]}
    by_json = (await jonas.post(path, json=written)).json()
    form = {"content": "And here", "attachments[]": brought["blob_id"]}
    by_form = await jonas.post(path, data=form, files={"attachments[]": ("b.png", PNG)})
    assert [len(one["attachments"]) for one in (by_json, by_form.json())] == [1, 2]
    (attachment,) = by_json["attachments"]
    assert (attachment["file_type"], attachment["file_size"]) == ("image", len(PNG))
    for blob_id in (forged, "eyJfcmFpbHMi--00", ""):
        refused = await jonas.post(path, json={"content": "x", "attachments": [blob_id]})
        assert (refused.status_code, refused.json()["field"]) == (422, "attachments"), blob_id
    stranger = as_user(northgate, northgate.administrator)
    made = (await stranger.post("/contacts", json={"name": "Bo"})).json()["payload"]["contact"]
    taken = await stranger.put(
        f"/contacts/{made['id']}/avatar", json={"avatar": brought["blob_id"]}
    )
    assert (taken.status_code, taken.json()["field"]) == (422, "avatar")
    own = (await jonas.post("/contacts", json={"name": "Ada"})).json()["payload"]["contact"]
    put = await jonas.put(f"/contacts/{own['id']}/avatar", json={"avatar": brought["blob_id"]})
    picture = put.json()["payload"]["thumbnail"]
    assert (await anybody.get(picture)).content == PNG

    for content, name, field in (
        (b"\x7fELF\x02", "a.png", "attachment"),
        (b"<html>", "a.png", "attachment"),
        (b"", "a.png", "attachment"),
    ):
        no = await jonas.post("/upload", files={"attachment": (name, content, "image/png")})
        assert (no.status_code, no.json()["field"]) == (422, field), content
    nothing = await jonas.post("/upload", json={})
    assert (nothing.status_code, nothing.json()["field"]) == (422, "attachment")

    # From an address: pictures and films, and nothing of our own network.
    fetched_there = await jonas.post("/upload", json={"external_url": service_url + picture})
    assert fetched_there.status_code == 200, fetched_there.text
    assert (await anybody.get(path_of(fetched_there.json()["file_url"]))).content == PNG
    for url in (f"{service_url}/api", "http://127.0.0.1:9/a.png", "file:///etc/passwd", 7):
        no = await jonas.post("/upload", json={"external_url": url})
        assert (no.status_code, no.json()["field"]) == (422, "external_url"), url

    portal = (await maya.post("/portals", json={"name": "Help", "slug": "help-up"})).json()
    text = f"![Size]({brought['file_url']})"
    article = {"title": "Sizes", "content": text}
    shelf = f"/portals/{portal['slug']}/articles"
    first = (await maya.post(shelf, json=article)).json()["payload"]["id"]
    later = desk.clock.now() + KEPT_FOR + timedelta(hours=1)
    house = House(desk, files)
    assert await clear_files(house, halden.account_id, later - timedelta(hours=2)) == 0
    assert await clear_files(house, halden.account_id, later) == 1
    gone = await jonas.post(path, json={"attachments": [fetched_there.json()["blob_id"]]})
    assert (gone.status_code, gone.json()["field"]) == (422, "attachments")
    assert (await anybody.get(path_of(brought["file_url"]))).content == PNG
    second = (await maya.post(shelf, json=article)).json()["payload"]["id"]
    await maya.delete(f"{shelf}/{first}")
    assert await clear_files(house, halden.account_id, later) == 0
    await maya.patch(f"{shelf}/{second}", json={"content": "None"})
    await maya.patch(f"{shelf}/{second}", json={"content": text})
    assert await clear_files(house, halden.account_id, later) == 0
    await maya.delete(f"/portals/{portal['slug']}")
    assert await clear_files(house, halden.account_id, later) == 1
    assert (await anybody.get(path_of(brought["file_url"]))).status_code == 404
    kept = await jonas.get(f"/attachments/{attachment['id']}")
    assert kept.content == PNG
    assert (await anybody.get(picture)).content == PNG


async def test_an_address_in_our_own_network_is_not_fetched(service_url: str) -> None:
    async with outgoing_client(allow_private_targets=False) as http:
        for url in (
            f"{service_url}/health",
            "http://[::ffff:169.254.169.254]/latest",
            "http://localhost/",
        ):
            with pytest.raises(Invalid, match="cannot be fetched"):
                await fetched(url, http)
