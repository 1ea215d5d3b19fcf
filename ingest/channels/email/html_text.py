"""A mail in HTML as text people can read, and as HTML that can do no harm.

Strangers write the HTML: both ways take time in proportion to its length, whatever it is.
"""

import re
from html import unescape

import nh3

from ingest.channels.email.encodings import storable_text

_BLOCKS = {
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p",
    "pre", "section", "table", "tr", "ul",
}  # fmt: skip
_APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"}
_SILENT = {"script", "style", "title", "template", "noscript", "object", "svg", "textarea"}

LARGEST = 500_000
"""Characters of HTML that are looked at."""
MOST_TAGS_KEPT = 4_000
LARGEST_KEPT = 200_000
"""HTML beyond this is not kept as such: cleaning it could take minutes. Its text is."""

# Never beyond the next `<`, so that every character is looked at once or twice and no more.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,30})((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>")
_LOOSE_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,30})([^<>]*)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,20})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


def safe_html(source: str) -> str | None:
    """The HTML without scripts, forms, styles, and anything fetched from elsewhere.

    None where there is too much of it.
    """
    if len(source) > LARGEST_KEPT or source.count("<") + source.count("&") > MOST_TAGS_KEPT:
        return None
    return nh3.clean(
        storable_text(source),
        tags=nh3.ALLOWED_TAGS - {"img", "map", "area"},
        clean_content_tags={"script", "style", "title"},
        url_schemes={"http", "https", "mailto", "tel"},
    )


def text_from_html(source: str) -> str:
    """The words, with a line for each block, quotations marked as in plain mail."""
    reader = _Reader()
    _scan(storable_text(source[:LARGEST]), reader)
    return reader.text()


def _scan(source: str, reader: "_Reader") -> None:
    at = 0
    while (begin := source.find("<", at)) >= 0:
        reader.says(source[at:begin])
        if source.startswith("<!--", begin):
            end = source.find("-->", begin + 4)
            at = end + 3 if end >= 0 else len(source)
        elif source.startswith(("<!", "<?"), begin):
            end = source.find(">", begin)
            at = end + 1 if end >= 0 else len(source)
        elif tag := _TAG.match(source, begin) or _LOOSE_TAG.match(source, begin):
            closes, name, attributes = bool(tag[1]), tag[2].lower(), tag[3]
            at = tag.end()
            if name in _SILENT and not closes:
                at = _end_of_silence(source, name, at)
            elif closes:
                reader.closes(name)
            else:
                reader.opens(name, attributes)
        else:
            reader.says("<")
            at = begin + 1
    reader.says(source[at:])


def _end_of_silence(source: str, name: str, at: int) -> int:
    """Behind what nobody reads; without an end it is the rest of the mail."""
    ends = re.compile(f"</{name}[^<>]*>", re.IGNORECASE).search(source, at)
    return ends.end() if ends else len(source)


class _Reader:
    """Collects lines; a quotation's begin with a mark."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._verbatim = 0
        self._link = ""
        self._link_began = 0

    def opens(self, tag: str, attributes: str) -> None:
        """A tag begins."""
        if tag == "br":
            self._end_line(always=True)
        elif tag in _BLOCKS:
            self._end_line()
            if tag in _APART:
                self._blank()
            if tag == "blockquote":
                self._quotes += 1
            elif tag == "pre":
                self._verbatim += 1
            elif tag == "li":
                self._line.append("- ")
            elif tag == "hr":
                self._lines.append(self._mark() + "-" * 20)
        elif tag in ("td", "th"):
            self._space()
        elif tag == "a":
            self._link, self._link_began = _attribute(attributes, "href"), len(self._line)
        elif tag == "img" and (alt := _attribute(attributes, "alt")):
            self._line.append(alt)

    def closes(self, tag: str) -> None:
        """A tag ends."""
        if tag in _BLOCKS:
            self._end_line()
            if tag == "blockquote":
                self._quotes = max(0, self._quotes - 1)
            elif tag == "pre":
                self._verbatim = max(0, self._verbatim - 1)
            if tag in _APART:
                self._blank()
        elif tag == "a":
            link, self._link = self._link, ""
            shown = "".join(self._line[self._link_began :]).rstrip("/ ")
            if link.startswith(("http://", "https://")) and not link.rstrip("/").endswith(shown):
                self._line.append(f" <{link}>")

    def says(self, source: str) -> None:
        """Text between tags."""
        if not source:
            return
        said = unescape(source)
        if self._verbatim:
            first, *more = said.split("\n")
            self._line.append(first)
            for line in more:
                self._end_line(always=True)
                self._line.append(line)
            return
        words = " ".join(said.split())
        if said[:1].isspace():
            self._space()
        if words:
            self._line.append(words)
            if said[-1:].isspace():
                self._space()

    def text(self) -> str:
        """What was collected."""
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def _space(self) -> None:
        if self._line and not self._line[-1].endswith(" "):
            self._line.append(" ")

    def _end_line(self, *, always: bool = False) -> None:
        line = "".join(self._line).replace("\xa0", " ").rstrip()
        self._line.clear()
        self._link_began = 0
        if line.strip() or always:
            self._lines.append((self._mark() + line).rstrip())

    def _blank(self) -> None:
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._mark().rstrip())

    def _mark(self) -> str:
        return "> " * min(self._quotes, 10)


def _attribute(attributes: str, name: str) -> str:
    for found in _ATTRIBUTE.finditer(attributes[:8_000]):
        if found[1].lower() == name:
            return unescape(found[2] or found[3] or found[4] or "").strip()
    return ""
