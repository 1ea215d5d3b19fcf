"""Facts about the pages of other programs that screens show beside a conversation."""

import msgspec


class DashboardAppCreated(msgspec.Struct, frozen=True, tag="dashboard_app_created"):
    """A page was added."""

    dashboard_app_id: int


class DashboardAppUpdated(msgspec.Struct, frozen=True, tag="dashboard_app_updated"):
    """A page got another title or another address."""

    dashboard_app_id: int
    fields: list[str]


class DashboardAppDeleted(msgspec.Struct, frozen=True, tag="dashboard_app_deleted"):
    """A page was taken away."""

    dashboard_app_id: int
