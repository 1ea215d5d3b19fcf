"""What the visitor asked for, kept from page to page and in the address."""

from typing import Any

import streamlit as st

_KEPT = "asked"
_LONGEST = 40
"""Letters that are quoted of what was not understood."""
_FILTERS = (
    "period",
    "days",
    "zone",
    "compare",
    "every",
    "inbox",
    "team",
    "agent",
    "label",
    "channel",
    "business",
    "known",
    "behind",
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
        self.not_there: list[str] = []
        """What was asked for and is not to be had, in words."""

    def text(self, name: str, usual: str) -> str:
        """A filter as the address writes it."""
        return self._texts.get(name, usual)

    def miss(self, name: str, text: str) -> None:
        """Note that something asked for is not there."""
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        # A word of the address must not become a picture or a link.
        self.not_there.append(f"{name} `{short.replace('`', ' ')}`")

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
