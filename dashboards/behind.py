"""From a number on a page to the conversations behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st
from msgspec import Struct
from streamlit.delta_generator import DeltaGenerator

from dashboards import numbers
from dashboards.asked import Asked
from dashboards.charts import Chart
from dashboards.choosing import choose
from dashboards.page import Page
from dashboards.table import clicked_cell, show_table
from warehouse.behind import MOST, Cell
from warehouse.metrics.metric import Metric, Unit
from warehouse.period import Period

PARAMETER = "behind"


class Question(Struct, frozen=True):
    """A number, by what it counts and which part of it is meant."""

    metric: Metric
    whose: str = ""
    """Who or what the part is called; nothing: the whole of it."""
    cells: tuple[Cell, ...] = ((),)
    """The parts of it, which are counted one by one and added up."""
    period: Period | None = None
    """Days within the page's, if not all of them are meant."""

    @property
    def title(self) -> str:
        return f"{self.metric.title}: {self.whose}" if self.whose else self.metric.title


def offer(page: Page, question: Question, label: str) -> bool:
    """The button under a headline that opens and closes what is behind it; is it open?"""
    asked = Asked(page.filters.page)
    name = f"{page.filters.page}.{label}"
    opened = asked.text(PARAMETER, "") == name
    if opened:
        asked.note(PARAMETER, name, "")
    st.button(
        "Hide the conversations" if opened else "Show the conversations",
        key=f"{page.filters.page}:{PARAMETER}:{label}",
        type="tertiary",
        icon=":material/list:",
        help=question.metric.counts,
        on_click=_close if opened else _open,
        args=(asked, name),
    )
    return opened


def _open(asked: Asked, name: str) -> None:
    asked.note(PARAMETER, name, "")


def _close(asked: Asked, name: str) -> None:
    # A click that comes late closes nothing that was opened since.
    if asked.text(PARAMETER, "") == name:
        asked.note(PARAMETER, "", "")


def show_behind(page: Page, question: Question, *, key: str) -> None:
    """A row for everything the number counts, each a way to its conversation."""
    st.subheader(f"Behind {question.title}")
    metric = question.metric
    found = _found(page, question)
    if found.is_empty():
        st.caption("No conversation.")
        return
    total = int(found["total"][0])
    st.caption(_how_many(total, found.height))
    zone = ZoneInfo(page.zone)
    shown = pl.DataFrame(
        {
            "Conversation": [page.conversation_url(number) for number in found["display_id"]],
            "When": [f"{at.astimezone(zone):%-d %b %Y, %H:%M}" for at in found["happened_at"]],
            "Inbox": [page.names.inbox(inbox) for inbox in found["inbox_id"]],
            "Agent": [page.names.agent(agent) for agent in found["agent_id"]],
        },
        schema_overrides={"Conversation": pl.String},
    )
    formats = {}
    if metric.unit is Unit.SECONDS:
        shown = shown.with_columns(found["seconds"].alias(metric.title))
        formats[metric.title] = numbers.duration
    if metric.unit is Unit.SHARE:
        shown = shown.with_columns(
            pl.Series(metric.title, ["Yes" if good else "No" for good in found["good"]])
        )
    show_table(
        shown,
        formats,
        links={"Conversation": r"conversations/(\d+)"},
        key=f"{PARAMETER}-{key}",
        said=f"Conversations behind {question.title}",
    )


def table_of_numbers(
    page: Page,
    frame: pl.DataFrame,
    formats: Mapping[str, Callable[[float | None], str]],
    *,
    key: str,
    said: str,
    metrics: Mapping[str, Metric],
    rows: Sequence[tuple[str, Cell]],
    instead: Mapping[tuple[int, str], str] | None = None,
    periods: Mapping[str, Period | None] | None = None,
    below: DeltaGenerator | None = None,
    short: Mapping[str, str] | None = None,
) -> None:
    """A table whose numbers open: `metrics` says what a column counts, `rows` whose row it is.

    `periods` are those of columns that are not about the page's days; `short` are headings.
    """
    show_table(frame, formats, key=key, said=said, instead=instead, short=short, clickable=True)
    chosen = clicked_cell(key, frame)
    if chosen is None:
        st.caption("Choose a number to see the conversations behind it.")
        return
    row, column = chosen
    metric = metrics.get(column) or next(iter(metrics.values()))
    whose, cell = rows[row]
    question = Question(metric, whose, (cell,), (periods or {}).get(column))
    with below or st.container():
        show_behind(page, question, key=f"{key}-{column}-{whose}")


def open_chart(
    page: Page,
    chart: Chart,
    said: str,
    *,
    key: str,
    questions: Iterable[Question],
    below: DeltaGenerator,
) -> None:
    """A chart whose marks open below: each is named as its question says whose it is."""
    asked = {question.whose: question for question in questions}
    mark = choose(chart, said, key=key, marks=list(asked))
    if mark is not None:
        with below:
            show_behind(page, asked[mark], key=f"{key}-{mark}")


def _found(page: Page, question: Question) -> pl.DataFrame:
    filters = page.filters
    parts = [
        page.asking.behind(
            question.metric,
            question.period or filters.period,
            only=filters.only,
            cell=cell,
            business=filters.business,
        )
        for cell in question.cells
    ]
    if len(parts) == 1:
        return parts[0]
    full = [part for part in parts if not part.is_empty()]
    if not full:
        return pl.DataFrame()
    total = sum(int(part["total"][0]) for part in full)
    found = pl.concat(full)
    return found.sort("happened_at", descending=True).head(MOST).with_columns(total=pl.lit(total))


def _how_many(total: int, listed: int) -> str:
    if listed < total:
        return f"The latest {numbers.count(listed)} of {numbers.count(total)}"
    return "1 row" if total == 1 else f"{numbers.count(total)} rows"
