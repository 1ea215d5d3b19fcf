"""Reading automation: an account's rules, what they did, and who sends its text messages."""

from typing import Any

import msgspec

from desk.rules.conditions import Condition
from desk.store.transaction import TenantTx
from desk.words.automation import ActionWanted, RuleEvent
from desk.words.errors import NotFound
from desk.words.ids import AccountId


class ActiveRule(msgspec.Struct, frozen=True):
    """A rule in force, ready to be judged."""

    id: int
    name: str
    event_name: RuleEvent
    conditions: tuple[Condition, ...]
    actions: tuple[ActionWanted, ...]


RulesByEvent = dict[RuleEvent, tuple[ActiveRule, ...]]

_ACTIVE = """
select coalesce((select version from automation_versions where account_id = %(account)s), 0)
           as version,
       coalesce((select json_agg(json_build_object('id', id, 'name', name,
                     'event_name', event_name, 'conditions', conditions, 'actions', actions)
                     order by id)
                 from automation_rules where account_id = %(account)s and active), '[]') as rules"""


class RuleShelf:
    """The rules in force, kept by account until a fact says that there are newer ones.

    A fact carries the version of its time: what is kept is used for it only if it is that
    version or a later one. So nothing has to be told, and nothing is ever too old.
    """

    def __init__(self) -> None:
        self._kept: dict[AccountId, tuple[int, RulesByEvent]] = {}

    def known(self, account_id: AccountId, version: int) -> RulesByEvent | None:
        """The rules of that version or a later one, if they are at hand; 0: there are none."""
        if version == 0:
            return {}
        kept = self._kept.get(account_id)
        return kept[1] if kept is not None and kept[0] >= version else None

    async def learn(self, tx: TenantTx) -> RulesByEvent:
        """Read the rules that are in force now."""
        row = await tx.one(_ACTIVE, {"account": tx.account_id}, prepare=True)
        rules = msgspec.convert(row["rules"], list[ActiveRule])
        by_event: RulesByEvent = {}
        for rule in rules:
            by_event[rule.event_name] = (*by_event.get(rule.event_name, ()), rule)
        self._kept[tx.account_id] = (row["version"], by_event)
        return by_event


_RULE = """
select r.id, r.account_id, r.name, r.description, r.event_name, r.conditions, r.actions, r.active,
       extract(epoch from r.created_at)::bigint as created_on, ran.runs_count, ran.stopped_count,
       ran.failed_count, extract(epoch from ran.last_run_at)::bigint as last_run_at, ran.last_error
from automation_rules r
left join lateral (
    select count(*) filter (where a.stopped is null) as runs_count,
           count(a.stopped) as stopped_count, max(a.created_at) as last_run_at,
           count(*) filter (where a.actions @> '[{"ending": "failed"}]') as failed_count,
           (array_agg(coalesce(a.stopped, (select one ->> 'detail'
                from jsonb_array_elements(a.actions) one where one ->> 'ending' = 'failed' limit 1))
             order by a.id desc) filter (where a.stopped is not null
                or a.actions @> '[{"ending": "failed"}]'))[1] as last_error
    from (select * from automation_runs newest
          where newest.account_id = r.account_id and newest.rule_id = r.id
          order by newest.id desc limit 10000) a
) ran on true
where r.account_id = %(account)s"""

_RUN = """
select a.id, a.rule_id, a.rule_name, a.event_name, a.event_id, c.display_id as conversation_id,
       k.name as contact_name, a.stopped, a.conditions, a.actions,
       extract(epoch from a.created_at)::bigint as created_at
from automation_runs a
join conversations c on c.account_id = a.account_id and c.id = a.conversation_id
join contacts k on k.account_id = c.account_id and k.id = c.contact_id
where a.account_id = %(account)s"""

RUNS_PAGE = 25


async def rules(tx: TenantTx) -> list[dict[str, Any]]:
    """All rules of the account, in the order in which they were made."""
    return await tx.all(f"{_RULE} order by r.id", {"account": tx.account_id})


async def rule(tx: TenantTx, rule_id: int) -> dict[str, Any]:
    """One rule; raises NotFound."""
    row = await tx.first(f"{_RULE} and r.id = %(id)s", {"account": tx.account_id, "id": rule_id})
    if row is None:
        raise NotFound("rule_not_found", "There is no such rule.")
    return row


async def runs_of_rule(
    tx: TenantTx, rule_id: int, *, before: int | None = None
) -> list[dict[str, Any]]:
    """What a rule did, newest first."""
    return await tx.all(
        f"{_RUN} and a.rule_id = %(rule)s and a.id < %(before)s order by a.id desc limit {RUNS_PAGE}",
        {"account": tx.account_id, "rule": rule_id, "before": before or 2**62},
    )


async def run(tx: TenantTx, run_id: int, conversation_id: int) -> dict[str, Any]:
    """One firing in a conversation; raises NotFound."""
    row = await tx.first(
        f"{_RUN} and a.id = %(id)s and a.conversation_id = %(conversation)s",
        {"account": tx.account_id, "id": run_id, "conversation": conversation_id},
    )
    if row is None:
        raise NotFound("run_not_found", "There is no such firing in this conversation.")
    return row


async def sms_sender(tx: TenantTx) -> dict[str, Any] | None:
    """Whose number the account's text messages come from; the token is sealed."""
    return await tx.first(
        """select account_sid, auth_token, from_number, api_base_url from sms_senders
           where account_id = %s""",
        [tx.account_id],
    )
