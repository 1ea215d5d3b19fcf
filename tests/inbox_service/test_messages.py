"""Reading and writing messages over the API."""

import httpx

from desk.actions.record_send import record_failed
from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.inbox_service.conftest import ClientOf

MESSAGES = "/conversations/1/messages"


async def test_a_reply_is_stored_queued_and_shown(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    answer = await jonas.post(MESSAGES, json={"content": "Hi Amara", "echo_id": "e-1"})
    assert answer.status_code == 200, answer.text
    message = answer.json()
    assert message["content"] == "Hi Amara"
    assert message["message_type"] == 1
    assert message["queued"] is True
    assert message["echo_id"] == "e-1"
    assert message["sender"]["id"] == halden.agent
    async with desk.transaction(halden.account_id) as tx:
        (job,) = await tx.all("select kind, key from jobs")
    assert job == {"kind": "send_message", "key": str(message["id"])}
    thread = (await jonas.get(MESSAGES)).json()
    assert [m["content"] for m in thread["payload"]] == ["Hello", "Hi Amara"]
    assert thread["meta"]["contact"]["name"] == "Amara Okonkwo"


async def test_a_private_note_is_kept_and_never_sent(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    note = (await jonas.post(MESSAGES, json={"content": "Careful", "private": True})).json()
    assert (note["private"], note["queued"]) == (True, False)
    async with desk.transaction(halden.account_id) as tx:
        assert await tx.all("select from jobs") == []


async def test_a_thread_pages_backwards_and_forwards(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, *[said(str(n)) for n in range(50)])

    async def page(**asked: int) -> list[dict[str, object]]:
        payload: list[dict[str, object]] = (await jonas.get(MESSAGES, params=asked)).json()[
            "payload"
        ]
        return payload

    newest = await page()
    assert [m["content"] for m in newest] == [str(n) for n in range(30, 50)]
    older = await page(before=int(str(newest[0]["id"])))
    assert [m["content"] for m in older] == [str(n) for n in range(10, 30)]
    since = await page(after=int(str(newest[-3]["id"])))
    assert [m["content"] for m in since] == ["48", "49"]


async def test_files_go_up_with_a_message_and_come_down_again(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient, service_url: str
) -> None:
    await receive(desk, halden, said("Hello"))
    picture = b"\x89PNG\r\n\x1a\n" + b"p" * 300_000
    answer = await jonas.post(
        MESSAGES,
        data={"content": "Two files", "private": "false", "echo_id": "e-2"},
        files=[
            ("attachments[]", ("tag.png", picture, "image/png")),
            ("attachments[]", ("../../claim \n form.html", b"<script>", "text/html")),
        ],
    )
    assert answer.status_code == 200, answer.text
    message = answer.json()
    assert (message["content"], message["echo_id"]) == ("Two files", "e-2")
    image, page = message["attachments"]
    assert (image["file_type"], image["file_name"], image["file_size"]) == (
        "image",
        "tag.png",
        len(picture),
    )
    assert page["file_name"] == "claim  form.html"
    headers = jonas.headers
    async with httpx.AsyncClient(base_url=service_url, headers=headers) as client:
        down = await client.get(image["data_url"])
        assert (down.status_code, down.content) == (200, picture)
        assert down.headers["content-type"] == "image/png"
        assert down.headers["content-disposition"].startswith("inline;")
        part = await client.get(image["data_url"], headers={"range": "bytes=1-3"})
        assert (part.status_code, part.content) == (206, b"PNG")
        assert part.headers["content-range"] == f"bytes 1-3/{len(picture)}"
        saved = await client.get(page["data_url"])
        assert saved.headers["content-disposition"].startswith("attachment;")
        assert saved.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in saved.headers["content-security-policy"]


async def test_a_file_is_there_only_for_those_who_see_its_conversation(
    desk: Desk,
    halden: SmallDesk,
    northgate: SmallDesk,
    jonas: httpx.AsyncClient,
    priya: httpx.AsyncClient,
    as_user: ClientOf,
    anybody: httpx.AsyncClient,
) -> None:
    await receive(desk, halden, said("Hello"))
    message = await jonas.post(MESSAGES, files={"attachments[]": ("a.txt", b"secret")})
    file_id = message.json()["attachments"][0]["id"]
    stranger = as_user(northgate, northgate.administrator)
    assert (await jonas.get(f"/attachments/{file_id}")).content == b"secret"
    assert (await priya.get(f"/attachments/{file_id}")).status_code == 404
    assert (await stranger.get(f"/attachments/{file_id}")).status_code == 404
    path = f"/api/v1/accounts/{halden.account_id}/attachments/{file_id}"
    assert (await anybody.get(path)).status_code == 401


async def test_a_message_too_long_or_empty_or_from_nobody_is_refused(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    assert (await jonas.post(MESSAGES, json={"content": "x" * 150_000})).status_code == 200
    for body, field in (
        ({"content": "x" * 151_000}, "content"),
        ({"content": ""}, "content"),
        ({"content": "a\x00b"}, "content"),
        ({"content": 5}, "content"),
        ({"content": "Hi", "private": "perhaps"}, "private"),
        ({"content": "Hi", "message_type": "incoming"}, "message_type"),
        (
            {"content": "Hi", "content_attributes": {"in_reply_to": "x"}},
            "content_attributes.in_reply_to",
        ),
    ):
        answer = await jonas.post(MESSAGES, json=body)
        assert (answer.status_code, answer.json().get("field")) == (422, field), answer.text
    many = [("attachments[]", (f"{n}.txt", b"x")) for n in range(16)]
    answer = await jonas.post(MESSAGES, files=many)
    assert (answer.status_code, answer.json()["field"]) == (422, "attachments")


async def test_a_quoted_message_is_named_by_its_provider_too(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello", source_id="wamid.QUOTED"))
    first = (await jonas.get(MESSAGES)).json()["payload"][0]
    answer = await jonas.post(
        MESSAGES,
        data={"content": "Yes", "content_attributes": f'{{"in_reply_to": "{first["id"]}"}}'},
        files={"ignored": ("x", b"")},
    )
    assert answer.json()["content_attributes"] == {
        "in_reply_to": first["id"],
        "in_reply_to_external_id": "wamid.QUOTED",
    }


async def test_a_failed_message_can_be_sent_again_and_no_other(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    message = (await jonas.post(MESSAGES, json={"content": "Hi"})).json()
    refused = await jonas.post(f"{MESSAGES}/{message['id']}/retry")
    assert (refused.status_code, refused.json()["error"]) == (409, "message_did_not_fail")
    async with desk.transaction(halden.account_id) as tx:
        await record_failed(tx, message["id"], "131026 not reachable")
    (shown,) = (await jonas.get(MESSAGES, params={"after": message["id"] - 1})).json()["payload"]
    assert shown["status"] == "failed"
    assert shown["content_attributes"]["external_error"] == "131026 not reachable"
    again = await jonas.post(f"{MESSAGES}/{message['id']}/retry")
    assert (again.status_code, again.json()["status"]) == (200, "sent")
    assert again.json()["content_attributes"] == {}


async def test_a_deleted_message_says_only_that_it_was_deleted(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    message = (
        await jonas.post(
            MESSAGES, data={"content": "Oops"}, files={"attachments[]": ("a.txt", b"x")}
        )
    ).json()
    gone = (await jonas.delete(f"{MESSAGES}/{message['id']}")).json()
    assert gone["content"] == "This message was deleted"
    assert (gone["content_attributes"], gone["attachments"]) == ({"deleted": True}, [])
    assert (await jonas.delete(f"{MESSAGES}/999999999")).status_code == 404


async def test_the_messages_have_the_bare_address_some_clients_use(
    desk: Desk, halden: SmallDesk, jonas: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    await receive(desk, halden, said("Hello"))
    path = f"/accounts/{halden.account_id}/conversations/1/messages"
    headers = {"Api-Access-Token": halden.tokens[halden.agent], "Authorization": "Bearer x"}
    assert (await anybody.get(path, headers=headers)).status_code == 200
    assert (await anybody.get(path + "/", headers=headers)).status_code == 200
    assert (await anybody.get(path)).status_code == 401
