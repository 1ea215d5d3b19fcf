"""A headline number with its difference and its line."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from dashboards.numbers import NOTHING, SAME
from warehouse.metrics.metric import Better, Metric

_COLOURS: dict[Better, Literal["normal", "inverse", "off"]] = {
    Better.HIGHER: "normal",
    Better.LOWER: "inverse",
    Better.NEITHER: "off",
}


def headline(
    label: str,
    value: str,
    difference: str | None,
    line: Sequence[float],
    metric: Metric,
) -> None:
    """Draw it; whether a rise is good is the metric's to say."""
    still = difference is None or difference == SAME
    st.metric(
        label,
        value,
        difference,
        delta_color="off" if still else _COLOURS[metric.better],
        delta_arrow="off" if still else "auto",
        border=True,
        height="stretch",
        help=f"No value: nothing was counted. {metric.counts}" if value == NOTHING else None,
        chart_data=list(line) if len(line) > 1 else None,
    )
