"""Contacts over the API: lists, notes, addresses, pictures, merging, and files in and out."""

import csv
import io
from typing import Any

import httpx
import pytest

from desk.settings import Settings
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.presence import Presence
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf
from tests.settle import settle

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


@pytest.fixture
def stored(settings: Settings) -> FileStore:
    return FileStore(settings.storage.files_url)


async def entered(client: httpx.AsyncClient, **fields: Any) -> int:
    answer = await client.post("/contacts", json=fields)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["payload"]["contact"]["id"])


async def facts(desk: Desk, at: SmallDesk) -> list[str]:
    async with desk.transaction(at.account_id) as tx:
        return [row["name"] for row in await tx.all("select name from events order by id")]


async def test_contacts_are_listed_by_every_sort_by_label_and_by_who_is_there(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    ada = await entered(
        maya, name="ada", email="b@x.example", additional_attributes={"city": "Oslo"}
    )
    bo = await entered(
        maya, name="Bo", phone_number="+4790000001", additional_attributes={"city": "Bergen"}
    )
    cy = await entered(maya, name="Cy", identifier="c-1", email="a@x.example")
    await entered(maya, name="Nobody")
    await jonas.post(f"/contacts/{bo}/labels", json={"labels": ["vip"]})

    async def listed(path: str = "/contacts", **query: Any) -> list[int]:
        answer = await jonas.get(path, params=query or None)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert body["meta"]["count"] == len(body["payload"])
        return [one["id"] for one in body["payload"]]

    assert await listed(sort="name") == [ada, bo, cy]
    assert await listed(sort="-name") == [cy, bo, ada]
    assert await listed(sort="email") == [cy, ada, bo]
    assert await listed(sort="phone_number") == [bo, cy, ada]
    assert await listed(sort="city") == [bo, ada, cy]
    assert sorted(await listed(sort="last_activity_at")) == sorted([ada, bo, cy])
    assert await listed("/contacts?labels[]=vip&labels[]=nosuch") == [bo]
    assert await listed("/contacts?labels[]=nosuch") == []
    assert await listed("/contacts/search", q="x.example", sort="email") == [cy, ada]
    refused = await jonas.get("/contacts", params={"sort": "height"})
    assert (refused.status_code, refused.json()["field"]) == (422, "sort")
    assert await listed("/contacts/active") == []
    await Presence(desk.redis, desk.clock).beat_contact(halden.account_id, cy)
    assert await listed("/contacts/active") == [cy]
    shown = (await jonas.get(f"/contacts/{cy}")).json()["payload"]
    assert shown["availability_status"] == "online"


async def test_what_another_contact_has_is_refused_by_field_and_attributes(
    maya: httpx.AsyncClient,
) -> None:
    first = {"email": "a@x.example", "phone_number": "+4790000001", "identifier": "a"}
    await entered(maya, name="A", **first)
    second = await entered(maya, name="B", email="b@x.example")
    for field, value in first.items():
        value = value.upper() if field == "email" else value
        for answer in (
            await maya.post("/contacts", json={"name": "C", field: value}),
            await maya.put(f"/contacts/{second}", json={field: value}),
            await maya.patch(f"/contacts/{second}", json={field: value}),
        ):
            assert answer.status_code == 422
            assert (answer.json()["field"], answer.json()["attributes"]) == (field, [field])
    wrong: tuple[tuple[str, Any], ...] = (
        ("email", "no address"),
        ("phone_number", "123"),
        ("name", "x" * 256),
        ("identifier", "x" * 256),
        ("blocked", "perhaps"),
        ("additional_attributes", {"a/b": 1}),
    )
    for field, unfit in wrong:
        answer = await maya.patch(f"/contacts/{second}", json={field: unfit})
        assert answer.status_code == 422, field
        assert str(answer.json()["field"]).startswith(field)
    blocked = await maya.patch(f"/contacts/{second}", json={"blocked": True, "unknown": 1})
    assert blocked.json()["payload"]["blocked"] is True


async def test_notes_are_written_read_changed_and_taken_back(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    ada, bo = await entered(maya, name="Ada"), await entered(maya, name="Bo")
    path = f"/contacts/{ada}/notes"
    first = (await jonas.post(path, json={"content": "Prefers mail"})).json()
    assert first["user"]["id"] == halden.agent
    assert isinstance(first["created_at"], int)
    second = (await maya.post(path, json={"note": {"content": "Called"}})).json()
    assert [one["id"] for one in (await jonas.get(path)).json()] == [second["id"], first["id"]]
    one = f"{path}/{first['id']}"
    changed = (await maya.patch(one, json={"content": "Prefers calls"})).json()
    assert changed["content"] == "Prefers calls"
    assert (await jonas.get(one)).json() == changed
    for wrong in ({"content": "  "}, {"content": "x\x00"}, {}):
        answer = await jonas.post(path, json=wrong)
        assert (answer.status_code, answer.json()["field"]) == (422, "content")
    elsewhere = f"/contacts/{bo}/notes/{first['id']}"
    assert (await jonas.get(elsewhere)).status_code == 404
    assert (await jonas.delete(elsewhere)).status_code == 404
    assert (await jonas.delete(one)).status_code == 200
    assert (await jonas.get(one)).status_code == 404
    assert (await facts(desk, halden))[-4:] == [
        "contact_note_written",
        "contact_note_written",
        "contact_note_changed",
        "contact_note_deleted",
    ]


async def test_a_contact_is_given_addresses_and_is_reachable_where_there_could_be_one(
    halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient, priya: httpx.AsyncClient
) -> None:
    made = await maya.post("/inboxes", json={"name": "App", "channel": {"type": "api"}})
    app = made.json()["id"]
    ada = await entered(maya, name="Ada", phone_number="+4790000001")
    reachable = (await maya.get(f"/contacts/{ada}/contactable_inboxes")).json()["payload"]
    assert [one["inbox"]["id"] for one in reachable] == [halden.inbox, app]
    assert reachable[0]["source_id"] == "4790000001"
    of_jonas = (await jonas.get(f"/contacts/{ada}/contactable_inboxes")).json()["payload"]
    assert [one["inbox"]["id"] for one in of_jonas] == [halden.inbox]
    path = f"/contacts/{ada}/contact_inboxes"
    made_up = (await maya.post(path, json={"inbox_id": app})).json()
    assert made_up["inbox"]["id"] == app
    assert (await maya.post(path, json={"inbox_id": app})).json() == made_up
    given = (await maya.post(path, json={"inbox_id": str(app), "source_id": "ada-1"})).json()
    assert given["source_id"] == "ada-1"
    bo = await entered(maya, name="Bo")
    taken = await maya.post(
        f"/contacts/{bo}/contact_inboxes", json={"inbox_id": app, "source_id": "ada-1"}
    )
    assert (taken.status_code, taken.json()["field"]) == (422, "source_id")
    no_phone = await maya.post(f"/contacts/{bo}/contact_inboxes", json={"inbox_id": halden.inbox})
    assert no_phone.status_code == 422
    assert (await priya.post(path, json={"inbox_id": app})).status_code == 404


async def test_two_contacts_who_are_one_person_become_one(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    priya: httpx.AsyncClient,
) -> None:
    await receive(desk, halden, said("First", sender="4711", name="Ada"))
    await receive(desk, halden, said("Second", sender="4722", name="Ada B."))
    async with desk.transaction(halden.account_id) as tx:
        rows = await tx.all("select id from contacts order by id")
    base, mergee = (row["id"] for row in rows)
    own: dict[str, Any] = {"custom_attributes": {"tier": "gold", "a": {"x": 1}, "empty": ""}}
    await maya.patch(f"/contacts/{base}", json=own)
    theirs = {
        "email": "ada@x.example",
        "identifier": "ada",
        "custom_attributes": {"tier": "silver", "a": {"y": 2}, "empty": 1},
    }
    await maya.patch(f"/contacts/{mergee}", json=theirs)
    await maya.post(f"/contacts/{base}/labels", json={"labels": ["vip"]})
    await maya.post(f"/contacts/{mergee}/labels", json={"labels": ["refund"]})
    await maya.post(f"/contacts/{mergee}/notes", json={"content": "Calls often"})
    body = {"base_contact_id": base, "mergee_contact_id": str(mergee)}
    merged = (await jonas.post("/actions/contact_merge", json=body)).json()
    assert (merged["id"], merged["name"], merged["email"]) == (base, "Ada", "ada@x.example")
    assert merged["identifier"] == "ada"
    assert merged["custom_attributes"] == {"tier": "gold", "a": {"x": 1, "y": 2}, "empty": 1}
    assert sorted(one["source_id"] for one in merged["contact_inboxes"]) == ["4711", "4722"]
    assert (await jonas.get(f"/contacts/{mergee}")).status_code == 404
    assert (await jonas.get(f"/contacts/{base}/labels")).json()["payload"] == ["refund", "vip"]
    notes = (await jonas.get(f"/contacts/{base}/notes")).json()
    assert [one["content"] for one in notes] == ["Calls often"]
    talks = (await jonas.get(f"/contacts/{base}/conversations")).json()["payload"]
    assert sorted(one["id"] for one in talks) == [1, 2]
    thread = (await jonas.get("/conversations/2/messages")).json()["payload"]
    assert thread[0]["sender"]["id"] == base
    sent = {"attachments[]": ("plan.txt", b"Platform 9", "text/plain")}
    await jonas.post("/conversations/2/messages", data={"content": "See"}, files=sent)
    files = (await jonas.get(f"/contacts/{base}/attachments")).json()
    assert files["meta"] == {"total_count": 1}
    assert files["payload"][0]["file_name"] == "plan.txt"
    assert (await priya.get(f"/contacts/{base}/attachments")).json()["payload"] == []
    happened = [name for name in await facts(desk, halden) if "contact" in name]
    assert happened[-3:] == ["conversation_contact_changed", "contact_merged", "contact_updated"]

    await receive(desk, halden, said("Third", sender="4722", name="Ada B."))
    async with desk.transaction(halden.account_id) as tx:
        assert [row["id"] for row in await tx.all("select id from contacts")] == [base]
    for wrong, status in (
        ({"base_contact_id": base, "mergee_contact_id": base}, 422),
        ({"base_contact_id": base, "mergee_contact_id": 999999999}, 404),
        ({"base_contact_id": base}, 422),
    ):
        assert (await jonas.post("/actions/contact_merge", json=wrong)).status_code == status


async def test_a_merged_contacts_lost_addresses_still_lead_to_the_one_who_stays(
    desk: Desk, halden: SmallDesk, maya: httpx.AsyncClient
) -> None:
    base = await entered(maya, name="Ada", phone_number="+4711", email="ada@x.example")
    mergee = await entered(maya, name="Ada", phone_number="+4722", email="old@x.example")
    body = {"base_contact_id": base, "mergee_contact_id": mergee}
    assert (await maya.post("/actions/contact_merge", json=body)).status_code == 200
    await receive(desk, halden, said("Hello", sender="4722", name="Ada"))
    async with desk.transaction(halden.account_id) as tx:
        (talk,) = await tx.all("select contact_id from conversations")
    assert talk["contact_id"] == base


async def test_a_picture_is_what_its_bytes_say_and_has_an_address_of_its_own(
    service_url: str,
    desk: Desk,
    halden: SmallDesk,
    stored: FileStore,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    anybody: httpx.AsyncClient,
) -> None:
    ada = await entered(maya, name="Ada", email="ada@x.example")
    path = f"/contacts/{ada}/avatar"
    fake = await jonas.put(path, files={"avatar": ("a.png", b"<svg/>", "image/png")})
    assert (fake.status_code, fake.json()["field"]) == (422, "avatar")
    none = await jonas.put(path, json={})
    assert (none.status_code, none.json()["field"]) == (422, "avatar")
    put = await jonas.put(path, files={"avatar": ("a.txt", PNG, "text/plain")})
    thumbnail = put.json()["payload"]["thumbnail"]
    shown = await anybody.get(thumbnail)
    assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")
    gone = (await jonas.delete(path)).json()["payload"]
    assert gone["thumbnail"] == ""
    form = {"name": "Bo", "custom_attributes[tier]": "gold"}
    made = await maya.post("/contacts", data=form, files={"avatar": ("b.png", PNG)})
    contact = made.json()["payload"]["contact"]
    assert contact["custom_attributes"] == {"tier": "gold"}
    assert contact["thumbnail"].startswith("/public/avatars/")
    nowhere = await maya.patch(f"/contacts/{ada}", json={"avatar_url": "file:///etc/passwd"})
    assert (nowhere.status_code, nowhere.json()["field"]) == (422, "avatar_url")
    at = service_url + contact["thumbnail"]
    assert (await maya.patch(f"/contacts/{ada}", json={"avatar_url": at})).status_code == 200
    await settle(desk, halden.account_id, files=stored)
    fetched = (await maya.get(f"/contacts/{ada}")).json()["payload"]["thumbnail"]
    assert fetched not in ("", contact["thumbnail"])
    assert (await anybody.get(fetched)).content == PNG
    page = {"name": "Cy", "avatar_url": f"{service_url}/api"}
    cy = (await maya.post("/contacts", json=page)).json()["payload"]["contact"]["id"]
    await settle(desk, halden.account_id, files=stored)
    assert (await maya.get(f"/contacts/{cy}")).json()["payload"]["thumbnail"] == ""


SHEET = """Name;E-mail;email;Phone Number;identifier;City;labels;tier
Ada Berg;;ada@x.example;+47 900 00 001;;Oslo;vip, refund;gold
;;;;;;;
=Bo;;BO@X.example;;b-1;;;
Cy;;no address;;;;;silver
Di;;;;d-1;;nosuch;
Ada B.;;ada@x.example;;a-1;Bergen;;
;;;;;Oslo;;
"""


async def test_a_file_of_contacts_is_read_and_refused_rows_come_back_with_their_reason(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    anybody: httpx.AsyncClient,
    stored: FileStore,
    as_user: ClientOf,
    northgate: SmallDesk,
) -> None:
    await entered(maya, name="Bo", identifier="b-1", custom_attributes={"old": 1})
    upload = {"import_file": ("contacts.csv", SHEET.encode(), "text/csv")}
    assert (await jonas.post("/contacts/import", files=upload)).status_code == 403
    for wrong in ({"import_file": ("a.csv", b"")}, {"file": ("a.csv", b"x")}):
        refused = await maya.post("/contacts/import", files=wrong)
        assert (refused.status_code, refused.json()["field"]) == (422, "import_file")
    asked = (await maya.post("/contacts/import", files=upload)).json()
    assert (asked["state"], asked["kind"], asked["download_url"]) == ("queued", "import", None)
    await settle(desk, halden.account_id, files=stored)
    path = f"/contact_transfers/{asked['id']}"
    done = (await maya.get(path)).json()
    assert (done["state"], done["progress"]) == ("done", 100)
    assert (done["rows"], done["failed_rows"]) == (6, 3)
    link = "/api" + done["download_url"].partition("/api")[2]
    failures = (await anybody.get(link)).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(failures)))
    assert [row["name"] for row in rows] == ["Cy", "Di", ""]
    assert rows[0]["errors"] == "The e-mail address has no @."
    assert "nosuch" in rows[1]["errors"]
    found = (await maya.get("/contacts", params={"sort": "email"})).json()["payload"]
    assert [one["email"] for one in found] == ["ada@x.example", "bo@x.example"]
    ada, bo = found
    assert (ada["name"], ada["identifier"], ada["phone_number"]) == ("Ada B.", "a-1", "+4790000001")
    assert ada["additional_attributes"] == {"city": "Bergen"}
    assert ada["custom_attributes"] == {"tier": "gold"}
    assert (bo["name"], bo["custom_attributes"]) == ("=Bo", {"old": 1})
    labels = (await maya.get(f"/contacts/{ada['id']}/labels")).json()["payload"]
    assert labels == ["refund", "vip"]
    stranger = as_user(northgate, northgate.administrator)
    assert (await stranger.get(path)).status_code == 404
    assert (await stranger.get(f"{path}/file")).status_code == 404
    bad = {"import_file": ("contacts.csv", b"a,b\n1,2\n", "text/csv")}
    hopeless = (await maya.post("/contacts/import", files=bad)).json()
    await settle(desk, halden.account_id, files=stored)
    failed = (await maya.get(f"/contact_transfers/{hopeless['id']}")).json()
    assert (failed["state"], "first line" in failed["error"]) == ("failed", True)
    async with desk.transaction(halden.account_id) as tx:
        left = await tx.all("select source_key from contact_transfers")
        thrown = await tx.all("select file_key from files_to_remove")
    assert ([row["source_key"] for row in left], len(thrown)) == ([None, None], 2)


async def test_contacts_come_out_as_a_file_that_no_spreadsheet_calculates_and_go_in_again(
    desk: Desk,
    halden: SmallDesk,
    maya: httpx.AsyncClient,
    jonas: httpx.AsyncClient,
    stored: FileStore,
) -> None:
    await entered(maya, name="=1+1", email="a@x.example", phone_number="+4790000001")
    bo = await entered(maya, name="Bo", email="b@x.example", custom_attributes={"tier": "gold"})
    await maya.post(f"/contacts/{bo}/labels", json={"labels": ["vip"]})
    await maya.post(
        "/custom_attribute_definitions",
        json={
            "attribute_key": "tier",
            "attribute_display_name": "Tier",
            "attribute_model": 1,
        },
    )

    async def exported(**asked: Any) -> tuple[bytes, list[dict[str, str]]]:
        answer = await maya.post("/contacts/export", json=asked)
        assert answer.status_code == 200, answer.text
        await settle(desk, halden.account_id, files=stored)
        path = f"/contact_transfers/{answer.json()['id']}"
        assert (await maya.get(path)).json()["state"] == "done"
        content = (await maya.get(f"{path}/file")).content
        return content, list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))

    content, rows = await exported()
    assert list(rows[0]) == ["id", "name", "email", "phone_number", "labels"]
    assert [row["name"] for row in rows] == ["'=1+1", "Bo"]
    assert (rows[0]["phone_number"], rows[1]["labels"]) == ("'+4790000001", "vip")
    _, labelled = await exported(label="VIP", column_names=["name", "tier"])
    assert labelled == [{"name": "Bo", "tier": "gold"}]
    starts = {"attribute_key": "email", "filter_operator": "starts_with", "values": ["a@"]}
    _, filtered = await exported(payload=[starts], column_names=["email"])
    assert filtered == [{"email": "a@x.example"}]
    for wrong, field in (
        ({"column_names": ["height"]}, "column_names"),
        ({"label": "nosuch"}, "labels"),
        ({"payload": [starts | {"attribute_key": "height"}]}, "payload[0].attribute_key"),
    ):
        refused = await maya.post("/contacts/export", json=wrong)
        assert (refused.status_code, refused.json()["field"]) == (422, field)
    assert (await jonas.post("/contacts/export", json={})).status_code == 403
    before = (await maya.get("/contacts", params={"sort": "name"})).json()
    await maya.post("/contacts/import", files={"import_file": ("contacts.csv", content)})
    await settle(desk, halden.account_id, files=stored)
    assert (await maya.get("/contacts", params={"sort": "name"})).json() == before
