"""What leads a mail to its conversation."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base, of_account, to_account


class MailReferenceRow(Base):
    """A Message-ID that a conversation's mails bear or name, whichever of them arrived first."""

    __tablename__ = "mail_references"
    __table_args__ = (
        to_account(),
        of_account("inbox_id", table="inboxes", ondelete="CASCADE"),
        of_account("conversation_id", table="conversations", ondelete="CASCADE"),
        Index("ix_mail_references_conversation", "account_id", "conversation_id"),
    )

    account_id: Mapped[int] = mapped_column(primary_key=True)
    inbox_id: Mapped[int] = mapped_column(primary_key=True)
    mail_id: Mapped[str] = mapped_column(Text, primary_key=True)
    conversation_id: Mapped[int]
