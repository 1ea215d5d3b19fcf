"""What the service is made of, put together once and closed in order."""

from litestar.di import Provide

from desk.store.desk import Desk
from desk.store.files import FileStore
from inbox_service.api.public.door import PublicDoor
from inbox_service.auth.links import Links
from inbox_service.auth.passwords import Passwords
from inbox_service.auth.people import People
from inbox_service.health import Health
from inbox_service.help_centre.site import HelpSite
from inbox_service.help_centre.views import ViewCounter
from inbox_service.limits import Limits
from inbox_service.metrics import ServiceMetrics
from inbox_service.pages.assets import AssetShelf
from inbox_service.pages.rendering import Templates
from inbox_service.realtime.line import LiveLine
from inbox_service.realtime.typing_notices import TypingNotices
from inbox_service.reports import Reports
from inbox_service.widget.door import WidgetDoor
from inbox_service.widget.frame import WidgetTemplates
from inbox_service.widget.script import ScriptShelf
from ingest.inbox_contract import Site
from ingest.outgoing import outgoing_client
from ingest.receiver.intake import Intake


class Parts:
    """Everything a route may ask for."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.metrics = ServiceMetrics()
        self.files = FileStore(desk.settings.storage.files_url)
        self.people = People(desk)
        self.passwords = Passwords()
        self.limits = Limits(desk.settings.limiting, desk.redis, desk.settings.storage.redis_url)
        self.live_line = LiveLine(desk, self.people, self.metrics)
        self.presence = self.live_line.presence
        self.attendance = self.live_line.attendance
        self.heartbeat = self.live_line.heartbeat
        self.typing_notices = TypingNotices(desk)
        self.reports = Reports(desk.settings.storage)
        self.intake = Intake(desk, self.metrics.registry)
        self.http = outgoing_client(
            allow_private_targets=desk.settings.security.allow_private_targets
        )
        self.links = Links(desk.secrets, desk.clock, desk.settings.addresses.public_url)
        self.site = Site(desk.settings.addresses.public_url, self.http)
        self.health = Health(desk, self.files)
        self.templates = Templates()
        self.asset_shelf = AssetShelf()
        self.script_shelf = ScriptShelf()
        self.public_door = PublicDoor(desk)
        self.widget_door = WidgetDoor(desk)
        self.widget_templates = WidgetTemplates()
        self.help_site = HelpSite(desk, self.templates, self.asset_shelf)
        self.view_counter = ViewCounter(desk)

    def start(self) -> None:
        """Begin what runs by itself."""
        self.live_line.start()

    async def close(self) -> None:
        """End it, and let everything go."""
        self.typing_notices.close()
        await self.view_counter.close()
        await self.live_line.close()
        await self.intake.close()
        await self.http.aclose()
        self.reports.close()
        self.passwords.close()
        await self.desk.close()

    def dependencies(self) -> dict[str, Provide]:
        """By these names routes ask for the parts."""
        return {
            name: _given(getattr(self, name))
            for name in (
                "desk",
                "files",
                "people",
                "passwords",
                "presence",
                "attendance",
                "typing_notices",
                "heartbeat",
                "reports",
                "links",
                "site",
                "health",
                "metrics",
                "templates",
                "asset_shelf",
                "script_shelf",
                "public_door",
                "widget_door",
                "widget_templates",
                "help_site",
                "view_counter",
            )
        }


def _given(part: object) -> Provide:
    def give() -> object:
        return part

    return Provide(give, sync_to_thread=False)
