"""What of a mail's text is new, and what it quotes."""

import re
from functools import cache
from typing import NamedTuple

from mailparser_reply.parser import EmailMessage

LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "no", "cs"]
LOOKED_AT = 20_000
"""Characters among which the line "… wrote:" is looked for."""
SHORT = 200
"""A longer line introduces no quotation; the patterns would take too long over it."""

_FOOTER = re.compile(r"[_=-]{10,}\s*$")


class Split(NamedTuple):
    """A mail's text in two."""

    reply: str
    quoted: str


def split(text: str) -> Split:
    """The new part of the text; all of it where nothing, or everything, is quoted."""
    lines = text.splitlines()
    at = _where_quoting_begins(lines)
    if at is None:
        return Split(text.strip(), "")
    new, old = _around(lines, at)
    reply = "\n".join(new).strip()
    if not reply:
        return Split(text.strip(), "")
    return Split(reply, "\n".join(old).strip())


def _where_quoting_begins(lines: list[str]) -> int | None:
    """The first marked line with what introduces it, or an introduction of the known kinds."""
    introduced = _introduction(lines)
    marked = next((n for n, line in enumerate(lines) if _is_quote(line)), None)
    if marked is None or (introduced is not None and introduced <= marked):
        return introduced
    before = marked - 1
    while before > 0 and not lines[before].strip():
        before -= 1
    if before >= 0 and lines[before].rstrip().endswith(":") and len(lines[before]) <= SHORT:
        return before
    return marked


def _introduction(lines: list[str]) -> int | None:
    """Where the line stands after which the quoted mail begins."""
    shadow: list[str] = []
    size = 0
    for line in lines:
        shadow.append(line.strip()[:SHORT])
        size += len(shadow[-1]) + 1
        if size > LOOKED_AT:
            break
    found = _pattern().search("\n".join(shadow))
    if found is None:
        return None
    begin = found.start() + len(found[0]) - len(found[0].lstrip("\n"))
    return found.string.count("\n", 0, begin)


def _around(lines: list[str], at: int) -> tuple[list[str], list[str]]:
    """The new lines and the old ones, wherever the writer put the answer."""
    new = lines[: _end_before_quotes(lines[:at])]
    after = lines[at:]
    first_mark = next((n for n, line in enumerate(after) if _is_quote(line)), None)
    if first_mark is None or first_mark > 4:
        return new, lines[len(new) :]
    end = next((n for n, line in enumerate(after) if _FOOTER.match(line)), len(after))
    blocks = _answers(after[first_mark:end])
    if not blocks:
        return new, lines[len(new) :]
    if len(blocks) > 1:
        # Answers between the quoted lines make no sense without them.
        cut = at + end
        return lines[:cut], lines[cut:]
    begin, stop = blocks[0]
    begin, stop = at + first_mark + begin, at + first_mark + stop
    return [*new, *([""] if new else []), *lines[begin:stop]], [*lines[at:begin], *lines[stop:]]


def _answers(lines: list[str]) -> list[tuple[int, int]]:
    """The stretches that are not quoted and not blank."""
    blocks: list[tuple[int, int]] = []
    begin: int | None = None
    last = 0
    for n, line in enumerate(lines):
        if _is_quote(line):
            if begin is not None:
                blocks.append((begin, last + 1))
                begin = None
        elif line.strip():
            begin = n if begin is None else begin
            last = n
    if begin is not None:
        blocks.append((begin, last + 1))
    return blocks


def _end_before_quotes(lines: list[str]) -> int:
    """Where the quoted lines at the very end begin."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    was = end
    while end and (_is_quote(lines[end - 1]) or not lines[end - 1].strip()):
        end -= 1
    return end if end < was else len(lines)


def _is_quote(line: str) -> bool:
    return line.lstrip(" ").startswith(">")


@cache
def _pattern() -> re.Pattern[str]:
    pattern: re.Pattern[str] = EmailMessage(text="", languages=list(LANGUAGES)).HEADER_REGEX
    return pattern
