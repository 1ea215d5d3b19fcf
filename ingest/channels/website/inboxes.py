"""How a website inbox is made, changed and shown: what the widget says, and where it may stand."""

import html
import re
from enum import StrEnum
from typing import Any

import msgspec

from desk.clock import new_token
from desk.words.channels import ChannelKind
from desk.words.errors import Invalid
from desk.words.web_address import web_address
from desk.words.websites import DEFAULTS, FEATURES
from ingest.inbox_contract import Given, InboxParts, Site, understood

Unset = msgspec.UnsetType

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_DOMAIN = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


class ReplyTime(StrEnum):
    """How soon the widget promises an answer."""

    MINUTES = "in_a_few_minutes"
    HOURS = "in_a_few_hours"
    DAY = "in_a_day"


class PreChatField(msgspec.Struct, frozen=True):
    """One question before the first message; `name` says what the answer is."""

    name: str
    label: str = ""
    type: str = "text"
    field_type: str = "standard"
    placeholder: str = ""
    required: bool = False
    enabled: bool = True


class PreChatForm(msgspec.Struct, frozen=True):
    """What is asked before the first message."""

    pre_chat_message: str = ""
    pre_chat_fields: tuple[PreChatField, ...] = ()


class WebsiteSettings(msgspec.Struct, frozen=True):
    """What can be said about a website inbox."""

    website_url: str | Unset = msgspec.UNSET
    welcome_title: str | Unset | None = msgspec.UNSET
    welcome_tagline: str | Unset | None = msgspec.UNSET
    widget_color: str | Unset | None = msgspec.UNSET
    reply_time: ReplyTime | Unset | None = msgspec.UNSET
    pre_chat_form_enabled: bool | Unset = msgspec.UNSET
    pre_chat_form_options: PreChatForm | Unset | None = msgspec.UNSET
    hmac_mandatory: bool | Unset = msgspec.UNSET
    allowed_domains: str | Unset | None = msgspec.UNSET
    selected_feature_flags: list[str] | Unset | None = msgspec.UNSET


class WebsiteInboxes:
    """Inboxes whose customers write in the widget."""

    type = "web_widget"
    kind = ChannelKind.WEBSITE

    async def prepare(self, given: Given, site: Site) -> InboxParts:
        config = website_config(given)
        if "website_url" not in config:
            raise Invalid("malformed", "website_url is missing.", field="website_url")
        return new_website(config)

    async def change(self, given: Given, now: InboxParts, site: Site) -> InboxParts:
        return msgspec.structs.replace(now, config=now.config | website_config(given))

    def shown(self, parts: InboxParts, site: Site, *, trusted: bool) -> dict[str, Any]:
        shown = {name: parts.config.get(name, DEFAULTS[name]) for name in DEFAULTS}
        shown |= {
            "website_url": parts.config.get("website_url"),
            "website_token": parts.address,
            "web_widget_script": script_tag(site.public_url, parts.address),
        }
        if trusted:
            shown["hmac_token"] = parts.secrets.get("hmac_token")
        return shown


def new_website(config: dict[str, Any]) -> InboxParts:
    """The parts of a website inbox with these settings and a token of its own."""
    return InboxParts(
        address=new_token(18),
        config=DEFAULTS | config,
        secrets={"hmac_token": new_token()},
    )


def website_config(given: Given) -> dict[str, Any]:
    """The settings of a request, checked; only those that were given."""
    settings = understood(given, WebsiteSettings)
    config: dict[str, Any] = {
        name: value
        for name in WebsiteSettings.__struct_fields__
        if (value := getattr(settings, name)) is not msgspec.UNSET
    }
    if "website_url" in config:
        config["website_url"] = web_address(
            _with_scheme(config["website_url"]), field="website_url"
        )
    if "widget_color" in config:
        config["widget_color"] = _color(config["widget_color"])
    if "reply_time" in config:
        config["reply_time"] = (config["reply_time"] or ReplyTime.MINUTES).value
    if "pre_chat_form_options" in config:
        form = config["pre_chat_form_options"] or DEFAULTS["pre_chat_form_options"]
        config["pre_chat_form_options"] = msgspec.to_builtins(form)
    if "allowed_domains" in config:
        config["allowed_domains"] = ",".join(domains_of(config["allowed_domains"] or ""))
    if "selected_feature_flags" in config:
        flags = config["selected_feature_flags"] or []
        unknown = sorted(set(flags) - set(FEATURES))
        if unknown:
            raise Invalid(
                "unknown_feature",
                f"The widget has no {', '.join(unknown)}; it has {', '.join(FEATURES)}.",
                field="selected_feature_flags",
            )
    return config


def domains_of(listed: str) -> list[str]:
    """The places named in a list with commas, each fit for a page's policy; raises Invalid."""
    found = []
    for one in filter(None, (part.strip().lower() for part in listed.split(","))):
        bare = one.partition("://")[2] or one
        bare = bare.rstrip("/")
        if not _DOMAIN.fullmatch(bare):
            raise Invalid(
                "domain_malformed",
                f"{one!r} is no domain; give a name such as shop.example or *.shop.example.",
                field="allowed_domains",
            )
        found.append(bare)
    return found


def script_tag(public_url: str, website_token: str) -> str:
    """What a site puts into its pages to have the chat."""
    base = html.escape(public_url, quote=True)
    return (
        "<script>\n"
        "  (function(d,t) {\n"
        f'    var BASE_URL="{base}";\n'
        "    var g=d.createElement(t),s=d.getElementsByTagName(t)[0];\n"
        '    g.src=BASE_URL+"/packs/js/sdk.js";\n'
        "    g.async = true;\n"
        "    s.parentNode.insertBefore(g,s);\n"
        "    g.onload=function(){\n"
        "      window.chatwootSDK.run({\n"
        f"        websiteToken: '{website_token}',\n"
        "        baseUrl: BASE_URL\n"
        "      })\n"
        "    }\n"
        '  })(document,"script");\n'
        "</script>"
    )


def _with_scheme(url: str) -> str:
    return url if "://" in url else f"https://{url}"


def _color(value: str | None) -> str:
    if value is None:
        return str(DEFAULTS["widget_color"])
    if not _COLOR.fullmatch(value):
        raise Invalid("color_malformed", "A colour is written #1f93ff.", field="widget_color")
    return value.lower()
