"""Whose numbers: the account's, or one inbox's, agent's, team's or label's."""

from enum import StrEnum

from msgspec import Struct

from desk.words.ids import AccountId
from warehouse.view import View


class Kind(StrEnum):
    """What a report can be about."""

    ACCOUNT = "account"
    INBOX = "inbox"
    AGENT = "agent"
    LABEL = "label"
    TEAM = "team"


class Scope(Struct, frozen=True):
    """One subject of an account."""

    account: AccountId
    kind: Kind = Kind.ACCOUNT
    id: int = 0

    def conversations(self, view: View) -> str:
        """The subject's conversations, as they are now."""
        where = {
            Kind.ACCOUNT: "true",
            Kind.INBOX: f"inbox_id = {self.id}",
            Kind.AGENT: f"assignee_id = {self.id}",
            Kind.TEAM: f"team_id = {self.id}",
            Kind.LABEL: f"list_contains(label_ids, {self.id})",
        }[self.kind]
        return (
            f"(select * from {view.of('raw.conversations')} "
            f"where account_id = {int(self.account)} and {where})"
        )

    def of_facts(self, view: View) -> str:
        """The condition over facts: inboxes and agents as noted, teams and labels as they are."""
        match self.kind:
            case Kind.ACCOUNT:
                return "true"
            case Kind.INBOX:
                return f"inbox_id = {self.id}"
            case Kind.AGENT:
                return f"agent_id = {self.id}"
            case Kind.TEAM | Kind.LABEL:
                return f"conversation_id in (select id from {self.conversations(view)})"

    def of_messages(self, view: View) -> str:
        """The condition over messages: an agent's are those the agent wrote."""
        if self.kind is Kind.AGENT:
            return f"sender_type = 'User' and sender_id = {self.id}"
        return self.of_facts(view)
