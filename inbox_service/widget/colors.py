"""The brand's colour, and what can be read on it."""

WHITE = "#ffffff"
INK = "#16181d"


def readable_on(color: str) -> str:
    """White or ink, whichever stands out more: one of them always reaches 4.5 to 1."""
    light = _luminance(color)
    on_white = (1.05) / (light + 0.05)
    on_ink = (light + 0.05) / (_luminance(INK) + 0.05)
    return WHITE if on_white >= on_ink or on_white >= 4.5 else INK


def _luminance(color: str) -> float:
    red, green, blue = (_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
