"""Simulated agents at work: everything they do goes through the API, as their tokens allow."""

from typing import Any

import httpx
import structlog

from desk.actions.employ_agent import api_token
from desk.local.demo.founding import Founded
from desk.local.demo.live_agent import AgentMove
from desk.store.secrets import SecretBox

log = structlog.get_logger()


class Agency:
    """Carries out agents' moves."""

    def __init__(self, secrets: SecretBox, api: httpx.AsyncClient) -> None:
        self._secrets = secrets
        self._api = api

    async def make(self, founded: Founded, agent: str, number: int, move: AgentMove) -> int | None:
        """Reply and do what goes with it; the reply's id, or nothing when it was refused."""
        base = f"/api/v1/accounts/{founded.account_id}/conversations/{number}"
        await self._post(founded, agent, f"{base}/update_last_seen", {})
        reply = await self._post(founded, agent, f"{base}/messages", {"content": move.text})
        to = {"assignee_id": founded.agents[agent]}
        if move.team is not None:
            await self._post(
                founded, agent, f"{base}/assignments", {"team_id": founded.teams[move.team]}
            )
        await self._post(founded, agent, f"{base}/assignments", to)
        if move.labels:
            await self._label(founded, agent, f"{base}/labels", move.labels)
        if move.priority is not None:
            priority = {"priority": move.priority.word}
            await self._post(founded, agent, f"{base}/toggle_priority", priority)
        if move.resolves:
            await self._post(founded, agent, f"{base}/toggle_status", {"status": "resolved"})
        return reply.get("id")

    async def rate(self, conversation_uuid: str, rating: int) -> None:
        """The customer answers the survey."""
        values = {"csat_survey_response": {"rating": rating, "feedback_message": ""}}
        await self._api.put(
            f"/public/api/v1/csat_survey/{conversation_uuid}",
            json={"message": {"submitted_values": values}},
        )

    async def _label(
        self, founded: Founded, agent: str, path: str, labels: tuple[str, ...]
    ) -> None:
        now = await self._api.get(path, headers=self._as(founded, agent))
        there = now.json().get("payload", []) if now.is_success else []
        await self._post(founded, agent, path, {"labels": sorted({*there, *labels})})

    async def _post(
        self, founded: Founded, agent: str, path: str, body: dict[str, Any]
    ) -> dict[str, Any]:
        answer = await self._api.post(path, json=body, headers=self._as(founded, agent))
        if answer.is_error:
            log.warning("api_refused", route=path, status=answer.status_code)
            return {}
        shape = answer.json() if answer.content else {}
        return shape if isinstance(shape, dict) else {}

    def _as(self, founded: Founded, agent: str) -> dict[str, str]:
        return {"api_access_token": api_token(self._secrets, founded.agents[agent])}
