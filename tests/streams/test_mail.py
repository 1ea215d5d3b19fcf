"""Mail from door to relay: threads, answers, files, and what becomes of them."""

import email
import email.policy
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from desk.actions.record_send import retry_message
from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.counters import Counters
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus, DeliveryStatus
from desk.words.ids import ConversationId
from ingest.simulators.email.server import Ailment
from streams.handlers.receive_inbound import ReceiveInbound
from streams.publishing import hook_of
from tests.builders.mail import mail_inbox
from tests.ingest.conformance import EXAMPLES
from tests.streams.post_office import PostOffice, post_office


@pytest.fixture
async def post(settings: Settings, clock: FixedClock, tmp_path: Path) -> AsyncIterator[PostOffice]:
    async with post_office(settings, clock, tmp_path) as opened:
        yield opened


class TestThreads:
    async def test_an_answer_from_anybody_joins_what_it_answers(self, post: PostOffice) -> None:
        first = await post.writes("Where is my bag?")
        second = await post.writes(
            "Mine too.", sender="marta@postino.example", In_Reply_To=f"<{first}>"
        )
        third = await post.writes("?", References=f"<{first}> <{second}>")
        homes = await post.homes()
        assert homes[first] == homes[second] == homes[third]
        senders = {m["sender_id"] for m in await post.messages()}
        assert len(senders) == 2

    async def test_a_mail_that_answers_nothing_is_a_new_matter(self, post: PostOffice) -> None:
        first, second = await post.writes("Bag"), await post.writes("Seat")
        homes = await post.homes()
        assert homes[first] != homes[second]
        assert len({m["sender_id"] for m in await post.messages()}) == 1

    async def test_an_inbox_locked_to_one_conversation_keeps_it(
        self, settings: Settings, clock: FixedClock, tmp_path: Path
    ) -> None:
        async with post_office(settings, clock, tmp_path, locked_to_single=True) as post:
            first, second = await post.writes("Bag"), await post.writes("Seat")
            homes = await post.homes()
        assert homes[first] == homes[second]

    async def test_a_mail_that_arrives_after_its_answer_joins_it(self, post: PostOffice) -> None:
        late = "late@okonkwo.example"
        answer = await post.writes("Yes.", In_Reply_To=f"<{late}>")
        await post.writes("Shall we?", source_id=late)
        homes = await post.homes()
        assert homes[answer] == homes[late]

    async def test_two_answers_to_a_mail_we_never_saw_find_each_other(
        self, post: PostOffice
    ) -> None:
        one = await post.writes("A", In_Reply_To="<elsewhere@x.example>")
        other = await post.writes("B", sender="b@x.example", References="<elsewhere@x.example>")
        homes = await post.homes()
        assert homes[one] == homes[other]

    async def test_the_same_mail_again_changes_nothing(self, post: PostOffice) -> None:
        for _ in range(2):
            await post.writes("Bag", source_id="same@okonkwo.example")
        assert len(await post.messages()) == 1

    async def test_another_inbox_never_joins_even_in_the_same_account(
        self, post: PostOffice
    ) -> None:
        first = await post.writes("Bag")
        other = await mail_inbox(post.desk, post.at)
        await post.writes("Bag again", In_Reply_To=f"<{first}>", to=other.address)
        (row,) = await post.rows("select count(distinct id) as n from conversations")
        assert row["n"] == 2
        (people,) = await post.rows("select count(*) as n from contacts")
        assert people["n"] == 1

    async def test_an_answer_reopens_what_was_resolved(self, post: PostOffice) -> None:
        first = await post.writes("Bag")
        home = (await post.homes())[first]
        await post.resolves(home)
        await post.writes("Still not here.", In_Reply_To=f"<{first}>")
        (row,) = await post.rows("select status, waiting_since from conversations")
        assert row["status"] == ConversationStatus.OPEN
        assert row["waiting_since"] is not None

    async def test_a_program_that_answers_wakes_nobody(self, post: PostOffice) -> None:
        first = await post.writes("Bag")
        home = (await post.homes())[first]
        await post.answers(home)
        await post.resolves(home)
        await post.writes("I am away.", In_Reply_To=f"<{first}>", Auto_Submitted="auto-replied")
        (row,) = await post.rows("select status, waiting_since from conversations")
        assert row["status"] == ConversationStatus.RESOLVED
        assert row["waiting_since"] is None

    async def test_the_conversation_remembers_its_subject(self, post: PostOffice) -> None:
        await post.writes("Bag")
        (row,) = await post.rows("select additional_attributes from conversations")
        assert row["additional_attributes"]["mail_subject"] == "My suitcase"


class TestAnswers:
    async def test_an_answer_goes_out_in_the_customers_thread(self, post: PostOffice) -> None:
        first = await post.writes("Bag", References="<older@okonkwo.example>")
        home = (await post.homes())[first]
        message_id = await post.answers(home, "Grüße, Jonas", file=b"%PDF-1.4")
        (taken,) = post.taken()
        (row,) = await post.rows("select uuid::text as uuid from conversations")
        own = f"conversation/{row['uuid']}/messages/{message_id}@"
        headers = taken["headers"]
        assert taken["rcpt_to"] == ["amara@okonkwo.example"]
        assert headers["from"] == f"Halden Air support <{post.inbox.address}>"
        assert headers["to"] == "amara@okonkwo.example"
        assert headers["subject"] == "Re: My suitcase"
        assert taken["message_id"].startswith(own)
        assert headers["in-reply-to"] == f"<{first}>"
        assert headers["references"] == f"<older@okonkwo.example> <{first}>"
        local, _, domain = post.inbox.address.partition("@")
        assert headers["reply-to"].endswith(f"<{local}+{row['uuid']}@{domain}>")
        assert "auto-submitted" not in headers
        assert taken["text"].strip() == "Grüße, Jonas"
        assert taken["attachments"] == [
            {"name": "Beleg über 10.pdf", "content_type": "application/pdf", "size": 8}
        ]
        sent = (await post.messages())[-1]
        assert sent["source_id"] == taken["message_id"]
        assert sent["status"] == DeliveryStatus.SENT

    async def test_the_customers_answer_comes_back_by_its_headers_and_shows_it_was_read(
        self, post: PostOffice
    ) -> None:
        home = await post.begins()
        await post.answers(home)
        back = await post.writes("Thanks", In_Reply_To=f"<{post.taken()[0]['message_id']}>")
        assert (await post.homes())[back] == home
        assert (await post.messages())[1]["status"] == DeliveryStatus.READ

    async def test_the_customers_answer_comes_back_by_the_address_alone(
        self, post: PostOffice
    ) -> None:
        home = await post.begins()
        await post.answers(home)
        headers = post.taken()[0]["headers"]
        address = headers["reply-to"].rpartition("<")[2].strip("<>")
        back = await post.writes("Thanks", to=address, sender="other@okonkwo.example")
        assert (await post.homes())[back] == home

    async def test_an_answer_goes_where_the_customer_wants_it(self, post: PostOffice) -> None:
        first = await post.writes("Bag", Reply_To="Amara <home@okonkwo.example>")
        await post.answers((await post.homes())[first], cc_emails="boss@okonkwo.example")
        (taken,) = post.taken()
        assert taken["rcpt_to"] == ["home@okonkwo.example", "boss@okonkwo.example"]

    async def test_a_refusal_fails_at_once_with_the_servers_words(self, post: PostOffice) -> None:
        home = await post.begins()
        post.fails(Ailment.REFUSE)
        await post.answers(home)
        failed = (await post.messages())[-1]
        assert failed["status"] == DeliveryStatus.FAILED
        assert "nobody of that name" in failed["content_attributes"]["external_error"]
        assert post.taken() == []

    async def test_a_greylisting_server_is_asked_again(
        self, post: PostOffice, clock: FixedClock
    ) -> None:
        home = await post.begins()
        post.fails(Ailment.GREYLIST, times=4)
        await post.answers(home)
        for _ in range(4):
            assert post.taken() == []
            clock.set(clock.now() + timedelta(minutes=6))
            await post.settle()
        assert len(post.taken()) == 1
        assert (await post.messages())[-1]["source_id"] == post.taken()[0]["message_id"]

    async def test_an_unknown_outcome_is_said_and_an_answer_resolves_it(
        self, post: PostOffice
    ) -> None:
        home = await post.begins()
        post.fails(Ailment.DROP_AFTER_DATA)
        await post.answers(home)
        unsure = (await post.messages())[-1]
        assert unsure["status"] == DeliveryStatus.FAILED
        assert "not known whether" in unsure["content_attributes"]["external_error"]
        await post.writes("Thanks", In_Reply_To=f"<{post.taken()[0]['message_id']}>")
        known = (await post.messages())[1]
        assert known["status"] == DeliveryStatus.READ
        assert "external_error" not in known["content_attributes"]

    async def test_a_second_try_bears_the_same_id(self, post: PostOffice) -> None:
        home = await post.begins()
        post.fails(Ailment.DROP_AFTER_DATA)
        message_id = await post.answers(home)
        async with post.desk.transaction(post.at.account_id) as tx:
            await retry_message(tx, ConversationId(home), message_id, by=Actor.user(post.at.agent))
        await post.settle()
        first, second = post.taken()
        assert first["message_id"] == second["message_id"]
        assert (await post.messages())[-1]["status"] == DeliveryStatus.SENT

    async def test_a_report_that_it_came_back_fails_the_message(self, post: PostOffice) -> None:
        home = await post.begins()
        await post.answers(home)
        raw = (EXAMPLES / "email" / "a_mail_of_ours_came_back.eml").read_text()
        old = email.message_from_string(raw, policy=email.policy.default)
        headers = old.get_payload(2).get_content()  # type: ignore[union-attr]
        ours = headers.split("Message-ID: <")[1].split(">")[0]
        await post.brings(raw.replace(ours, post.taken()[0]["message_id"]).encode())
        row = (await post.messages())[-1]
        assert row["status"] == DeliveryStatus.FAILED
        assert "no such user" in row["content_attributes"]["external_error"]


class TestLoops:
    async def test_what_the_desk_writes_by_itself_says_so(self, post: PostOffice) -> None:
        home = await post.begins()
        await post.answers_by_itself(home)
        assert post.taken()[0]["headers"]["auto-submitted"] == "auto-replied"

    async def test_a_program_gets_no_automatic_answer_but_a_human_one(
        self, post: PostOffice
    ) -> None:
        mail = await post.writes("I am away.", Auto_Submitted="auto-replied")
        home = (await post.homes())[mail]
        await post.answers_by_itself(home)
        assert post.taken() == []
        assert "program" in (await post.messages())[-1]["content_attributes"]["external_error"]
        await post.answers(home)
        assert len(post.taken()) == 1

    async def test_two_programs_that_do_not_say_so_stop_in_the_end(self, post: PostOffice) -> None:
        mail = await post.writes("Ticket opened.")
        home = (await post.homes())[mail]
        for _ in range(8):
            await post.answers_by_itself(home)
            mail = await post.writes("Ticket opened.", In_Reply_To=f"<{mail}>")
        assert len(post.taken()) == 5


class TestFiles:
    async def test_files_come_out_of_the_mail_that_brought_them(self, post: PostOffice) -> None:
        raw = (EXAMPLES / "email" / "files_and_an_inline_picture.eml").read_bytes()
        await post.brings(raw)
        rows = await post.rows("select * from attachments order by id")
        assert [row["file_name"] for row in rows] == ["tag.png", "Quittung über 10€.pdf"]
        contents = [await post.files.get(post.at.account_id, row["file_key"]) for row in rows]
        assert contents[0].startswith(b"\x89PNG")
        assert contents[1] == b"%PDF-1.4\n"

    async def test_a_file_whose_mail_is_gone_says_so(self, post: PostOffice) -> None:
        raw = (EXAMPLES / "email" / "files_and_an_inline_picture.eml").read_bytes()
        await post.door.bring(raw, post.inbox.address)
        await _only_take_in(post)
        await _forget_the_journal(post)
        await post.settle()
        rows = await post.rows("select meta from attachments")
        assert all("no longer kept" in row["meta"]["error"] for row in rows)


async def _only_take_in(post: PostOffice) -> None:
    async with post.desk.transaction_across_accounts(reason="a test plays the stream") as tx:
        rows = await tx.all(
            """select account_id, id, inbox_id, channel, sender, headers::text, body, received_at
               from inbound where inbox_id = %s and done_at is null""",
            [post.inbox.id],
        )
    await ReceiveInbound(post.desk, Counters()).receive([hook_of(row) for row in rows])


async def _forget_the_journal(post: PostOffice) -> None:
    async with post.desk.transaction_across_accounts(reason="a test plays the clean-up") as tx:
        await tx.execute("delete from inbound where inbox_id = %s", [post.inbox.id])
