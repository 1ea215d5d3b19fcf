"""Altair in the clothes of the inbox, light and dark."""

from typing import Any, Literal

import altair as alt

Mode = Literal["light", "dark"]

FONT = (
    "-apple-system, Segoe UI, Inter, Roboto, Noto Sans, PingFang SC, Microsoft YaHei UI, sans-serif"
)
SERIES: dict[Mode, list[str]] = {
    "light": ["#006b9c", "#cd6f22", "#009f81", "#a178d5", "#686024", "#702141"],
    "dark": ["#52a9d9", "#fabc74", "#58e5ce", "#835db2", "#a49a26", "#b24e42"],
}
"""Told apart by normal, protan, deutan and tritan eyes, on every ground they stand on."""
RAMP: dict[Mode, list[str]] = {
    "light": [
        "#e6f2fb", "#c5ddee", "#a5c8e0", "#85b4d2", "#659fc5",
        "#428bb7", "#0f76a9", "#00618e", "#004d73", "#003a5a",
    ],
    "dark": [
        "#142c3a", "#1f3f51", "#2a536a", "#366784", "#437d9f",
        "#5093ba", "#5eaad6", "#7ac0eb", "#95d7ff", "#b1eeff",
    ],
}  # fmt: skip
"""Faint is few, in both modes."""
FAINT: dict[Mode, str] = {"light": "#5c98c0", "dark": "#3c7291"}
"""The accent of what stands behind: a ninetieth percentile, an earlier period."""
TEXT: dict[Mode, str] = {"light": "#1e2124", "dark": "#ebe9e6"}
QUIET: dict[Mode, str] = {"light": "#616368", "dark": "#a19e99"}
HAIR: dict[Mode, str] = {"light": "#e5e4e1", "dark": "#292b2e"}


def dress(chart: alt.Chart | alt.LayerChart, mode: Mode) -> alt.Chart | alt.LayerChart:
    """The chart with quiet axes, no frame, and a grid on the value axis only.

    A theme enabled in Altair is one for the whole process, whose readers choose for themselves.
    """
    dressed: alt.Chart | alt.LayerChart = chart.configure(**_config(mode))
    return dressed


def _config(mode: Mode) -> dict[str, Any]:
    label = {
        "labelColor": QUIET[mode],
        "labelFontSize": 11,
        "labelFont": FONT,
        "titleColor": QUIET[mode],
        "titleFontSize": 11,
        "titleFontWeight": 400,
        "titleFont": FONT,
    }
    return {
        "background": "transparent",
        "font": FONT,
        "padding": {"left": 0, "right": 8, "top": 8, "bottom": 0},
        "view": {"stroke": None, "continuousHeight": 220, "discreteHeight": 220},
        "axis": {
            **label,
            "domain": False,
            "ticks": False,
            "labelPadding": 8,
            "titlePadding": 8,
            "gridColor": HAIR[mode],
        },
        "axisX": {
            "grid": False,
            "domain": True,
            "domainColor": HAIR[mode],
            "labelFlush": True,
            "labelOverlap": "greedy",
        },
        "axisY": {"title": None, "tickCount": 4},
        "legend": {
            **label,
            "orient": "top",
            "title": None,
            "symbolType": "circle",
            "symbolSize": 64,
            "symbolFillColor": "transparent",
            "symbolStrokeWidth": 2,
            "columnPadding": 16,
            "offset": 8,
        },
        "range": {
            "category": SERIES[mode],
            "ordinal": RAMP[mode],
            "ramp": RAMP[mode],
            "heatmap": RAMP[mode],
        },
        "mark": {"color": SERIES[mode][0]},
        "line": {"strokeWidth": 2, "strokeCap": "round", "strokeJoin": "round"},
        "bar": {"cornerRadiusEnd": 2, "discreteBandSize": {"band": 0.72}},
        "rect": {"cornerRadius": 2},
        "rule": {"color": QUIET[mode], "strokeDash": [3, 3]},
        "text": {"color": TEXT[mode], "fontSize": 11, "font": FONT},
    }
