"""Write a planned batch: arrays and one statement a table, however many messages there are."""

from psycopg.types.json import Jsonb

from desk.clock import new_token
from desk.events.contacts import ContactCreated
from desk.events.conversations import (
    ConversationCreated,
    ConversationStatusChanged,
    StatusReason,
)
from desk.events.messages import MessageCreated
from desk.rules.intake import Person, Plan, Planned, Thread
from desk.store.mail_references import Reference, remember_references
from desk.store.transaction import WideTx
from desk.words.actor import Actor
from desk.words.channels import InboundFile
from desk.words.conversation import MessageType, SenderType
from desk.words.ids import (
    AccountId,
    ContactId,
    ConversationId,
    InboxId,
    MessageId,
    TeamId,
    UserId,
)


async def write_intake(tx: WideTx, plan: Plan) -> None:
    """Write people, conversations, messages and files, and leave the facts in order of arrival."""
    await _draw_ids(tx, plan)
    await _write_people(tx, plan)
    await _write_new_conversations(tx, [t for t in plan.threads if t.is_new])
    await _write_messages(tx, plan.messages)
    await _write_files(tx, plan.messages)
    await remember_references(tx, _references(plan))
    await _update_conversations(tx, [t for t in plan.threads if not t.is_new])
    _record_facts(tx, plan)


async def _draw_ids(tx: WideTx, plan: Plan) -> None:
    contacts = [p for p in plan.people if p.is_new_contact]
    everybody = {id(m.person): m.person for m in plan.messages}
    addresses = {id(p): p for p in plan.people} | {
        key: p for key, p in everybody.items() if p.is_new_address
    }
    plan.people = list(addresses.values())
    new_threads = [t for t in plan.threads if t.is_new]
    ids = await tx.one(
        """select array(select nextval('contacts_id_seq') from generate_series(1, %s)) as contacts,
                  array(select nextval('contact_inboxes_id_seq') from generate_series(1, %s)) as addresses,
                  array(select nextval('conversations_id_seq') from generate_series(1, %s)) as threads,
                  array(select nextval('messages_id_seq') from generate_series(1, %s)) as messages""",
        [len(contacts), len(plan.people), len(new_threads), len(plan.messages)],
    )
    for person, drawn in zip(contacts, ids["contacts"], strict=True):
        person.contact_id = drawn
    for person in plan.people:
        if person.same_as is not None:
            person.contact_id = person.same_as.contact_id
    for person, drawn in zip(plan.people, ids["addresses"], strict=True):
        person.contact_inbox_id = drawn
    for thread, drawn in zip(new_threads, ids["threads"], strict=True):
        thread.conversation_id = drawn
    for planned, drawn in zip(plan.messages, ids["messages"], strict=True):
        planned.message_id = planned.thread.last_message_id = drawn
    await _number(tx, new_threads)


async def _number(tx: WideTx, threads: list[Thread]) -> None:
    by_account: dict[int, list[Thread]] = {}
    for thread in threads:
        by_account.setdefault(thread.person.account_id, []).append(thread)
    for account_id in sorted(by_account):
        numbered = by_account[account_id]
        last = await tx.one(
            """update conversation_numbers set last_display_id = last_display_id + %s
               where account_id = %s returning last_display_id""",
            [len(numbered), account_id],
        )
        first = last["last_display_id"] - len(numbered) + 1
        for offset, thread in enumerate(numbered):
            thread.display_id = first + offset


async def _write_people(tx: WideTx, plan: Plan) -> None:
    new = [p for p in plan.people if p.is_new_contact]
    if new:
        await tx.execute(
            """insert into contacts (account_id, id, name, phone_number, email, last_activity_at, created_at)
               select a, i, n, p, e, t, t from unnest(%b::bigint[], %b::bigint[], %b::text[], %b::text[],
                   %b::text[], %b::timestamptz[]) as new(a, i, n, p, e, t)""",
            [
                [p.account_id for p in new],
                [p.contact_id for p in new],
                [p.name for p in new],
                [p.phone_number for p in new],
                [p.email for p in new],
                [p.seen_at or tx.now for p in new],
            ],
        )
    if plan.people:
        await tx.execute(
            """insert into contact_inboxes
                   (account_id, id, contact_id, inbox_id, source_id, pubsub_token, created_at)
               select *, %s from unnest(%b::bigint[], %b::bigint[], %b::bigint[], %b::bigint[],
                   %b::text[], %b::text[])""",
            [
                tx.now,
                [p.account_id for p in plan.people],
                [p.contact_inbox_id for p in plan.people],
                [p.contact_id for p in plan.people],
                [p.inbox_id for p in plan.people],
                [p.sender for p in plan.people],
                [new_token() for _ in plan.people],
            ],
        )
    returning = {p.contact_id: p for p in (m.person for m in plan.messages) if not p.is_new_contact}
    if returning:
        await tx.execute(
            # To the minute is enough: every change of a contact renews its entries for searching.
            """update contacts k set last_activity_at = seen.at
               from unnest(%b::bigint[], %b::bigint[], %b::timestamptz[]) as seen(account_id, id, at)
               where k.account_id = seen.account_id and k.id = seen.id
                 and (k.last_activity_at is null
                      or k.last_activity_at < seen.at - interval '1 minute')""",
            [
                [p.account_id for p in returning.values()],
                list(returning),
                [p.seen_at for p in returning.values()],
            ],
        )


async def _write_new_conversations(tx: WideTx, threads: list[Thread]) -> None:
    if not threads:
        return
    await tx.execute(
        """insert into conversations (account_id, id, display_id, inbox_id, contact_id, contact_inbox_id,
               status, unread_count, waiting_since, last_activity_at, last_incoming_at,
               last_message_id, last_chat_message_id, additional_attributes, created_at, updated_at)
           select a, i, d, x, k, ci, s, u, w, l, l, m, m, j, t, l from unnest(%b::bigint[],
               %b::bigint[], %b::bigint[], %b::bigint[], %b::bigint[], %b::bigint[], %b::smallint[],
               %b::bigint[], %b::timestamptz[], %b::timestamptz[], %b::bigint[], %b::jsonb[],
               %b::timestamptz[])
               as new(a, i, d, x, k, ci, s, u, w, l, m, j, t)""",
        [
            [t.person.account_id for t in threads],
            [t.conversation_id for t in threads],
            [t.display_id for t in threads],
            [t.person.inbox_id for t in threads],
            [t.person.contact_id for t in threads],
            [t.person.contact_inbox_id for t in threads],
            [int(t.status) for t in threads],
            [t.added_unread for t in threads],
            [t.waiting_since for t in threads],
            [t.last_at for t in threads],
            [t.last_message_id for t in threads],
            [Jsonb(t.attributes) for t in threads],
            [t.created_at for t in threads],
        ],
    )


async def _write_messages(tx: WideTx, messages: list[Planned]) -> None:
    await tx.execute(
        """insert into messages (account_id, id, inbox_id, conversation_id, message_type, content,
               content_type, content_attributes, sender_type, sender_id, source_id, created_at,
               updated_at)
           select a, i, x, c, 0, t, y, j::jsonb, 'Contact', k, s, at, at
           from unnest(%b::bigint[], %b::bigint[], %b::bigint[], %b::bigint[], %b::text[],
               %b::smallint[], %b::jsonb[], %b::bigint[], %b::text[], %b::timestamptz[])
               as new(a, i, x, c, t, y, j, k, s, at)""",
        [
            [m.arrival.account_id for m in messages],
            [m.message_id for m in messages],
            [m.arrival.inbox_id for m in messages],
            [m.thread.conversation_id for m in messages],
            [m.arrival.message.content for m in messages],
            [int(m.arrival.message.content_type) for m in messages],
            [Jsonb(_content_attributes(m)) for m in messages],
            [m.person.contact_id for m in messages],
            [m.arrival.message.source_id for m in messages],
            [m.arrival.received_at for m in messages],
        ],
    )


def _content_attributes(planned: Planned) -> dict[str, object]:
    message = planned.arrival.message
    attributes = dict(message.content_attributes)
    if message.in_reply_to is not None:
        attributes["in_reply_to_external_id"] = message.in_reply_to
    if message.sent_at is not None:
        attributes["external_created_at"] = int(message.sent_at.timestamp())
    return attributes


async def _write_files(tx: WideTx, messages: list[Planned]) -> None:
    files = [(m, f) for m in messages for f in m.arrival.message.files]
    if not files:
        return
    await tx.execute(
        """with stored as (
               insert into attachments (account_id, message_id, file_type, file_name, mime_type,
                   remote_id, external_url, file_key, size, meta, created_at)
               select a, m, t, n, y, r, u, k, s, j, at from unnest(%b::bigint[], %b::bigint[],
                   %b::smallint[], %b::text[], %b::text[], %b::text[], %b::text[], %b::text[],
                   %b::bigint[], %b::jsonb[], %b::timestamptz[])
                   as new(a, m, t, n, y, r, u, k, s, j, at)
               returning account_id, id, remote_id)
           insert into jobs (account_id, kind, key, payload, priority, due_at, max_attempts, created_at)
           select account_id, 'fetch_attachment', id::text, jsonb_build_object('attachment_id', id),
                  4, %s, 5, %s
           from stored where remote_id is not null
           on conflict (account_id, kind, key) do nothing""",
        [
            [m.arrival.account_id for m, _ in files],
            [m.message_id for m, _ in files],
            [int(f.file_type) for _, f in files],
            [f.name for _, f in files],
            [f.mime_type for _, f in files],
            [f.remote_id for _, f in files],
            [f.url for _, f in files],
            [f.file_key for _, f in files],
            [f.size for _, f in files],
            [Jsonb(_meta(m, f)) for m, f in files],
            [m.arrival.received_at for m, _ in files],
            tx.now,
            tx.now,
        ],
    )
    await tx.execute("select pg_notify('desk_jobs', '')")


def _meta(planned: Planned, file: InboundFile) -> dict[str, float]:
    meta: dict[str, float] = {}
    if file.latitude is not None and file.longitude is not None:
        meta |= {"latitude": file.latitude, "longitude": file.longitude}
    if file.in_hook:
        meta["inbound_id"] = int(planned.arrival.inbound_id)
    return meta


def _references(plan: Plan) -> list[Reference]:
    return [
        Reference(thread.person.account_id, inbox_id, name, thread.conversation_id)
        for (inbox_id, name), thread in plan.names.items()
    ]


async def _update_conversations(tx: WideTx, threads: list[Thread]) -> None:
    if not threads:
        return
    await tx.execute(
        """update conversations c set status = n.status, unread_count = c.unread_count + n.unread,
               waiting_since = n.waiting, last_activity_at = greatest(c.last_activity_at, n.at),
               last_incoming_at = n.at, last_message_id = n.last, last_chat_message_id = n.last,
               snoozed_until = case when n.status = 3 then c.snoozed_until end, updated_at = n.at
           from unnest(%b::bigint[], %b::bigint[], %b::smallint[], %b::bigint[], %b::timestamptz[],
               %b::timestamptz[], %b::bigint[]) as n(account_id, id, status, unread, waiting, at, last)
           where c.account_id = n.account_id and c.id = n.id""",
        [
            [t.person.account_id for t in threads],
            [t.conversation_id for t in threads],
            [int(t.status) for t in threads],
            [t.added_unread for t in threads],
            [t.waiting_since for t in threads],
            [t.last_at for t in threads],
            [t.last_message_id for t in threads],
        ],
    )


def _record_facts(tx: WideTx, plan: Plan) -> None:
    introduced: set[int] = set()
    begun: set[int] = set()
    status = {id(t): t.status_before for t in plan.threads}
    for planned in plan.messages:
        thread, person, at = planned.thread, planned.person, planned.arrival.received_at
        account_id = AccountId(person.account_id)
        conversation_id = ConversationId(thread.conversation_id)
        by = Actor.contact(ContactId(person.contact_id))
        if person.is_new_contact and id(person) not in introduced:
            introduced.add(id(person))
            tx.record(account_id, _contact_created(person), by=by, at=at)
        if thread.is_new and id(thread) not in begun:
            begun.add(id(thread))
            fact = ConversationCreated(
                conversation_id,
                InboxId(person.inbox_id),
                ContactId(person.contact_id),
                int(thread.status),
            )
            tx.record(account_id, fact, by=by, conversation_id=conversation_id, at=at)
        if planned.reopens:
            before = status[id(thread)]
            status[id(thread)] = thread.status
            tx.record(
                account_id,
                ConversationStatusChanged(
                    conversation_id,
                    InboxId(person.inbox_id),
                    before=int(before if before is not None else thread.status),
                    after=int(thread.status),
                    reason=StatusReason.CUSTOMER_MESSAGE,
                    assignee_id=_user(thread.assignee_id),
                    team_id=_team(thread.team_id),
                ),
                by=by,
                conversation_id=conversation_id,
                at=at,
            )
        tx.record(
            account_id,
            MessageCreated(
                MessageId(planned.message_id),
                conversation_id,
                InboxId(person.inbox_id),
                int(MessageType.INCOMING),
                private=False,
                sender_type=SenderType.CONTACT.value,
                sender_id=person.contact_id,
                assignee_id=_user(thread.assignee_id),
                team_id=_team(thread.team_id),
                echo_id=planned.arrival.message.echo_id,
            ),
            by=by,
            conversation_id=conversation_id,
            at=at,
        )


def _contact_created(person: Person) -> ContactCreated:
    return ContactCreated(ContactId(person.contact_id), InboxId(person.inbox_id))


def _user(value: int | None) -> UserId | None:
    return None if value is None else UserId(value)


def _team(value: int | None) -> TeamId | None:
    return None if value is None else TeamId(value)
