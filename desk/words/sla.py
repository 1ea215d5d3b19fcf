"""Service levels: what is promised, and how it stands, with the integer codes the tables hold."""

from desk.words.coded import Coded


class SlaStatus(Coded):
    """How an applied service level stands; the two of a resolved conversation are final."""

    ACTIVE = 0
    HIT = 1
    MISSED = 2
    ACTIVE_WITH_MISSES = 3

    @property
    def is_settled(self) -> bool:
        return self in (SlaStatus.HIT, SlaStatus.MISSED)


class SlaPromise(Coded):
    """What is promised: a first response, every next one, a resolution."""

    FRT = 0
    NRT = 1
    RT = 2
