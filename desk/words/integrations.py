"""The programs an account can work with: what each is for, and what it must be told."""

import re
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from desk.words.coded import Coded
from desk.words.errors import Invalid
from desk.words.web_address import web_address

SLACK_API = "https://slack.com/api"
MOST_CREDENTIALS = 20_000
"""Bytes of a service account's key file."""

_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>[^`]*)`)?$", re.S)
_MISSING = re.compile(r"missing required field `(\w+)`")


class HookType(StrEnum):
    """Whether an app is used by the whole account or by one inbox."""

    ACCOUNT = "account"
    INBOX = "inbox"


class HookStatus(Coded):
    """Whether it is at work."""

    DISABLED = 0
    ENABLED = 1


Url = Annotated[str, Meta(pattern=r"^https?://[^\s@\\]+$", max_length=2048)]


class SlackSettings(msgspec.Struct):
    """A channel of a Slack workspace, and the keys of the Slack app that is in it."""

    channel_id: Annotated[
        str, Meta(pattern="^[CGD][A-Z0-9]{2,30}$", title="Channel ID", examples=["C0123456789"])
    ]
    bot_token: Annotated[
        str,
        Meta(
            pattern="^xox[a-z.]*-.+$",
            max_length=512,
            title="Bot token",
            examples=["xoxb-1234-5678-abc"],
        ),
    ]
    signing_secret: Annotated[
        str, Meta(min_length=8, max_length=128, title="Signing secret of the Slack app")
    ]
    api_base_url: Url = SLACK_API


class ServiceAccount(msgspec.Struct):
    """The key file of a Google service account, as far as it is read."""

    client_email: Annotated[str, Meta(min_length=3, max_length=320)]
    private_key: Annotated[str, Meta(pattern="-----BEGIN [A-Z ]*PRIVATE KEY-----")]
    token_uri: Url = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address


class DialogflowSettings(msgspec.Struct):
    """A Dialogflow agent, and the key of a service account that may ask it."""

    project_id: Annotated[
        str,
        Meta(
            pattern="^[A-Za-z0-9][A-Za-z0-9._:-]{1,99}$",
            title="Google Cloud project ID",
            examples=["my-agent-4711"],
        ),
    ]
    credentials: Annotated[ServiceAccount, Meta(title="Key file of the service account")]
    region: Annotated[
        str, Meta(pattern="^[a-z0-9-]{2,40}$", title="Region", examples=["global"])
    ] = "global"
    language_code: Annotated[
        str, Meta(pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", title="Language", examples=["en"])
    ] = "en"
    api_base_url: Url | None = None


class App(msgspec.Struct, frozen=True):
    """A program that an account can work with."""

    id: str
    name: str
    description: str
    hook_type: HookType
    settings: type[msgspec.Struct] | None = None
    """Absent: it is set up at an address of its own."""
    secret: frozenset[str] = frozenset()
    """Settings that are sealed and never shown again."""
    allow_multiple_hooks: bool = False


WEBHOOK, SLACK, DIALOGFLOW = "webhook", "slack", "dialogflow"

APPS = (
    App(
        WEBHOOK,
        "Webhooks",
        "Tells your own programs what happens. Webhooks are made at /webhooks.",
        HookType.ACCOUNT,
        allow_multiple_hooks=True,
    ),
    App(
        SLACK,
        "Slack",
        "Every conversation becomes a thread in a Slack channel; what colleagues answer there "
        "goes to the customer, or begins with “note:” and stays among you.",
        HookType.ACCOUNT,
        settings=SlackSettings,
        secret=frozenset({"bot_token", "signing_secret"}),
    ),
    App(
        DIALOGFLOW,
        "Dialogflow",
        "A bot answers customers first and hands over to people when it is asked to or knows "
        "nothing to say.",
        HookType.INBOX,
        settings=DialogflowSettings,
        secret=frozenset({"credentials"}),
        allow_multiple_hooks=True,
    ),
)
"""Every one of them works: what is not built is not listed."""

BY_ID = {app.id: app for app in APPS}


def app_of(app_id: object) -> App:
    """The app of that id; raises Invalid."""
    app = BY_ID.get(str(app_id))
    if app is None:
        raise Invalid("unknown_app", f"app_id must be one of {', '.join(BY_ID)}.", field="app_id")
    return app


def checked_settings(app: App, given: dict[str, Any]) -> dict[str, Any]:
    """The settings as they are to be kept, unknown ones left out; raises Invalid with the field."""
    if app.settings is None:
        raise Invalid("set_up_elsewhere", app.description, field="app_id")
    given = {
        name: _opened(value) if name == "credentials" else value for name, value in given.items()
    }
    try:
        kept: dict[str, Any] = msgspec.to_builtins(msgspec.convert(given, app.settings))
    except msgspec.ValidationError as error:
        raise _refusal(app, str(error)) from None
    for name in ("api_base_url", "token_uri"):
        for place, values in (
            ("settings", kept),
            ("settings.credentials", kept.get("credentials")),
        ):
            if isinstance(values, dict) and values.get(name):
                values[name] = web_address(values[name], field=f"{place}.{name}")
    if any("\x00" in value for value in kept.values() if isinstance(value, str)):
        raise Invalid("settings_malformed", "A setting holds a NUL.", field="settings")
    return kept


def schema_of(app: App) -> dict[str, Any]:
    """The JSON schema of the app's settings."""
    if app.settings is None:
        return {"type": "object", "properties": {}}
    (_,), definitions = msgspec.json.schema_components(
        [app.settings], ref_template="#/$defs/{name}"
    )
    own = dict(definitions.pop(app.settings.__name__))
    return own | ({"$defs": definitions} if definitions else {})


def _opened(value: Any) -> Any:
    """A key file may be pasted as the text it is."""
    if isinstance(value, str) and len(value) <= MOST_CREDENTIALS:
        try:
            return msgspec.json.decode(value)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return value
    return value


def _refusal(app: App, said: str) -> Invalid:
    found = _AT.match(said)
    what, path = (found["what"], found["path"] or "") if found else (said, "")
    missing = _MISSING.search(what)
    field = "settings" + re.sub(r"\[.*?\]", "", path) + (f".{missing[1]}" if missing else "")
    setting = schema_of(app)["properties"].get(field.split(".")[1] if "." in field else "", {})
    sentence = "It is missing." if missing else f"{what.replace('`', '')}."
    if examples := setting.get("examples"):
        sentence = f"It is such as {examples[0]}."
    return Invalid("settings_malformed", f"{field}: {sentence}", field=field)
