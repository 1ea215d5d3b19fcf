"""What a help centre is made of, in words: states of an article, languages, names in addresses."""

import re
import unicodedata

from desk.words.coded import Coded
from desk.words.errors import Invalid

LONGEST_LINE = 255
LONGEST_TEXT = 1_000
LONGEST_SLUG = 100
MOST_LOCALES = 50
MOST_CATEGORIES = 500
"""Of one portal."""
MOST_ARTICLES = 20_000
"""Of one portal."""
MOST_META = 10_000
"""Bytes of an article's notes for search engines."""
DEFAULT_LOCALE = "en"

_SLUG = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")
_LOCALE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})?")
_DOMAIN = re.compile(
    r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_COLOR = re.compile(r"#[0-9a-f]{6}")
_BETWEEN = re.compile(r"[\W_]+")


class ArticleStatus(Coded):
    """Who may read it: colleagues, everybody, or nobody any more."""

    DRAFT = 0
    PUBLISHED = 1
    ARCHIVED = 2


def article_status_of(given: object) -> ArticleStatus:
    """The status by its word or number; raises Invalid."""
    try:
        if isinstance(given, str) and not given.isdecimal():
            return ArticleStatus.from_word(given)
        if isinstance(given, str | int) and not isinstance(given, bool):
            return ArticleStatus(int(given))
    except (KeyError, ValueError):
        pass
    raise Invalid(
        "unknown_status", "status must be draft (0), published (1) or archived (2).", field="status"
    )


def slug_from(title: str) -> str:
    """A name for addresses, made of a title; empty where nothing of it can stand in one."""
    plain = unicodedata.normalize("NFKC", title).casefold()
    return _BETWEEN.sub("-", plain).strip("-")[: LONGEST_SLUG - 12].strip("-")


def checked_slug(given: str, *, field: str = "slug", longest: int = LONGEST_SLUG) -> str:
    """A name that may stand in an address; raises Invalid."""
    slug = unicodedata.normalize("NFKC", given).strip().casefold()
    if not _SLUG.fullmatch(slug) or len(slug) > longest or slug.isdecimal():
        raise Invalid(
            "slug_malformed",
            f"{field} must be letters and digits with single dashes between them, such as "
            f"lost-bags; not digits alone, at most {longest} characters.",
            field=field,
        )
    return slug


def checked_locale(given: str, *, field: str = "locale") -> str:
    """A language as Chatwoot writes it; raises Invalid."""
    locale = given.strip()
    if not _LOCALE.fullmatch(locale):
        raise Invalid(
            "locale_malformed", f"{field} must be a language such as en or pt_BR.", field=field
        )
    return locale


def checked_domain(given: str | None) -> str | None:
    """A host name, without scheme, port or path; raises Invalid."""
    domain = (given or "").strip().casefold().rstrip(".")
    if not domain:
        return None
    if not _DOMAIN.fullmatch(domain):
        raise Invalid(
            "custom_domain_malformed",
            "custom_domain must be a host name such as help.example.com.",
            field="custom_domain",
        )
    return domain


def checked_color(given: str | None) -> str | None:
    """A colour as six hexadecimal digits; raises Invalid."""
    color = (given or "").strip().casefold()
    if not color:
        return None
    if not _COLOR.fullmatch(color):
        raise Invalid("color_malformed", "color must be such as #1f93ff.", field="color")
    return color


def checked_line(given: str | None, *, field: str, longest: int = LONGEST_LINE) -> str | None:
    """A short text, or none; raises Invalid."""
    text = (given or "").strip()
    if len(text) > longest or "\x00" in text:
        raise Invalid(
            f"{field}_malformed", f"{field} has at most {longest} characters.", field=field
        )
    return text or None


def required_line(given: str | None, *, field: str) -> str:
    """A short text that must be there; raises Invalid."""
    text = checked_line(given, field=field)
    if text is None:
        raise Invalid(f"{field}_is_empty", f"{field} must not be empty.", field=field)
    return text
