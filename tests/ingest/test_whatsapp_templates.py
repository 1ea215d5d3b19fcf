"""An approved template, from Chatwoot's parameters to the Graph API's."""

from typing import Any

import pytest

from ingest.channels.whatsapp.templates import as_template

BODY_OF_ONE = {"type": "body", "parameters": [{"type": "text", "text": "B4"}]}


@pytest.mark.parametrize(
    ("given", "components"),
    [
        (None, None),
        ({}, None),
        ({"1": "B4"}, [BODY_OF_ONE]),
        ({"body": {"1": "B4"}}, [BODY_OF_ONE]),
        (
            {"body": {str(n): n for n in (10, 2, 1)}},
            [
                {
                    "type": "body",
                    "parameters": [{"type": "text", "text": text} for text in ("1", "2", "10")],
                }
            ],
        ),
        (
            {"body": {"gate": "B4"}},
            [
                {
                    "type": "body",
                    "parameters": [{"type": "text", "parameter_name": "gate", "text": "B4"}],
                }
            ],
        ),
        (
            {"header": {"media_url": "https://a.example/b.pdf", "media_type": "document"}},
            [
                {
                    "type": "header",
                    "parameters": [
                        {"type": "document", "document": {"link": "https://a.example/b.pdf"}}
                    ],
                }
            ],
        ),
        (
            {"header": {"1": "B4"}},
            [{"type": "header", "parameters": [{"type": "text", "text": "B4"}]}],
        ),
        (
            {
                "buttons": [
                    None,
                    {"type": "url", "parameter": "42"},
                    {"type": "copy_code", "parameter": "SALE"},
                ]
            },
            [
                {
                    "type": "button",
                    "sub_type": "url",
                    "index": "1",
                    "parameters": [{"type": "text", "text": "42"}],
                },
                {
                    "type": "button",
                    "sub_type": "copy_code",
                    "index": "2",
                    "parameters": [{"type": "coupon_code", "coupon_code": "SALE"}],
                },
            ],
        ),
    ],
)
def test_a_templates_places_are_filled_in(
    given: dict[str, Any] | None, components: list[dict[str, Any]] | None
) -> None:
    params = {"name": "gate_change", "language": "en_US", "processed_params": given}
    made = as_template(params)
    assert (made["name"], made["language"]["code"]) == ("gate_change", "en_US")
    assert made.get("components") == components
