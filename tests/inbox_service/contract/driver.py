"""Asks the operations of a table, and says what is wrong with the answers."""

from collections.abc import Mapping
from typing import Any

import httpx

from tests.inbox_service.contract.operation import Operation, filled, part_of
from tests.inbox_service.contract.reference import ALIASES, Described, Reference, bare
from tests.inbox_service.contract.sides import Side

Offered = frozenset[tuple[str, str]]
"""Methods and bare paths of our own document."""

MISSING = 999_999_999
NUMBERED_BY_ACCOUNT = ("conversation_id",)
"""Parameters whose numbers begin at one in every account: the neighbour's are ours, too."""
KEYS_IN_THEMSELVES = ("inbox_identifier", "conversation_uuid")
"""Parameters that open what they name to whoever has them."""
WHO_FOR = {"userApiKey": "administrator", "platformAppApiKey": "platform", None: "nobody"}


class Driver:
    """Drives tables on our side; the neighbour's things are what must not be found."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        reference: Reference,
        offered: Offered,
        ours: Side,
        theirs: Side,
    ) -> None:
        self.http = http
        self.reference = reference
        self.offered = offered
        self.ours = ours
        self.theirs = theirs

    async def faults_of(self, operation: Operation) -> list[str]:
        """What is wrong with an operation, each fault beginning with its name."""
        said = self.reference.described[operation.id]
        path = bare(said.path)
        if not {(said.method, path), (said.method, f"/api/v1{path}")} & self.offered:
            return [f"{operation.id}: is not offered"]
        try:
            faults = [] if operation.again else await self._failures(operation, said)
            if operation.keep:
                made = await self.ask(operation, self.theirs)
                self.remember(operation, made, self.theirs)
            faults += await self._success(operation, said)
        except KeyError as unknown:
            return [f"{operation.id}: {unknown} of an earlier operation is not there"]
        return [f"{operation.id}: {fault}" for fault in faults]

    async def ask(
        self,
        operation: Operation,
        side: Side,
        who: str | None = None,
        *,
        at: Mapping[str, Any] | None = None,
        path: str | None = None,
        **changed: Any,
    ) -> httpx.Response:
        """Ask with the table's values, those in `changed` instead of the table's own."""
        said = self.reference.described[operation.id]
        parts = {"account_id": side.values["account"]}
        parts |= {name: side.values[value] for name, value in operation.at.items()}
        asked: dict[str, Any] = {
            "params": filled(operation.query, side.values),
            "json": filled(operation.body, side.values),
            "headers": side.headers(who or WHO_FOR[said.key]),
            **changed,
        }
        if "content" in changed or asked["json"] is None:
            del asked["json"]
        address = (path or said.path).format(**{**parts, **(at or {})})
        return await self.http.request(said.method, address, **asked)

    async def _failures(self, operation: Operation, said: Described) -> list[str]:
        faults: list[str] = []

        def expect(status: int, when: str, answer: httpx.Response) -> None:
            if answer.status_code != status:
                faults.append(f"{when}: {answer.status_code} instead of {status}")
            elif not _is_an_error(answer):
                faults.append(f"{when}: {answer.text[:80]} is no error of ours")

        if said.key is not None:
            expect(401, "nobody", await self.ask(operation, self.ours, "nobody"))
            wrong = {"api_access_token": "wrong"}
            expect(401, "a wrong token", await self.ask(operation, self.ours, headers=wrong))
            other = "platform" if said.key == "userApiKey" else "administrator"
            expect(401, f"the {other}'s token", await self.ask(operation, self.ours, other))
        if said.key == "userApiKey" and "{account_id}" in said.path:
            stranger = self.theirs.headers("administrator")
            expect(404, "another tenant", await self.ask(operation, self.ours, headers=stranger))
        for name in operation.at:
            absent = await self.ask(operation, self.ours, at={name: _absent(name)})
            expect(404, f"no such {name}", absent)
            if name not in (*NUMBERED_BY_ACCOUNT, *KEYS_IN_THEMSELVES):
                foreign = self.theirs.values[operation.at[name]]
                expect(
                    404,
                    f"a foreign {name}",
                    await self.ask(operation, self.ours, at={name: foreign}),
                )
            elif name in NUMBERED_BY_ACCOUNT and said.key == "userApiKey":
                expect(
                    404,
                    "an agent of another inbox",
                    await self.ask(operation, self.ours, "outsider"),
                )
        if operation.administrators:
            expect(403, "an agent", await self.ask(operation, self.ours, "agent"))
        for body in operation.refuses:
            answer = await self.ask(operation, self.ours, json=filled(body, self.ours.values))
            expect(422, f"malformed {str(body)[:60]}", answer)
        for query in operation.refuses_query:
            answer = await self.ask(operation, self.ours, params=filled(query, self.ours.values))
            expect(422, f"malformed {query}", answer)
        if said.reads_json and operation.refuses:
            as_json = self.ours.headers(WHO_FOR[said.key]) | {"Content-Type": "application/json"}
            broken = await self.ask(operation, self.ours, content=b'{"a":', headers=as_json)
            expect(400, "no JSON", broken)
        return faults

    async def _success(self, operation: Operation, said: Described) -> list[str]:
        body = filled(operation.body, self.ours.values)
        if isinstance(body, dict):
            # What no one has heard of is ignored.
            body = {**body, "unheard_of": 1}
        answer = await self.ask(operation, self.ours, json=body)
        faults = self.judged(operation, said, answer)
        if answer.is_success:
            self.remember(operation, answer, self.ours)
            faults += [
                f"{path}: {found!r} instead of {wanted!r}"
                for path, wanted in filled(operation.says, self.ours.values).items()
                if (found := _found(answer, path)) != wanted
            ]
        if said.method == "GET" and said.path.startswith("/api/v1/accounts") and not faults:
            short = said.path.removeprefix("/api/v1")
            for spelling in (f"{said.path}/", short, f"{short}/"):
                other = await self.ask(operation, self.ours, path=spelling)
                if other.status_code != answer.status_code:
                    faults.append(f"as {spelling}: {other.status_code}")
        return faults

    def judged(self, operation: Operation, said: Described, answer: httpx.Response) -> list[str]:
        """What the reference has against an answer."""
        if answer.status_code not in said.statuses:
            return [f"{answer.status_code} instead of {set(said.statuses)}: {answer.text[:200]}"]
        if operation.id == "get-csat-survey-page":
            html = answer.headers["content-type"].startswith("text/html")
            return [] if html else ["no page"]
        name = ALIASES.get(operation.id, operation.id)
        if not self.reference.has_a_shape(name):
            return []
        if not answer.headers.get("content-type", "").startswith("application/json"):
            return [f"{answer.headers.get('content-type')} is no JSON"]
        return self.reference.faults(name, answer.json())

    def remember(self, operation: Operation, answer: httpx.Response, side: Side) -> None:
        """Keep for later rows what they need of the answer."""
        if answer.is_success:
            for name, path in operation.keep.items():
                side.values[name] = part_of(answer.json(), path)


def _absent(name: str) -> Any:
    if name == "conversation_uuid":
        return "6b1f0f4e-0000-4000-8000-00000000dead"
    return f"none-{MISSING}" if name.endswith("identifier") else MISSING


def _found(answer: httpx.Response, path: str) -> Any:
    try:
        return part_of(answer.json(), path)
    except (KeyError, IndexError, TypeError):
        return "nothing there"


def _is_an_error(answer: httpx.Response) -> bool:
    if not answer.headers.get("content-type", "").startswith("application/json"):
        return False
    said = answer.json()
    return isinstance(said.get("error"), str) and isinstance(said.get("message"), str)
