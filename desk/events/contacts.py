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
