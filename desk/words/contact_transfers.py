"""What files of contacts are for, how far they are, and what they can hold."""

from enum import StrEnum


class TransferKind(StrEnum):
    """Which way the contacts go."""

    IMPORT = "import"
    EXPORT = "export"


IMPORT_CONTACTS = "import_contacts"
EXPORT_CONTACTS = "export_contacts"
"""The kinds of job."""

DEFAULT_COLUMNS = ("id", "name", "email", "phone_number", "labels")
"""What an export holds unless somebody says otherwise."""

COLUMNS = (
    *DEFAULT_COLUMNS,
    "identifier",
    "company_name",
    "city",
    "country",
    "country_code",
    "blocked",
    "created_at",
    "last_activity_at",
)
