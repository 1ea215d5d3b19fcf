"""What a written message says beside its words: its kind, its questions, its recipients."""

from typing import Any

import msgspec

from desk.rules.custom_attributes import small_enough
from desk.words.conversation import ContentType
from desk.words.errors import Invalid
from inbox_service.api.message_schemas import check_items, check_template_params
from inbox_service.api.uploads import WrittenMessage

ASKABLE = (
    ContentType.TEXT,
    ContentType.INPUT_TEXT,
    ContentType.INPUT_TEXTAREA,
    ContentType.INPUT_EMAIL,
    ContentType.INPUT_SELECT,
    ContentType.CARDS,
    ContentType.FORM,
    ContentType.ARTICLE,
)
"""The kinds that people and programs write; the others come from customers or the desk itself."""

OURS = frozenset(
    {
        "automation_rule_id",
        "automation_run_id",
        "deleted",
        "email",
        "external_echo",
        "external_error",
        "in_reply_to_external_id",
        "referral",
        "submitted_email",
        "submitted_values",
    }
)
"""What the desk itself writes on messages: nobody else may claim it."""

_RECIPIENTS = ("cc_emails", "bcc_emails", "to_emails")
MOST_RECIPIENTS = 50


class Contents(msgspec.Struct, frozen=True):
    """A message's particulars, known to make sense."""

    content_type: ContentType
    attributes: dict[str, Any]
    template_params: dict[str, Any] | None


def contents_of(message: WrittenMessage) -> Contents:
    """Raises Invalid naming the field that makes no sense."""
    kind = _kind(message.content_type)
    attributes = _attributes(message)
    if kind is not ContentType.TEXT:
        check_items(kind, attributes.get("items"))
    if message.template_params is not None:
        check_template_params(message.template_params)
        if message.private:
            raise Invalid(
                "note_with_template", "A note carries no template.", field="template_params"
            )
    return Contents(kind, attributes, message.template_params)


def _kind(word: str) -> ContentType:
    for kind in ASKABLE:
        if kind.word == word:
            return kind
    known = ", ".join(kind.word for kind in ASKABLE)
    raise Invalid("unknown_content_type", f"content_type is one of {known}.", field="content_type")


def _attributes(message: WrittenMessage) -> dict[str, Any]:
    """The content attributes, with the quoted message's id made sure to be one."""
    attributes = dict(message.content_attributes or {})
    small_enough(attributes, field="content_attributes")
    for key in attributes:
        if key in OURS and attributes[key] is not None and key != "in_reply_to_external_id":
            raise Invalid(
                "attribute_is_ours",
                f"{key} is written by the desk itself.",
                field=f"content_attributes.{key}",
            )
    attributes.pop("in_reply_to_external_id", None)
    quote = attributes.get("in_reply_to")
    if quote in (None, ""):
        attributes.pop("in_reply_to", None)
    else:
        attributes["in_reply_to"] = _message_id(quote)
    for name in _RECIPIENTS:
        given = getattr(message, name)
        if given is not None:
            attributes[name] = _recipients(given, name)
    return attributes


def _message_id(quote: Any) -> int:
    try:
        return int(quote)
    except (TypeError, ValueError):
        raise Invalid(
            "quote_malformed",
            "in_reply_to is a message's id.",
            field="content_attributes.in_reply_to",
        ) from None


def _recipients(given: str | list[str], name: str) -> list[str]:
    wanted = given.split(",") if isinstance(given, str) else given
    addresses = [one.strip() for one in wanted if one.strip()]
    if len(addresses) > MOST_RECIPIENTS:
        raise Invalid(
            "too_many_recipients", f"At most {MOST_RECIPIENTS} addresses are taken.", field=name
        )
    for address in addresses:
        local, at, domain = address.rpartition("@")
        if not (local and at and domain) or len(address) > 320 or any(c.isspace() for c in address):
            raise Invalid("email_malformed", f"{address[:80]!r} is no mail address.", field=name)
    return addresses
