"""Who looks at the pages, and as whom: asked anew at every run, for a page outlives a session."""

import streamlit as st
from msgspec import Struct

from dashboards.world import World
from desk.access.permissions import NOTHING_MORE, Extra, Permission, granted, may
from desk.store.sessions import COOKIE, read_session
from desk.words.ids import AccountId, UserId
from desk.words.people import Role


class Membership(Struct, frozen=True):
    """An account somebody works for."""

    id: AccountId
    name: str
    time_zone: str
    role: Role
    extra: Extra = NOTHING_MORE
    """What a custom role permits beyond the role."""


class Visitor(Struct, frozen=True):
    """Somebody signed in, looking at one of their accounts."""

    user_id: UserId
    account: Membership
    memberships: tuple[Membership, ...]

    @property
    def sees_everybody(self) -> bool:
        """Others may see their own numbers only."""
        return may(self.account.role, Permission.SHOW_REPORTS, self.account.extra)


def current_visitor(world: World) -> Visitor | None:
    """The visitor of this run, or nobody: by the inbox's cookie and the desk's own rows."""
    session = read_session(world.sessions, cookie(), world.settings.security.secret)
    if session is None:
        return None
    memberships = _memberships(world, session.user_id)
    if not memberships:
        return None
    wanted = st.query_params.get("account")
    account = next((one for one in memberships if str(one.id) == wanted), memberships[0])
    return Visitor(session.user_id, account, memberships)


def cookie() -> str | None:
    """The session's cookie, which the inbox set for this host."""
    return st.context.cookies.get(COOKIE)


def _memberships(world: World, user_id: UserId) -> tuple[Membership, ...]:
    with world.people.connection() as connection:
        rows = connection.execute(
            "select a.id, a.name, a.time_zone, m.role, coalesce(r.permissions, '{}') "
            "from account_users m join accounts a on a.id = m.account_id "
            "left join custom_roles r on r.account_id = m.account_id and r.id = m.custom_role_id "
            "where m.user_id = %s and not a.suspended order by a.id",
            [user_id],
        ).fetchall()
    return tuple(
        Membership(AccountId(row[0]), str(row[1]), str(row[2]), Role(row[3]), granted(row[4]))
        for row in rows
    )
