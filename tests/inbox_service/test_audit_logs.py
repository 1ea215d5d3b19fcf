"""The audit log: who changed what, page by page, for administrators."""

import typing
from pathlib import Path

import httpx

from desk.events.catalogue import Fact
from desk.migrations.versions import __path__ as versions
from desk.store.audit import PER_PAGE
from desk.store.desk import Desk
from desk.words.audit import AUDITED
from tests.builders.accounts import PASSWORD, SmallDesk


async def test_the_log_says_who_changed_what_newest_first(
    halden: SmallDesk, maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    before = (await maya.get("/audit_logs")).json()
    team = (await maya.post("/teams", json={"name": "Night"})).json()
    await maya.patch(f"/teams/{team['id']}", json={"name": "Nights"})
    await maya.patch(f"/agents/{halden.agent}", json={"role": "administrator"})
    await maya.patch("", json={"name": "Halden Airways"})
    await maya.delete(f"/teams/{team['id']}")
    page = (await maya.get("/audit_logs")).json()
    assert (page["per_page"], page["current_page"]) == (25, 1)
    assert page["total_entries"] == before["total_entries"] + 5
    gone, account, promoted, renamed, formed = page["audit_logs"][:5]
    assert (gone["auditable_type"], gone["action"], gone["version"]) == ("Team", "destroy", 3)
    assert (gone["auditable_id"], gone["auditable"]) == (team["id"], {})
    assert account["auditable"] == {"id": halden.account_id, "name": "Halden Airways"}
    assert account["audited_changes"] == {"name": []}
    assert promoted["audited_changes"] == {"role": ["agent", "administrator"]}
    assert (promoted["auditable_type"], promoted["auditable"]["name"]) == ("AccountUser", "Jonas")
    assert (renamed["action"], formed["action"], formed["version"]) == ("update", "create", 1)
    for one in page["audit_logs"][:5]:
        assert (one["user_id"], one["user_type"]) == (halden.administrator, "User")
        assert one["username"] == halden.emails[halden.administrator]
        assert (one["associated_id"], one["associated_type"]) == (halden.account_id, "Account")
    assert (await jonas.get("/audit_logs")).status_code == 200, "an administrator by now"


async def test_signing_in_and_out_is_logged_where_the_person_works(
    halden: SmallDesk, maya: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    form = {"email": halden.emails[halden.agent], "password": PASSWORD}
    assert (await anybody.post("/sign_in", data=form)).status_code == 303
    assert (await anybody.post("/sign_out")).status_code == 303
    ended, began = (await maya.get("/audit_logs")).json()["audit_logs"][:2]
    for one in (ended, began):
        assert (one["auditable_type"], one["user_id"]) == ("UserSession", halden.agent)
    assert (ended["action"], began["action"]) == ("destroy", "create")
    assert began["audited_changes"] == {"how": "password"}


async def test_the_log_is_turned_by_pages_and_only_administrators_read_it(
    maya: httpx.AsyncClient, jonas: httpx.AsyncClient
) -> None:
    assert (await jonas.get("/audit_logs")).status_code == 403
    for number in range(PER_PAGE):
        await maya.post("/labels", json={"title": f"label-{number}"})
    first = (await maya.get("/audit_logs", params={"page": 1})).json()
    second = (await maya.get("/audit_logs", params={"page": "2"})).json()
    ids = [one["id"] for one in first["audit_logs"] + second["audit_logs"]]
    assert len(first["audit_logs"]) == PER_PAGE
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == min(first["total_entries"], 2 * PER_PAGE)
    assert (await maya.get("/audit_logs", params={"page": 1000})).json()["audit_logs"] == []
    for page in ("0", "-1", "first"):
        answer = await maya.get("/audit_logs", params={"page": page})
        assert (answer.status_code, answer.json()["field"]) == (422, "page")


async def test_the_log_reads_an_index_however_much_else_happened(
    desk: Desk, halden: SmallDesk
) -> None:
    names = ", ".join(f"'{name}'" for name in AUDITED)
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute("set local enable_seqscan = off")
        plan = await tx.all(
            f"""explain select count(*) from events
                where account_id = {int(halden.account_id)} and name in ({names})""",
            prepare=False,
        )
    assert any("ix_events_audited" in row["QUERY PLAN"] for row in plan), plan


def test_every_audited_fact_is_one_that_the_index_knows() -> None:
    known = {str(fact.__struct_config__.tag): fact for fact in typing.get_args(Fact)}
    for name, audited in AUDITED.items():
        assert audited.id_key is None or audited.id_key in known[name].__struct_fields__, name
    migration = next(Path(versions[0]).glob("0011_*.py")).read_text(encoding="utf-8")
    assert [name for name in AUDITED if f'"{name}"' not in migration] == []
