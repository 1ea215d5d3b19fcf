"""Who asks: the website that a request names, and the visitor whose token it carries."""

from typing import Any

from litestar import Request
from litestar.di import NamedDependency

from desk.access.hearing import Visitor
from desk.store import visitors as visitor_store
from desk.store.desk import Desk
from desk.store.visitors import Website
from desk.words.errors import NotFound, Unauthenticated
from inbox_service.auth.rates import count_try
from inbox_service.auth.remembered import Remembered
from inbox_service.widget.tokens import VisitorTokens

REMEMBER_SECONDS = 2.0
"""So long a change of the inbox's settings may take to show."""

MOST_REQUESTS = 240
MOST_MESSAGES = 30
MOST_ARRIVALS = 120
MINUTE = 60

AnyRequest = Request[Any, Any, Any]


class WidgetDoor:
    """Finds websites and visitors, and counts what they ask for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._websites = Remembered[str, Website](REMEMBER_SECONDS)
        self.tokens = VisitorTokens(desk.settings.security.secret)

    async def website(self, token: str | None) -> Website:
        """The website inbox with this token; raises NotFound."""
        known = self._websites.get(token) if token else None
        if known is None and token and "\x00" not in token:
            async with self._desk.transaction_across_accounts(
                reason="a website's token names its inbox before an account is known"
            ) as tx:
                found = await visitor_store.website_of(tx, token)
            known = None if found is None else self._websites.keep(token, found)
        if known is None:
            raise NotFound("unknown_website", "There is no website with this website_token.")
        if known.suspended:
            raise Unauthenticated("account_suspended", "Account is suspended")
        return known

    async def visitor(self, website: Website, token: str | None) -> Visitor | None:
        """The visitor of this website whose token it is, or nobody."""
        bearer = self.tokens.read(token, self._desk.clock.now()) if token else None
        if bearer is None or bearer.inbox_id != website.inbox_id:
            return None
        async with self._desk.transaction(website.account_id) as tx:
            return await visitor_store.visitor_at(tx, website.inbox_id, bearer.source_id)

    async def count(self, visitor: Visitor) -> None:
        """One more request of the visitor; raises when it was one too many."""
        await self._count(f"visitor:{visitor.contact_inbox_id}", MOST_REQUESTS)

    async def count_message(self, visitor: Visitor) -> None:
        """One more message of the visitor; raises when it was one too many."""
        await self._count(f"visitor-says:{visitor.contact_inbox_id}", MOST_MESSAGES)

    async def count_arrival(self, website: Website, request: AnyRequest) -> None:
        """One more new visitor from this place; raises when it was one too many."""
        place = request.client.host if request.client else ""
        await self._count(f"visitors:{website.inbox_id}:{place}", MOST_ARRIVALS)

    async def _count(self, name: str, most: int) -> None:
        refusal = await count_try(self._desk.redis, name, most=most, seconds=MINUTE)
        if refusal is not None:
            raise refusal


async def current_website(request: AnyRequest, widget_door: NamedDependency[WidgetDoor]) -> Website:
    """The website the request is about."""
    return await widget_door.website(request.query_params.get("website_token"))


async def current_visitor(
    request: AnyRequest,
    widget_door: NamedDependency[WidgetDoor],
    website: NamedDependency[Website],
) -> Visitor:
    """The visitor who asks; raises Unauthenticated."""
    visitor = await widget_door.visitor(website, request.headers.get("x-auth-token"))
    if visitor is None:
        raise Unauthenticated("unknown_visitor", "Ask for a token with POST /api/v1/widget/config.")
    await widget_door.count(visitor)
    return visitor
