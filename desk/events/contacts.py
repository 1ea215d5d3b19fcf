"""Facts about contacts; names and addresses stay in the row."""

import msgspec

from desk.words.ids import ContactId, InboxId


class ContactCreated(msgspec.Struct, frozen=True, tag="contact_created"):
    """Somebody wrote, or was entered, for the first time."""

    contact_id: ContactId
    inbox_id: InboxId | None = None


class ContactDeleted(msgspec.Struct, frozen=True, tag="contact_deleted"):
    """A contact who never had a conversation was taken out again."""

    contact_id: ContactId


class ContactUpdated(msgspec.Struct, frozen=True, tag="contact_updated"):
    """Fields of a contact changed; their values stay in the row."""

    contact_id: ContactId
    fields: list[str]


class ContactMerged(msgspec.Struct, frozen=True, tag="contact_merged"):
    """Two contacts turned out to be one person; the second is gone, all that was theirs moved."""

    contact_id: ContactId
    merged_id: ContactId
    conversations: int


class ContactNoteWritten(msgspec.Struct, frozen=True, tag="contact_note_written"):
    """An agent wrote something down about a contact."""

    contact_id: ContactId
    note_id: int


class ContactNoteChanged(msgspec.Struct, frozen=True, tag="contact_note_changed"):
    """A note about a contact got another text."""

    contact_id: ContactId
    note_id: int


class ContactNoteDeleted(msgspec.Struct, frozen=True, tag="contact_note_deleted"):
    """A note about a contact was taken back."""

    contact_id: ContactId
    note_id: int


class ContactTransferAsked(msgspec.Struct, frozen=True, tag="contact_transfer_asked"):
    """Somebody brought a file of contacts, or asked for one."""

    transfer_id: int
    kind: str


class ContactTransferDone(msgspec.Struct, frozen=True, tag="contact_transfer_done"):
    """A file of contacts was read or written to its end."""

    transfer_id: int
    kind: str
    rows: int
    failed: int


class ContactTransferFailed(msgspec.Struct, frozen=True, tag="contact_transfer_failed"):
    """A file of contacts could not be read or written, and was given up."""

    transfer_id: int
    kind: str
