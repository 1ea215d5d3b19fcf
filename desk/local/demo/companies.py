"""The six companies of the demo, in the order in which they get their account numbers."""

from desk.local.demo.company import Company
from desk.local.demo.rosters.halden_air import HALDEN_AIR
from desk.local.demo.rosters.rimal_mobile import RIMAL_MOBILE
from desk.local.demo.rosters.skarvik_bank import SKARVIK_BANK
from desk.local.demo.rosters.straitwell import STRAITWELL
from desk.local.demo.rosters.tidemark import TIDEMARK
from desk.local.demo.rosters.wattle_pine import WATTLE_PINE

COMPANIES: tuple[Company, ...] = (
    HALDEN_AIR,
    SKARVIK_BANK,
    STRAITWELL,
    WATTLE_PINE,
    RIMAL_MOBILE,
    TIDEMARK,
)


def company_named(key: str) -> Company:
    """The company with this key."""
    return next(company for company in COMPANIES if company.key == key)
