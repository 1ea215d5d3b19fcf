"""The link with which a platform signs a person in."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Redirect

from desk.store import people as people_store
from desk.store.desk import Desk
from desk.store.single_sign_on import PATH, take_sign_in
from inbox_service.auth.beginning import begin_session
from inbox_service.auth.guard import PUBLIC

LONGEST_TOKEN = 200


@get(PATH, opt=PUBLIC, include_in_schema=False)
async def login_link(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    token: Annotated[str, QueryParameter(name="sso_auth_token")] = "",
) -> Response[Any]:
    """Sign the person in whom the token names, once; without one, the usual form."""
    user_id = None
    # A picture in somebody's page may lead here as well: nobody is signed in by looking at it.
    is_gone_to = request.headers.get("sec-fetch-dest", "document") == "document"
    if is_gone_to and token and len(token) <= LONGEST_TOKEN:
        user_id = await take_sign_in(desk.redis, desk.secrets, token)
    if user_id is not None:
        async with desk.transaction_across_accounts(reason="signing in names no account") as tx:
            person = await people_store.person(tx, user_id)
        if person is not None:
            answer = Redirect("/", status_code=303)
            answer.set_cookie(await begin_session(request, desk, user_id, how="sso"))
            return answer
    return Redirect("/sign_in", status_code=303)
