"""Which platform app asks."""

from typing import Any, NewType

from litestar import Request

from inbox_service.auth.guard import current_platform_app

PlatformApp = NewType("PlatformApp", int)

WIDE = "a platform app works across the accounts it made"


def platform_app_of(request: Request[Any, Any, Any]) -> PlatformApp:
    """The app the guard found."""
    return PlatformApp(current_platform_app(request.scope))
