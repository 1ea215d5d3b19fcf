"""Tables that show numbers as words and still sort them as numbers."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, cast

import polars as pl
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from dashboards.numbers import NOTHING

MOST_ROWS_SHOWN = 12
ROW = 32


def show_table(
    frame: pl.DataFrame,
    formats: Mapping[str, Callable[[float | None], str]],
    *,
    key: str,
    said: str,
    links: Mapping[str, str] | None = None,
    instead: Mapping[tuple[int, str], str] | None = None,
    choosable: bool = False,
    figures: Sequence[str] = (),
    clickable: bool = False,
    short: Mapping[str, str] | None = None,
) -> int | None:
    """Draw it; the number of the row the reader chose, if rows can be chosen.

    `short` are headings of columns whose names are long; `figures` are columns of numbers already
    in words; `instead` holds the words of single cells that their column's format would not do
    justice. Which cell of a clickable one was chosen says `clicked_cell`.
    """
    styled = frame.to_pandas().style.format(formats, na_rep=NOTHING)
    for (row, column), words in (instead or {}).items():
        styled = styled.format(_always(words), subset=(row, column))
    config: dict[str, ColumnConfig] = {
        name: st.column_config.LinkColumn(name, display_text=pattern)
        for name, pattern in (links or {}).items()
    }
    config |= {
        name: st.column_config.Column(heading, help=name)
        for name, heading in (short or {}).items()
        if name in frame.columns
    }
    config |= {name: st.column_config.TextColumn(name, alignment="right") for name in figures}
    height = ROW * (min(frame.height, MOST_ROWS_SHOWN) + 1) + 2
    draw = partial(
        st.dataframe,
        styled,
        hide_index=True,
        width="stretch",
        height=height,
        row_height=ROW,
        placeholder=NOTHING,
        column_config=config,
        key=key,
        alt=said,
    )
    if clickable:
        draw(on_select="rerun", selection_mode="single-cell")
        return None
    if not choosable:
        draw()
        return None
    state = draw(on_select="rerun", selection_mode="single-row")
    rows: list[int] = cast(Mapping[str, Any], state)["selection"]["rows"]
    return rows[0] if rows and rows[0] < frame.height else None


def clicked_cell(key: str, frame: pl.DataFrame) -> tuple[int, str] | None:
    """Row and column of the cell the reader chose in the table of that key."""
    state = st.session_state.get(key)
    cells = cast(Mapping[str, Any], state)["selection"]["cells"] if state else []
    if not cells:
        return None
    row, column = cells[0]
    return (row, column) if row < frame.height and column in frame.columns else None


def _always(words: str) -> Callable[[object], str]:
    return lambda _: words
