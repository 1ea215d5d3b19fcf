"""An approved template, filled in: from Chatwoot's parameters to the Graph API's."""

from typing import Any


def as_template(params: dict[str, Any]) -> dict[str, Any]:
    """The `template` object of a message."""
    components = _components(params.get("processed_params") or {})
    return {
        "name": params["name"],
        "language": {"policy": "deterministic", "code": params["language"]},
        **({"components": components} if components else {}),
    }


def _components(given: dict[str, Any]) -> list[dict[str, Any]]:
    if not _is_by_component(given):
        # The older form fills in the body alone.
        given = {"body": given}
    components = []
    header = given.get("header") or {}
    if header.get("media_url"):
        kind = header.get("media_type") or "image"
        media = {"type": kind, kind: {"link": header["media_url"]}}
        components.append({"type": "header", "parameters": [media]})
    elif header:
        components.append({"type": "header", "parameters": _texts(header)})
    if given.get("body"):
        components.append({"type": "body", "parameters": _texts(given["body"])})
    for index, button in enumerate(given.get("buttons") or ()):
        if button:
            components.append(_button(index, button))
    return components


def _is_by_component(given: dict[str, Any]) -> bool:
    return any(isinstance(value, dict | list) for value in given.values())


def _texts(values: dict[str, Any]) -> list[dict[str, Any]]:
    """Numbered places in the order of their numbers; named ones carry their name."""
    if all(key.isdecimal() for key in values):
        return [{"type": "text", "text": str(values[key])} for key in sorted(values, key=int)]
    return [
        {"type": "text", "parameter_name": key, "text": str(value)} for key, value in values.items()
    ]


def _button(index: int, button: dict[str, Any]) -> dict[str, Any]:
    kind = button.get("type") or "url"
    value = str(button.get("parameter") or "")
    parameter = (
        {"type": "coupon_code", "coupon_code": value}
        if kind == "copy_code"
        else {"type": "text", "text": value}
    )
    return {"type": "button", "sub_type": kind, "index": str(index), "parameters": [parameter]}
