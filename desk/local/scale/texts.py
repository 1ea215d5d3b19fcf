"""What people say: a vocabulary of five thousand words, used as unevenly as real ones are."""

import numpy as np
import polars as pl


def _words(text: str) -> list[str]:
    return text.split()


_COMMON = _words(
    "you the to and i a is my for it of in have on not your this be can with order me please "
    "was we are that will has refund but email account just get when so would help if an from "
    "thank received do no still delivery as what hi how there any now been our out payment they "
    "card need day up send know or all time today tracking want by number back address hello "
    "customer service wrong item delivered package working parcel money days again charged after "
    "phone sorry check invoice support problem tried shipping return broken week website update "
    "cancel login password subscription exchange size waiting hope thanks best regards"
)
_BEGINNINGS = _words("b br c ch d dr f fl g gr h j k l m n p pl r s sh st t tr v w z")
_MIDDLES = _words("a e i o u ai ea ou")
_ENDS = _words("l m n r s t nd rt x ck")

VOCABULARY = 5_000
RARE = "zyxwquark"
"""One message in a hundred thousand holds it."""


class Writer:
    """Writes texts, lognormal in length, from a vocabulary with Zipf's frequencies."""

    def __init__(self, seed: int) -> None:
        self._draw = np.random.default_rng(seed)
        invented = dict.fromkeys(
            a + b + c + d + e
            for b in _MIDDLES
            for a in _BEGINNINGS
            for d in _MIDDLES
            for c in _ENDS
            for e in ("", "n", "s")
        )
        words = list(
            dict.fromkeys([*_COMMON, *np.random.default_rng(seed).permutation([*invented])])
        )
        self._words = pl.Series("word", words[:VOCABULARY])
        weights = np.arange(1.0, VOCABULARY + 1) ** -1.05
        self._sums = np.cumsum(weights / weights.sum())

    def texts(self, count: int) -> pl.Series:
        """So many messages."""
        lengths = np.clip(np.rint(self._draw.lognormal(3.0, 0.6, count)), 1, 400).astype(np.int64)
        drawn = np.searchsorted(self._sums, self._draw.random(int(lengths.sum())))
        drawn = np.minimum(drawn, VOCABULARY - 1)
        words = pl.DataFrame(
            {"row": np.repeat(np.arange(count), lengths), "word": self._words.gather(drawn)}
        )
        said = words.group_by("row", maintain_order=True).agg("word")["word"].list.join(" ")
        orders = self._draw.integers(100_000, 1_000_000, count)
        has_order = self._draw.random(count) < 0.10
        is_rare = self._draw.random(count) < 1e-5
        frame = pl.DataFrame(
            {"said": said, "order": orders, "has_order": has_order, "is_rare": is_rare}
        )
        return frame.select(
            pl.concat_str(
                "said",
                pl.when("has_order").then(pl.format(" order #{}", "order")).otherwise(pl.lit("")),
                pl.when("is_rare").then(pl.lit(f" {RARE}")).otherwise(pl.lit("")),
            ).alias("text")
        )["text"]
