"""A conversation mailed to somebody: what customer and desk said, and nothing else."""

import email
import email.policy
from datetime import timedelta
from pathlib import Path

from desk.actions.ask_transcript import ask_transcript
from desk.actions.send_reply import send_reply
from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.conversations import lock_conversation
from desk.words.actor import Actor
from desk.words.ids import ConversationId
from ingest.simulators.email.server import Ailment
from tests.streams.post_office import PostOffice, post_office


async def ask(post: PostOffice, conversation: int) -> None:
    async with post.desk.transaction(post.at.account_id) as tx:
        row = await lock_conversation(tx, ConversationId(conversation))
        await send_reply(tx, row, "It is in Oslo.", by=post.at.agent)
        await send_reply(tx, row, "He is angry", by=post.at.agent, private=True)
        by = Actor.user(post.at.agent)
        await ask_transcript(tx, row, "boss@company.example", by=by)


async def test_a_transcript_holds_what_was_said_and_no_notes(
    settings: Settings, clock: FixedClock, tmp_path: Path
) -> None:
    async with post_office(settings, clock, tmp_path) as post:
        await post.writes("Where is my bag?")
        (home,) = (await post.homes()).values()
        post.fails(Ailment.BUSY)
        await ask(post, home)
        for _ in range(2):
            await post.settle()
            clock.set(clock.now() + timedelta(minutes=5))
        mails = [one for one in post.taken() if one["rcpt_to"] == ["boss@company.example"]]
        jobs = await post.rows("select done_at from jobs where kind = 'send_transcript'")
    assert [job["done_at"] is not None for job in jobs] == [True]
    (mail,) = mails
    read = email.message_from_string(mail["raw"], policy=email.policy.default)
    assert read["Auto-Submitted"] == "auto-generated"
    assert post.inbox.address in str(read["From"])
    body = read.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Where is my bag?" in text
    assert "Jonas" in text
    assert text.index("Where is my bag?") < text.index("It is in Oslo.")
    assert "angry" not in text
