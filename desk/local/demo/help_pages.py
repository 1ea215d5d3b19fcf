"""What a demo company's help centre says."""

from collections.abc import Mapping
from typing import Any

from desk.actions.keep_article import create_article
from desk.actions.keep_category import create_category
from desk.actions.keep_portal import create_portal
from desk.local.demo.company import Company
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.help_centre import ArticleStatus
from desk.words.ids import UserId

WITH_PORTAL = "halden_air"
SLUG = "halden-air"

SHELVES: Mapping[tuple[str, str, str], tuple[tuple[str, str, str], ...]] = {
    ("Bags", "🧳", "Lost, late and damaged"): (
        (
            "My bag did not arrive",
            "Report it before you leave the airport; most bags come within a day.",
            "Go to the baggage desk **before you leave the arrivals hall** and show your bag tag.\n\n"
            "1. You get a reference of ten characters. Keep it.\n"
            "2. We look for the bag for five days, and bring it to your door.\n"
            "3. After five days you may claim what was in it.\n\n"
            "## What you need\n\n"
            "| What | Where it is |\n|---|---|\n| Bag tag | On your boarding pass |\n"
            "| Booking code | In the mail of your booking, six characters |\n\n"
            "> Medicine in the bag? Say so at once: such bags go first.\n",
        ),
        (
            "What I may take on board",
            "One bag of up to 8 kg and one that fits under the seat.",
            "- One bag of 55 × 40 × 23 cm and at most **8 kg**\n- One small thing under the seat\n"
            "- Liquids in bottles of up to 100 ml\n\nPrams and crutches travel free.\n",
        ),
        (
            "My bag is damaged",
            "Send us pictures within seven days.",
            "Write to us within **seven days** with two pictures: the whole bag, and the damage.\n",
        ),
    ),
    ("Bookings", "🎫", "Changes, names and refunds"): (
        (
            "Change a flight",
            "Until two hours before departure, with Classic and Flex.",
            "With *Classic* and *Flex* you may change the day and the time until two hours before "
            "departure. You pay the difference between the fares.\n\n## Light\n\n"
            "A *Light* ticket cannot be changed. Taxes are paid back if you do not fly.\n",
        ),
        (
            "Correct a name",
            "Up to three letters cost nothing.",
            "Up to **three letters** are corrected free of charge. Write to us with the booking code.\n",
        ),
    ),
    ("At the airport", "🛫", "Check-in, boarding, help"): (
        (
            "When to be there",
            "Bags close 45 minutes before departure, the gate 20.",
            "- Bags: 45 minutes before departure\n- Gate: 20 minutes before departure\n\n"
            "From Oslo in July, come half an hour earlier.\n",
        ),
    ),
}

ARABIC = (
    "حقيبتي لم تصل",
    "أبلغ عنها قبل مغادرة المطار؛ تصل أغلب الحقائب خلال يوم.",
    "توجّه إلى مكتب الأمتعة **قبل مغادرة صالة الوصول** وأظهر بطاقة الحقيبة.\n\n"
    "1. ستحصل على رقم من عشرة رموز. احتفظ به.\n2. نبحث عن الحقيبة خمسة أيام، ونوصلها إلى بابك.\n",
)


async def open_help_centre(tx: TenantTx, company: Company, writer: UserId) -> None:
    """Open it with its articles, unless it is there."""
    if company.key != WITH_PORTAL:
        return
    if await tx.first("select id from portals where account_id = %s", [tx.account_id]) is not None:
        return
    by = Actor.user(writer)
    portal = await create_portal(
        tx,
        {
            "name": f"{company.name} help",
            "slug": SLUG,
            "header_text": "How can we help?",
            "page_title": f"{company.name} help centre",
            "color": "#0b4f6c",
            "homepage_link": f"https://{company.domain}",
            "config": {"allowed_locales": ["en", "ar"], "default_locale": "en"},
        },
        by=by,
    )
    first: int | None = None
    for (name, icon, says), articles in SHELVES.items():
        shelf = await create_category(
            tx, portal, {"name": name, "icon": icon, "description": says}, by=by
        )
        for article in articles:
            row = await create_article(
                tx, portal, _fields(article) | {"category_id": shelf.id}, by=by
            )
            first = first or row.id
    shelf = await create_category(
        tx, portal, {"name": "الأمتعة", "icon": "🧳", "locale": "ar"}, by=by
    )
    await create_article(
        tx,
        portal,
        _fields(ARABIC) | {"category_id": shelf.id, "associated_article_id": first},
        by=by,
    )
    draft = {"title": "Travelling with a dog", "content": "To be written: cages, papers, fees.\n"}
    await create_article(tx, portal, draft, by=by)


def _fields(article: tuple[str, str, str]) -> dict[str, Any]:
    title, says, content = article
    return {
        "title": title,
        "description": says,
        "content": content,
        "status": ArticleStatus.PUBLISHED.value,
    }
