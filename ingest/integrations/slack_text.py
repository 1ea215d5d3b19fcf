"""Texts as Slack writes them: what is special there, made plain here, and the other way round."""

import re

LONGEST = 3_000
"""Characters of a message that are posted; Slack folds longer ones."""

_SPECIAL = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_NOTE = re.compile(r"\s*(?:private\s+)?note\s*:\s*", re.IGNORECASE)


def to_slack(text: str) -> str:
    """Plain text with Slack's three special characters escaped."""
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def from_slack(text: str) -> str:
    """What a person meant: links and mentions by their names."""
    plain = _SPECIAL.sub(_meant, text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def note_in(text: str) -> str | None:
    """The note's text, where the message is meant for colleagues."""
    found = _NOTE.match(text)
    return text[found.end() :] if found else None


def _meant(found: "re.Match[str]") -> str:
    target, label = found[1], found[2]
    if target[:1] in ("@", "#", "!"):
        return f"{target[0] if target[0] != '!' else '@'}{label or target[1:]}".replace("@@", "@")
    target = target.removeprefix("mailto:").removeprefix("tel:")
    return f"{label} ({target})" if label and label != target else target
