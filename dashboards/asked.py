"""What the visitor asked for, kept from page to page and in the address."""

from typing import Any

import streamlit as st

_KEPT = "asked"
_FILTERS = (
    "period",
    "days",
    "compare",
    "every",
    "inbox",
    "team",
    "agent",
    "label",
    "channel",
    "business",
    "known",
)


class Asked:
    """The filters of one page: begun from the address, then from what was chosen elsewhere.

    Streamlit forgets a widget when its page is left, so the choices are kept beside the widgets.
    """

    def __init__(self, page: str) -> None:
        self._page = page
        if _KEPT not in st.session_state:
            st.session_state[_KEPT] = {
                name: st.query_params[name] for name in _FILTERS if name in st.query_params
            }
        self._texts: dict[str, str] = st.session_state[_KEPT]
        self._drawn: list[str] = []

    def text(self, name: str, usual: str) -> str:
        """A filter as the address writes it."""
        return self._texts.get(name, usual)

    def begin(self, name: str, value: Any) -> str:
        """The key of a filter's widget, which begins with this value if it is new."""
        key = f"{self._page}:{name}"
        if key not in st.session_state:
            st.session_state[key] = value
        return key

    def keep(self, name: str, text: str, usual: str) -> None:
        """Remember what was chosen; the usual needs no words."""
        self._drawn.append(name)
        if text == usual:
            self._texts.pop(name, None)
        else:
            self._texts[name] = text

    def note(self, name: str, text: str, usual: str) -> None:
        """Remember what was chosen on the page itself, and write it into the address now."""
        self.keep(name, text, usual)
        if text == usual:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = text

    def set(self, name: str, text: str, value: Any) -> None:
        """Choose in the visitor's place."""
        self._texts[name] = text
        st.session_state[f"{self._page}:{name}"] = value

    def stand_in_the_address(self) -> None:
        """Write those filters that apply to this page into the address."""
        for name in _FILTERS:
            if name in self._drawn and name in self._texts:
                st.query_params[name] = self._texts[name]
            else:
                st.query_params.pop(name, None)


def forget(*names: str) -> None:
    """Drop filters that mean nothing any more, on every page."""
    kept: dict[str, str] = st.session_state.get(_KEPT, {})
    for name in names:
        kept.pop(name, None)
    for key in list(st.session_state.keys()):
        if str(key).partition(":")[2] in names:
            del st.session_state[key]
