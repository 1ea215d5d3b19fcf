"""What the demo companies' home pages say around their chat."""

import msgspec


class ShopWindow(msgspec.Struct, frozen=True):
    """A home page in a few words."""

    headline: str
    text: str
    way_in: str
    links: tuple[str, str, str, str]


WINDOWS = {
    "halden_air": ShopWindow(
        "Oslo, then anywhere the light is good.",
        "Forty cities from the fjord, with a seat that fits and a meal that is one. "
        "Change your mind until the day before at no cost.",
        "Find a flight",
        ("Book", "My trips", "Baggage", "Help"),
    ),
    "skarvik_bank": ShopWindow(
        "A bank that answers.",
        "An account in ten minutes, a card in three days, and a person when it matters.",
        "Open an account",
        ("Accounts", "Cards", "Loans", "Help"),
    ),
    "straitwell": ShopWindow(
        "Covered before you need it.",
        "Home, travel and health on one page you can read in a minute.",
        "Get a quote",
        ("Home", "Travel", "Claims", "Help"),
    ),
    "wattle_pine": ShopWindow(
        "Furniture that outlives the lease.",
        "Solid timber, flat packed, carried up your stairs. Sit on it for a hundred nights first.",
        "See the range",
        ("Tables", "Chairs", "Orders", "Help"),
    ),
    "rimal_mobile": ShopWindow(
        "Signal from the coast to the dunes.",
        "One plan, the whole kingdom, no surprises at the end of the month.",
        "Choose a plan",
        ("Plans", "Coverage", "My account", "Help"),
    ),
    "tidemark": ShopWindow(
        "Every wave of your data, in order.",
        "Pipelines that a small team can run and a large one can trust.",
        "Start for free",
        ("Product", "Pricing", "Status", "Help"),
    ),
}
