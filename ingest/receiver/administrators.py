"""Administrators who hand in mail: their token stands in for a provider's signature."""

from collections.abc import Mapping

from desk.store import people
from desk.store.desk import Desk
from desk.words.errors import Forbidden, Transient, Unauthenticated
from desk.words.ids import AccountId
from desk.words.people import Role
from ingest.receiver.trouble import DATABASE_TROUBLE

_BEARER = "bearer "


class Administrators:
    """Knows whose token opens an account's doors."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def vouch(self, account_id: AccountId, headers: Mapping[str, str]) -> None:
        """Raises Unauthenticated without a known token, Forbidden for anybody but administrators."""
        given = headers.get("authorization", "")
        token = given[len(_BEARER) :].strip() if given.lower().startswith(_BEARER) else ""
        if not token:
            raise Unauthenticated(
                "no_token", "Send Authorization: Bearer with an administrator's token."
            )
        try:
            async with self._desk.transaction_across_accounts(
                reason="a token names its user before an account is known"
            ) as tx:
                user_id = await people.user_of_digest(tx, self._desk.secrets.digest(token))
                member = (
                    None if user_id is None else await people.member(tx.within(account_id), user_id)
                )
        except DATABASE_TROUBLE as error:
            raise Transient("database_unreachable", "The database does not answer.") from error
        if user_id is None:
            raise Unauthenticated("unknown_token", "Nobody has this token.")
        if member is None or member.suspended or member.viewer.role is not Role.ADMINISTRATOR:
            raise Forbidden("not_administrator", "Only an administrator may hand in mail.")
