"""Asking a customer how it went: a page without a login, and the answer for programs."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, URLEncodedBody
from litestar.response import Redirect

from desk.actions.rate_conversation import record_rating
from desk.store.desk import Desk
from desk.store.surveys import survey_of
from desk.words.errors import NotFound
from desk.words.ids import AccountId
from inbox_service.auth.guard import PUBLIC
from inbox_service.pages.assets import AssetShelf
from inbox_service.pages.rendering import Templates

STYLES = ("css/pages.css",)
MOST_FEEDBACK = 5_000

AnyRequest = Request[Any, Any, Any]


class RatingForm(msgspec.Struct):
    """What the page sends."""

    rating: int
    feedback: str = ""


class RatingWanted(msgspec.Struct):
    """The customer's answer."""

    rating: int
    feedback_message: str | None = None


class Submitted(msgspec.Struct):
    """Where Chatwoot's widget puts the answer."""

    csat_survey_response: RatingWanted


class SubmittedValues(msgspec.Struct):
    """Where Chatwoot's widget puts the values of a form message."""

    submitted_values: Submitted


class AnswerSurvey(msgspec.Struct):
    """The answer, as Chatwoot's survey page sends it."""

    message: SubmittedValues


class SurveyAnswer(msgspec.Struct):
    """How the survey stands."""

    conversation_id: str
    rating: int | None
    feedback_message: str | None


@get(
    "/survey/responses/{conversation_uuid:uuid}",
    opt=PUBLIC,
    operation_id="get-csat-survey-page",
    media_type="text/html",
    tags=["Satisfaction"],
)
async def survey_page(
    desk: NamedDependency[Desk],
    templates: NamedDependency[Templates],
    asset_shelf: NamedDependency[AssetShelf],
    conversation_uuid: FromPath[UUID],
    again: FromQuery[bool] = False,
) -> Response[str]:
    """The question, or thanks where it was answered."""
    found = await _survey(desk, conversation_uuid)
    return templates.page(
        "survey.html",
        {
            "inbox": found["inbox_name"],
            "styles": asset_shelf.current().styles(*STYLES),
            "address": f"/survey/responses/{conversation_uuid}",
            "rating": found["rating"],
            "feedback": found["feedback"],
            "thanks": found["rating"] is not None and not again,
            "error": None,
        },
    )


@post("/survey/responses/{conversation_uuid:uuid}", opt=PUBLIC, include_in_schema=False)
async def answer_page(
    desk: NamedDependency[Desk],
    conversation_uuid: FromPath[UUID],
    data: URLEncodedBody[RatingForm],
) -> Redirect:
    """Take the page's answer."""
    await _record(desk, conversation_uuid, data.rating, data.feedback)
    return Redirect(f"/survey/responses/{conversation_uuid}", status_code=303)


@put(
    "/public/api/v1/csat_survey/{conversation_uuid:uuid}",
    opt=PUBLIC,
    operation_id="answer-a-csat-survey",
    tags=["Satisfaction"],
)
async def answer_survey(
    desk: NamedDependency[Desk], conversation_uuid: FromPath[UUID], data: JSONBody[AnswerSurvey]
) -> SurveyAnswer:
    """Take a program's answer; a later one replaces it."""
    wanted = data.message.submitted_values.csat_survey_response
    await _record(desk, conversation_uuid, wanted.rating, wanted.feedback_message)
    return await _answer(desk, conversation_uuid)


@get(
    "/public/api/v1/csat_survey/{conversation_uuid:uuid}",
    opt=PUBLIC,
    operation_id="get-a-csat-survey",
    tags=["Satisfaction"],
)
async def get_survey(
    desk: NamedDependency[Desk], conversation_uuid: FromPath[UUID]
) -> SurveyAnswer:
    """How the survey stands."""
    return await _answer(desk, conversation_uuid)


async def _answer(desk: Desk, conversation_uuid: UUID) -> SurveyAnswer:
    found = await _survey(desk, conversation_uuid)
    return SurveyAnswer(str(conversation_uuid), found["rating"], found["feedback"])


async def _record(desk: Desk, uuid: UUID, rating: int, feedback: str | None) -> None:
    found = await _survey(desk, uuid)
    said = (feedback or "").replace("\x00", "").strip()[:MOST_FEEDBACK] or None
    async with desk.transaction(AccountId(found["account_id"])) as tx:
        await record_rating(tx, uuid, rating, said)


async def _survey(desk: Desk, uuid: UUID) -> dict[str, Any]:
    async with desk.transaction_across_accounts(
        reason="a survey's address names a conversation, not an account"
    ) as tx:
        found = await survey_of(tx, uuid)
    if found is None:
        raise NotFound("survey_not_found", "There is no such survey.")
    return found
