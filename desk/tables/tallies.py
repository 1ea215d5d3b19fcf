"""How many conversations there are of each kind, kept beside them by their table's triggers."""

from sqlalchemy import ForeignKeyConstraint, Index, Integer, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, TenantRow


class ConversationTallyRow(TenantRow, Base):
    """So many more, or fewer, conversations of one cell; a cell's rows add up to its count.

    Changes are appended, so that no two writers wait for each other, and folded into one row a
    cell now and then.
    """

    __tablename__ = "conversation_tallies"
    __table_args__ = (
        ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="CASCADE"),
        Index(
            "ix_conversation_tallies_cells",
            "account_id",
            "status",
            "label_id",
            postgresql_include=["inbox_id", "assignee_id", "team_id", "n"],
        ),
        Index(
            "uq_conversation_tallies_folded",
            "account_id",
            "status",
            "inbox_id",
            "assignee_id",
            "team_id",
            "label_id",
            unique=True,
            postgresql_where=text("folded"),
            postgresql_nulls_not_distinct=True,
        ),
        Index(
            "ix_conversation_tallies_unfolded", "account_id", postgresql_where=text("not folded")
        ),
        {
            "postgresql_with": {
                "autovacuum_vacuum_scale_factor": "0.02",
                "autovacuum_vacuum_threshold": "500",
            }
        },
    )

    status: Mapped[int] = mapped_column(SmallInteger)
    inbox_id: Mapped[int]
    assignee_id: Mapped[int | None]
    team_id: Mapped[int | None]
    label_id: Mapped[int | None]
    """Absent: the conversations themselves; else those of them that carry the label."""
    n: Mapped[int] = mapped_column(Integer)
    folded: Mapped[bool] = mapped_column(server_default=text("false"))
