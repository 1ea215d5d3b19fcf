"""A mail in HTML as text people can read, and as HTML that can do no harm."""

from html.parser import HTMLParser

import nh3
from typing_extensions import override

from ingest.channels.email.encodings import storable_text

_BLOCKS = {
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p",
    "pre", "section", "table", "tr", "ul",
}  # fmt: skip
_APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"}
_SILENT = {"script", "style", "title", "template", "noscript", "object", "svg"}

LARGEST = 500_000
"""Characters of HTML that are looked at."""


def safe_html(source: str) -> str:
    """The HTML without scripts, forms, styles, and anything fetched from elsewhere."""
    return nh3.clean(
        storable_text(source[:LARGEST]),
        tags=nh3.ALLOWED_TAGS - {"img", "map", "area"},
        clean_content_tags={"script", "style", "title"},
        url_schemes={"http", "https", "mailto", "tel"},
    )


def text_from_html(source: str) -> str:
    """The words, with a line for each block, quotations marked as in plain mail."""
    reader = _Reader()
    reader.feed(storable_text(source[:LARGEST]))
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects lines; a quotation's begin with a mark."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._silent = 0
        self._quotes = 0
        self._verbatim = 0
        self._link = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "body":
            # Whatever was left open before it is over.
            self._silent = 0
        elif tag == "br":
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
                self._line = "- "
            elif tag == "hr":
                self._lines.append(self._mark() + "-" * 20)
        elif tag == "td" or tag == "th":
            if self._line.strip():
                self._line += " "
        elif tag == "a":
            self._link = next((value or "" for name, value in attrs if name == "href"), "")
        elif tag == "img":
            alt = next((value or "" for name, value in attrs if name == "alt"), "")
            self._line += alt

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self._end_line()
            if tag == "blockquote":
                self._quotes = max(0, self._quotes - 1)
            elif tag == "pre":
                self._verbatim = max(0, self._verbatim - 1)
            if tag in _APART:
                self._blank()
        elif tag == "a":
            link, self._link = self._link, ""
            shown = self._line.rstrip("/")
            if link.startswith(("http://", "https://")) and not shown.endswith(link.rstrip("/")):
                self._line += f" <{link}>"

    @override
    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._verbatim:
            first, *more = data.split("\n")
            self._line += first
            for line in more:
                self._end_line(always=True)
                self._line = line
            return
        words = " ".join(data.split())
        if data[:1].isspace() and self._line and not self._line.endswith(" "):
            self._line += " "
        self._line += words
        if words and data[-1:].isspace():
            self._line += " "

    def text(self) -> str:
        """What was collected."""
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def _end_line(self, *, always: bool = False) -> None:
        line, self._line = self._line.rstrip(), ""
        if line.strip("\xa0 ") or always:
            self._lines.append((self._mark() + line.replace("\xa0", " ")).rstrip())

    def _blank(self) -> None:
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._mark().rstrip())

    def _mark(self) -> str:
        return "> " * min(self._quotes, 10)
