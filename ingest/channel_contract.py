"""What every channel can do: recognise, read, answer, and say truly how a send ended."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

import httpx
import msgspec

from desk.words.channels import ChannelKind, Inbound, InboundFile
from desk.words.conversation import FileType
from desk.words.errors import Invalid, Transient, Upstream
from desk.words.ids import MessageId

Secrets = Mapping[str, Any]
"""An inbox's credentials, opened."""

Config = Mapping[str, Any]
"""What an inbox's channel needs to know and may show."""


class Proof(StrEnum):
    """By what a channel tells that a hook comes from its provider."""

    SIGNATURE = "signature"
    """Over the raw bytes, with a secret."""
    KEY = "key"
    """A key that travels with the request."""
    NONE = "none"
    """There are no hooks: customers' messages come through the desk's own API."""


LARGEST_HOOK = 5 * 1024 * 1024
"""Bytes that a door takes of a request, unless its channel says otherwise."""


class Capabilities(msgspec.Struct, frozen=True):
    """What agents and screens may expect of a channel."""

    attachments: bool
    receipts: bool
    free_reply_within: timedelta | None = None
    """How long after the customer's last message the desk may write freely; None is for ever."""
    sends: bool = True
    fetches: bool = True
    """Customers' files have to be fetched; otherwise they come along."""
    proof: Proof = Proof.SIGNATURE
    wants_notice: bool = False
    """Its receiver is a program that is told of the whole message, as the API shows it."""
    repeats_harmless: bool = False
    """The receiver knows a repeated send by its id, so that an unknown outcome may be sent again.

    Where it depends on the single inbox, its config says so under the same name.
    """
    letters: bool = False
    """Its messages are mails: with a subject, an id of ours, and mails they follow."""
    files_in_hook: bool = False
    """Customers' files come with the message; the channel is then a `BringsFiles`."""
    largest_hook: int = LARGEST_HOOK
    """Bytes of the largest request its door takes."""
    tries: int = 3
    """How often a message is offered before it is given up."""


class Hook(Protocol):
    """A request as the provider made it; `InboundHook` out of the journal is one too."""

    @property
    def headers(self) -> Mapping[str, str]:
        """By lower-case name."""

    @property
    def body(self) -> bytes: ...


class RawHook(msgspec.Struct, frozen=True):
    """A hook at the door, before it has a number in the journal."""

    headers: dict[str, str]
    body: bytes


class OutgoingFile(msgspec.Struct, frozen=True):
    """A file to be sent: its bytes, or a link from which the provider can fetch them."""

    file_type: FileType
    name: str
    mime_type: str
    size: int | None = None
    open: Callable[[], AsyncIterator[bytes]] | None = None
    """Begins a fresh reading of the bytes; preferred to the link where both are given."""
    link: str | None = None


class Letter(msgspec.Struct, frozen=True):
    """What a mail says beside its words: from whom, about what, and which mails it follows."""

    mail_id: str
    """Its Message-ID, the same for every try: what a try of unknown outcome left is recognised."""
    conversation: str
    """The conversation's uuid: in the address for answers, it leads them back."""
    subject: str
    from_name: str = ""
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    """The ids of the mails before the one it answers, oldest first."""
    automatic: bool = False
    """Written by a program; others must not answer it automatically."""


class Notice(msgspec.Struct, frozen=True):
    """A message as programs are told of it."""

    event: dict[str, Any]
    """Chatwoot's `message_created`: the message with its conversation, account and inbox."""
    at: datetime


class OutgoingMessage(msgspec.Struct, frozen=True):
    """One message of the desk, on its way to a customer."""

    message_id: MessageId
    to: str
    """The customer's address on the channel."""
    content: str | None = None
    files: tuple[OutgoingFile, ...] = ()
    in_reply_to: str | None = None
    """The provider's id of the message this one quotes."""
    already_sent: tuple[str, ...] = ()
    """Provider ids of the parts an earlier try got through; they are not sent again."""
    letter: Letter | None = None
    """For channels whose messages are mails."""
    notice: Notice | None = None
    """For channels that want it."""
    template: dict[str, Any] | None = None
    """A template that the provider has approved, and what fills it in; it goes out in place of the text."""


class SendResult(msgspec.Struct, frozen=True):
    """The provider took the message."""

    source_id: str
    """The provider's id of the message, by which its receipts come back."""
    more: tuple[str, ...] = ()
    """The ids of its further parts, where the provider needed several."""


class Rejected(Upstream):
    """The provider said no, and would say no again."""

    def __init__(self, reason: str, code: str = "", *, sent: tuple[str, ...] = ()) -> None:
        super().__init__("send_rejected", reason)
        self.reason = reason
        self.provider_code = code
        self.sent = sent
        """Parts that went through before this one; hand them back as `already_sent`."""


class TryAgain(Transient):
    """The message certainly did not go out; a later try may succeed."""

    def __init__(
        self, reason: str, after: timedelta | None = None, *, sent: tuple[str, ...] = ()
    ) -> None:
        super().__init__("send_try_again", reason)
        self.reason = reason
        self.after = after
        self.sent = sent


class Unknown(Upstream):
    """The request may have arrived: never send again blindly, wait for a receipt that names it."""

    def __init__(self, reason: str, *, sent: tuple[str, ...] = ()) -> None:
        super().__init__("send_outcome_unknown", reason)
        self.reason = reason
        self.sent = sent


class NotReadable(Invalid):
    """The bytes are not even in the provider's format."""

    def __init__(self, sentence: str) -> None:
        super().__init__("not_readable", sentence)


class FieldRefused(NotReadable):
    """The bytes are in the provider's format and lack something, or hold what cannot be kept."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.details["field"] = field


class FetchedFile(msgspec.Struct, frozen=True):
    """A customer's file while it is being fetched."""

    name: str | None
    mime_type: str | None
    size: int | None
    """What the provider claims; the chunks are counted all the same."""
    chunks: AsyncIterator[bytes]
    """Raises Rejected as soon as the file is larger than allowed."""


@runtime_checkable
class StrictDoor(Protocol):
    """A channel whose provider wants to hear at once what is wrong with its request."""

    def check(self, body: bytes) -> None:
        """Raises NotReadable, or FieldRefused naming the field, before anything is journalled."""


class Channel(Protocol):
    """A kind of door. Implementations keep no state: one object serves every inbox."""

    @property
    def kind(self) -> ChannelKind: ...

    @property
    def can(self) -> Capabilities: ...

    @property
    def kept_headers(self) -> frozenset[str]:
        """Lower-case names of the headers that reading, or a later check, needs."""

    def addresses(self, given: str) -> tuple[str, ...]:
        """The spellings under which an inbox with this address may be stored, likeliest first."""

    def is_genuine(self, hook: Hook, secrets: Secrets) -> bool:
        """Did the provider make this request? Judged over the raw bytes, in constant time."""

    def challenge(self, query: Mapping[str, str], secrets: Secrets) -> str | None:
        """The answer to the provider's verification request; None refuses it."""

    def ordering_key(self, body: bytes) -> str:
        """The customer's address, so that one person's messages stay in order.

        Empty when it cannot be told; raises NotReadable when the bytes are not in the
        provider's format at all.
        """

    def read(self, hook: Hook, config: Config) -> Iterator[Inbound]:
        """Everything the hook says. Never raises: what cannot be read becomes InboundParked."""

    async def send(
        self,
        http: httpx.AsyncClient,
        outgoing: OutgoingMessage,
        secrets: Secrets,
        config: Config,
    ) -> SendResult:
        """Hand a message to the provider; raises Rejected, TryAgain or Unknown."""

    def fetch_file(
        self,
        http: httpx.AsyncClient,
        file: InboundFile,
        secrets: Secrets,
        config: Config,
        *,
        max_bytes: int,
    ) -> AbstractAsyncContextManager[FetchedFile]:
        """A customer's file as a stream; raises Rejected when it is gone, TryAgain otherwise."""


@runtime_checkable
class BringsFiles(Protocol):
    """A channel whose hooks bring customers' files along: nothing has to be fetched."""

    def file_in(self, body: bytes, file: InboundFile, *, max_bytes: int) -> FetchedFile:
        """The file out of the hook's body; raises Rejected when it is not there, or too large."""
