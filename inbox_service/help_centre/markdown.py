"""Markdown as safe HTML: what an article may hold, and how it is drawn."""

import asyncio
from collections.abc import MutableMapping, Sequence
from functools import cache, lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

DEEPEST = 20
"""Quotes in lists in quotes: what is deeper is left out."""
KEPT = 128
"""Articles whose HTML is remembered."""
MOST_TEXT = 160
LONG = 10_000
"""From here on a text is drawn beside the loop that serves everybody else."""

_TAGS = {
    *("a", "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "img"),
    *("ul", "ol", "li", "h2", "h3", "h4", "h5", "h6"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}


async def drawn(content: str) -> str:
    """The article's HTML, however long it takes."""
    return await asyncio.to_thread(html_of, content) if len(content) > LONG else html_of(content)


@lru_cache(maxsize=KEPT)
def html_of(content: str) -> str:
    """The article's HTML: its headings below the page's own, pictures from here alone."""
    drawn = _parser().render(content)
    return nh3.clean(
        drawn,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def first_words(content: str, most: int = MOST_TEXT) -> str:
    """The beginning of the text without its marks, for lists."""
    text = " ".join(_parser_texts(content[: most * 8]))
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _parser_texts(content: str) -> list[str]:
    return [
        child.content if child.type in ("text", "code_inline") else " "
        for token in _parser().parse(content)
        if token.type == "inline"
        for child in token.children or []
    ]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.add_render_rule("image", _picture)
    parser.add_render_rule("heading_open", _heading)
    parser.add_render_rule("heading_close", _heading)
    return parser


def _picture(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    at: int,
    options: Any,
    env: MutableMapping[str, Any],
) -> str:
    """A picture of ours; one from elsewhere is a link, since the page calls nobody else."""
    source = str(tokens[at].attrGet("src") or "")
    if source.startswith("/") and not source.startswith(("//", "/\\")):
        return str(RendererHTML.image(renderer, tokens, at, options, env))
    text = renderer.renderInlineAsText(tokens[at].children or [], options, env) or source
    return f'<a href="{_escaped(source)}">{_escaped(text)}</a>'


def _heading(_: RendererHTML, tokens: Sequence[Token], at: int, *_more: Any) -> str:
    level = min(int(tokens[at].tag[1:]) + 1, 6)
    return f"<h{level}>" if tokens[at].nesting == 1 else f"</h{level}>\n"


def _escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    )
