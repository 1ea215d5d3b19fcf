"""What is done to several articles at once."""

from typing import Annotated

import msgspec
from litestar import Router, delete, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_article import delete_article, update_article
from desk.store.desk import Desk
from desk.store.help_centre import portal_named
from desk.words.actor import Actor
from desk.words.help_centre import article_status_of

MANAGES = {"needs": Permission.HELP_CENTRE_MANAGE}

MOST_AT_ONCE = 100
Ids = Annotated[list[int], msgspec.Meta(min_length=1, max_length=MOST_AT_ONCE)]


class UpdateStatuses(msgspec.Struct):
    """Publish, archive or take back several."""

    article_ids: Ids
    status: int | str


class MoveArticles(msgspec.Struct):
    """Put several on another shelf, or on none."""

    article_ids: Ids
    category_id: int | None


class DeleteArticles(msgspec.Struct):
    """End several."""

    article_ids: Ids


@patch(
    "/portals/{portal:str}/articles/bulk_actions/update_status",
    operation_id="update-the-status-of-articles",
    opt=MANAGES,
)
async def update_statuses(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    data: JSONBody[UpdateStatuses],
) -> None:
    """Publish, archive or take back several at once, or none."""
    status, by = article_status_of(data.status), Actor.user(viewer.user_id)
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        for article_id in dict.fromkeys(data.article_ids):
            await update_article(tx, found, article_id, {"status": int(status)}, by=by)


@patch(
    "/portals/{portal:str}/articles/bulk_actions/update_category",
    operation_id="update-the-category-of-articles",
    opt=MANAGES,
)
async def move_articles(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    data: JSONBody[MoveArticles],
) -> None:
    """Put several on another shelf at once, or none."""
    by = Actor.user(viewer.user_id)
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        for article_id in dict.fromkeys(data.article_ids):
            await update_article(tx, found, article_id, {"category_id": data.category_id}, by=by)


@delete(
    "/portals/{portal:str}/articles/bulk_actions/delete_articles",
    operation_id="delete-articles",
    opt=MANAGES,
    status_code=200,
)
async def delete_articles(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    portal: FromPath[str],
    data: JSONBody[DeleteArticles],
) -> None:
    """End several at once, or none."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await portal_named(tx, portal)
        for article_id in dict.fromkeys(data.article_ids):
            await delete_article(tx, found, article_id, by=Actor.user(viewer.user_id))


router = Router(
    "", route_handlers=[update_statuses, move_articles, delete_articles], tags=["Help Centre"]
)
