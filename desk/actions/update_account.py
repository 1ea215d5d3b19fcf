"""An account says something else of itself, or a platform says it for it."""

import re
from typing import Any

import msgspec

from desk.actions.open_account import switch_feature
from desk.actions.resolve_quiet import look_for_quiet
from desk.events.accounts import AccountResumed, AccountSuspended, AccountUpdated
from desk.store.transaction import TenantTx
from desk.tables.accounts import AccountRow
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound
from desk.words.time_zones import known_zone

SHORTEST_WAIT, LONGEST_WAIT = 10, 1_439_856
"""Minutes until a quiet conversation may be resolved by itself."""
LARGEST_OBJECT = 64 * 1024
MOST_FEATURES = 200

_TEXTS = {"name": 255, "domain": 100, "support_email": 100}
_LOCALE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*")
_OBJECTS = ("limits", "custom_attributes")


async def update_account(tx: TenantTx, changes: dict[str, Any], *, by: Actor) -> AccountRow:
    """Change these of name, locale, domain, support_email, time_zone, limits, custom_attributes,
    settings (what is in it joins what is there), features (name → on) and suspended."""
    account = await tx.session.get(AccountRow, tx.account_id, with_for_update=True)
    if account is None or account.deleted_at is not None:
        raise NotFound("account_not_found", "There is no such account.")
    new = _checked(account, changes)
    changed = [field for field, value in new.items() if getattr(account, field) != value]
    for field in changed:
        setattr(account, field, new[field])
    if "suspended" in changed:
        tx.record(AccountSuspended() if account.suspended else AccountResumed(), by=by)
        changed.remove("suspended")
    if changed:
        tx.record(AccountUpdated(sorted(changed)), by=by)
    wants_quiet_resolved = account.settings.get("auto_resolve_after") is not None
    if wants_quiet_resolved and not account.suspended and {"settings", "suspended"} & set(changes):
        await tx.session.flush()
        await look_for_quiet(tx)
    for feature, on in _features(changes.get("features")).items():
        await switch_feature(tx, feature, on=on, by=by)
    return account


def _checked(account: AccountRow, changes: dict[str, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {}
    for field, longest in _TEXTS.items():
        if field in changes:
            new[field] = _text(field, changes[field], longest, required=field == "name")
    if "locale" in changes:
        new["locale"] = _locale(changes["locale"])
    if changes.get("time_zone") is not None:
        new["time_zone"] = known_zone(str(changes["time_zone"]))
    for field in _OBJECTS:
        if field in changes:
            new[field] = _object(field, changes[field] or {})
    if "settings" in changes:
        new["settings"] = account.settings | _settings(changes["settings"])
    if "suspended" in changes:
        new["suspended"] = bool(changes["suspended"])
    return new


def _text(field: str, given: object, longest: int, *, required: bool) -> str | None:
    text = given.strip() if isinstance(given, str) else ""
    if (required and not text) or len(text) > longest or "\x00" in text:
        raise Invalid(f"{field}_malformed", f"{field} has 1 to {longest} characters.", field=field)
    return text or None


def _locale(given: object) -> str:
    text = given.strip() if isinstance(given, str) else ""
    if len(text) > 16 or not _LOCALE.fullmatch(text):
        raise Invalid("unknown_locale", "locale is a language such as en or pt_BR.", field="locale")
    return text


def _object(field: str, given: object) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Invalid(f"{field}_malformed", f"{field} is an object.", field=field)
    if len(msgspec.json.encode(given)) > LARGEST_OBJECT:
        raise Invalid(f"{field}_too_large", "At most 64 KiB fit.", field=field)
    return given


def _settings(given: dict[str, Any]) -> dict[str, Any]:
    wait = given.get("auto_resolve_after")
    if wait is not None and not SHORTEST_WAIT <= wait <= LONGEST_WAIT:
        raise Invalid(
            "auto_resolve_after_malformed",
            f"auto_resolve_after is {SHORTEST_WAIT} to {LONGEST_WAIT:,} minutes, or null.",
            field="auto_resolve_after",
        )
    message = given.get("auto_resolve_message")
    if message is not None and len(message) > 10_000:
        raise Invalid(
            "auto_resolve_message_malformed",
            "auto_resolve_message has at most 10,000 characters.",
            field="auto_resolve_message",
        )
    return given


def _features(given: object) -> dict[str, bool]:
    if given is None:
        return {}
    if not isinstance(given, dict) or len(given) > MOST_FEATURES:
        raise Invalid("features_malformed", "features is an object of switches.", field="features")
    for name, on in given.items():
        if not isinstance(on, bool) or not re.fullmatch(r"[a-z0-9_]{1,64}", name):
            raise Invalid(
                "features_malformed", "A feature's name leads to true or false.", field="features"
            )
    return given
