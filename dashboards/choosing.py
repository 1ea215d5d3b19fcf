"""A chart whose marks can be chosen: by pointer on it, by name below it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, cast

import polars as pl
import streamlit as st

from dashboards import theme
from dashboards.charts import CHOSEN, MARK, Chart, mode


def choose(chart: Chart, said: str, *, key: str, marks: Sequence[str]) -> str | None:
    """Put a chart on the page, with a list of its marks for the keyboard; the one chosen.

    `said` is what the chart shows, for those who do not see it.
    """
    box, begun = f"{key}:{MARK}", f"{key}:begun"
    if st.session_state.get(box) not in marks:
        st.session_state[box] = None
    chosen: str | None = st.session_state[box]
    turn, numbers, first = st.session_state.get(begun, (0, None, None))
    # A chart whose numbers moved is drawn anew, and would forget what was chosen on it.
    if numbers != (moved := cast(pl.DataFrame, chart.data).hash_rows().sum()):
        first = chosen
        st.session_state[begun] = turn, moved, first
    drawn = f"{key}:{turn}"
    st.altair_chart(
        theme.dress(_begun_with(chart, first if chosen else None), mode()),
        theme=None,
        width="stretch",
        alt=said,
        key=drawn,
        on_select=partial(_pointed, drawn, box),
        selection_mode=CHOSEN,
    )
    st.selectbox(
        f"{said} Show the conversations of",
        marks,
        index=None,
        key=box,
        placeholder="Show the conversations of …",
        label_visibility="collapsed",
        on_change=_named,
        args=(begun,),
    )
    return chosen


def _pointed(drawn: str, box: str) -> None:
    points = cast(Mapping[str, Any], st.session_state[drawn])["selection"].get(CHOSEN) or []
    st.session_state[box] = points[0].get(MARK) if points else None


def _named(begun: str) -> None:
    # A new chart: the old one would not tell if what it still holds were pressed again.
    turn, *_ = st.session_state[begun]
    st.session_state[begun] = turn + 1, None, None


def _begun_with(chart: Chart, mark: str | None) -> Chart:
    if mark is None:
        return chart
    begun = chart.copy()
    for parameter in cast(list[Any], begun.params):
        if parameter.name == CHOSEN:
            parameter.value = [{MARK: mark}]
    return begun
