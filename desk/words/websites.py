"""What a website's chat is like while nobody has said otherwise."""

from typing import Any

FEATURES = (
    "attachments",
    "emoji_picker",
    "end_conversation",
    "use_inbox_avatar_for_bot",
    "allow_mobile_webview",
)
"""What a widget may offer; the first three it offers unless told not to."""

DEFAULTS: dict[str, Any] = {
    "welcome_title": None,
    "welcome_tagline": None,
    "widget_color": "#006ba0",
    "reply_time": "in_a_few_minutes",
    "pre_chat_form_enabled": False,
    "pre_chat_form_options": {
        "pre_chat_message": "",
        "pre_chat_fields": [
            {
                "name": "fullName",
                "label": "Name",
                "type": "text",
                "field_type": "standard",
                "placeholder": "",
                "required": True,
                "enabled": True,
            },
            {
                "name": "emailAddress",
                "label": "E-mail",
                "type": "email",
                "field_type": "standard",
                "placeholder": "",
                "required": True,
                "enabled": True,
            },
        ],
    },
    "hmac_mandatory": False,
    "allowed_domains": "",
    "selected_feature_flags": list(FEATURES[:3]),
}
"""The settings of a website inbox, as its `config` holds them."""
