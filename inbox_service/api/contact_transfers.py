"""Contacts from a file and into one: asked here, done by a job, fetched here."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.transfer_contacts import ask_contact_export, ask_contact_import
from desk.store import contact_transfers as transfer_store
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.actor import Actor
from desk.words.contact_transfers import TransferKind
from desk.words.errors import NotFound
from inbox_service.api.answers import answers_file
from inbox_service.api.one_file import TakesImportFile, read_one_file
from inbox_service.auth.links import BY_LINK, Links

LARGEST_IMPORT = 10 * 1024 * 1024
_FORM_ROUND_IT = 64 * 1024
LONGEST_KEPT = 3650


class ContactTransfer(msgspec.Struct):
    """How far a file of contacts is, and where it is once there is one."""

    id: int
    kind: str
    """`import` or `export`."""
    state: str
    """`queued`, `running`, `done` or `failed`."""
    progress: int
    """Percent."""
    rows: int | None
    failed_rows: int | None
    """Of an import: how many were refused; the file holds them, each with its reason."""
    download_url: str | None
    """Ends to work after an hour; ask again for a new one."""
    size: int | None
    error: str | None
    requested_by: str | None
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime


class ContactTransfers(msgspec.Struct):
    """The newest first."""

    payload: list[ContactTransfer]


class ExportContacts(msgspec.Struct):
    """Which columns of which contacts; all who have an address unless a filter or a label narrows."""

    column_names: list[str] | None = None
    payload: list[dict[str, Any]] | None = None
    """A filter's conditions."""
    label: str | None = None


@post(
    "/contacts/import",
    operation_id="import-contacts",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
    operation_class=TakesImportFile,
    request_max_body_size=LARGEST_IMPORT + _FORM_ROUND_IT,
)
async def import_contacts(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    viewer: NamedDependency[Viewer],
    links: NamedDependency[Links],
) -> ContactTransfer:
    """Enter or correct the contacts of a CSV file with a line of headings, a moment later."""
    name, content = await read_one_file(request, "import_file", LARGEST_IMPORT)
    key = await files.put(viewer.account_id, content)
    async with desk.transaction(viewer.account_id) as tx:
        transfer_id = await ask_contact_import(
            tx, key, name, keep_days=_kept(desk), by=Actor.user(viewer.user_id)
        )
        return _shown(await transfer_store.transfer(tx, transfer_id), viewer, links)


@post(
    "/contacts/export",
    operation_id="export-contacts",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def export_contacts(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    links: NamedDependency[Links],
    data: JSONBody[ExportContacts],
) -> ContactTransfer:
    """Ask for contacts as a CSV file, which is there a moment later."""
    async with desk.transaction(viewer.account_id) as tx:
        transfer_id = await ask_contact_export(
            tx,
            data.column_names,
            data.payload,
            data.label,
            keep_days=_kept(desk),
            by=Actor.user(viewer.user_id),
        )
        return _shown(await transfer_store.transfer(tx, transfer_id), viewer, links)


@get(
    "/contact_transfers",
    operation_id="list-contact-transfers",
    opt={"needs": Permission.DESK_MANAGE},
)
async def list_transfers(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], links: NamedDependency[Links]
) -> ContactTransfers:
    """The account's files of contacts; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await transfer_store.transfers(tx)
    return ContactTransfers([_shown(row, viewer, links) for row in rows])


@get(
    "/contact_transfers/{transfer_id:int}",
    operation_id="get-a-contact-transfer",
    opt={"needs": Permission.DESK_MANAGE},
)
async def get_transfer(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    links: NamedDependency[Links],
    transfer_id: FromPath[int],
) -> ContactTransfer:
    """How far one is; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        return _shown(await transfer_store.transfer(tx, transfer_id), viewer, links)


@get(
    "/contact_transfers/{transfer_id:int}/file",
    operation_id="download-a-contact-transfer",
    opt={"needs": Permission.DESK_MANAGE, BY_LINK: True},
    responses=answers_file("text/csv"),
)
async def download_transfer(
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    viewer: NamedDependency[Viewer],
    transfer_id: FromPath[int],
) -> Stream:
    """The contacts, or the rows that were refused; by its link also without signing in; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        row = await transfer_store.transfer(tx, transfer_id)
    if row["file_key"] is None:
        raise NotFound("transfer_has_no_file", "There is no file.")
    try:
        size, content = await files.read(viewer.account_id, row["file_key"])
    except FileNotFoundError:
        raise NotFound("file_gone", "The file is no longer stored.") from None
    name = "contacts" if row["kind"] == TransferKind.EXPORT else "refused_contacts"
    return Stream(
        content,
        media_type="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="{name}_{transfer_id}.csv"',
            "Content-Length": str(size),
            "Cache-Control": "private, no-store",
        },
    )


def _kept(desk: Desk) -> int:
    return desk.settings.retention.exports_days or LONGEST_KEPT


def _shown(row: dict[str, Any], viewer: Viewer, links: Links) -> ContactTransfer:
    path = f"/api/v1/accounts/{int(viewer.account_id)}/contact_transfers/{row['id']}/file"
    return ContactTransfer(
        id=row["id"],
        kind=row["kind"],
        state=row["state"],
        progress=row["progress"],
        rows=row["row_count"],
        failed_rows=row["failed_count"],
        download_url=links.to(path, viewer.user_id) if row["file_key"] else None,
        size=row["file_size"],
        error=row["error"],
        requested_by=row["requested_by"],
        created_at=row["created_at"],
        finished_at=row["finished_at"],
        expires_at=row["expires_at"],
    )


router = Router(
    "",
    route_handlers=[
        import_contacts,
        export_contacts,
        list_transfers,
        get_transfer,
        download_transfer,
    ],
    tags=["Contacts"],
)
