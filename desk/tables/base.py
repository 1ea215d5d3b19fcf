"""What all rows share: a tenant in the key, UTC instants, and the marks of what feeds the lake."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    MetaData,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column
from sqlalchemy.types import UserDefinedType
from typing_extensions import override

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Xid8(UserDefinedType[str]):
    """PostgreSQL's 64-bit transaction id: the lake's only safe watermark."""

    cache_ok = True

    @override
    def get_col_spec(self, **_kw: Any) -> str:
        return "xid8"


class Base(DeclarativeBase):
    """The declarative base of every row."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: BigInteger,
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
    }


class TenantRow:
    """A row that belongs to one account: the account is the first half of its key."""

    account_id: Mapped[int] = mapped_column(primary_key=True, info={"lake": True})
    id: Mapped[int] = mapped_column(Identity(always=False), primary_key=True, info={"lake": True})


class FeedsLake:
    """A row whose changes the lake follows; triggers keep `lc_xid` and leave tombstones."""

    lc_xid: Mapped[str] = mapped_column(
        Xid8, server_default=text("pg_current_xact_id()"), index=True
    )


def in_lake(*args: Any, **kw: Any) -> MappedColumn[Any]:
    """A column that is copied to the lake: never a name, an address or a text."""
    return mapped_column(*args, info={"lake": True}, **kw)


def of_account(*columns: str, table: str, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A reference that cannot leave its account."""
    return ForeignKeyConstraint(
        ["account_id", *columns],
        [f"{table}.account_id", f"{table}.id"],
        ondelete=ondelete,
    )


def to_account() -> ForeignKeyConstraint:
    """The reference of a tenant row to its account."""
    return ForeignKeyConstraint(["account_id"], ["accounts.id"])


EMPTY_JSON = text("'{}'::jsonb")
