"""Definitions of custom attributes."""

from tests.inbox_service.contract.operation import Operation

CUSTOM_ATTRIBUTES = (
    Operation(
        "add-new-custom-attribute-to-account",
        body={
            "attribute_display_name": "Cabin",
            "attribute_display_type": 6,
            "attribute_description": "Where they sit",
            "attribute_key": "cabin",
            "attribute_values": ["economy", "business"],
            "attribute_model": 0,
        },
        keep={"attribute": "id"},
        says={"attribute_key": "cabin", "attribute_values": ["economy", "business"]},
        refuses=(
            {"attribute_key": "seat"},
            {
                "attribute_display_name": "Seat",
                "attribute_display_type": 99,
                "attribute_key": "seat",
                "attribute_model": 0,
            },
        ),
        administrators=True,
    ),
    Operation(
        "get-account-custom-attribute",
        query={"attribute_model": 0},
        says={"0.id": "{attribute}"},
        refuses_query=({"attribute_model": "furniture"},),
    ),
    Operation(
        "get-details-of-a-single-custom-attribute",
        at={"id": "attribute"},
        says={"id": "{attribute}"},
    ),
    Operation(
        "update-custom-attribute-in-account",
        at={"id": "attribute"},
        body={"attribute_display_name": "Class of travel"},
        says={"attribute_display_name": "Class of travel"},
        refuses=({"attribute_display_name": ""},),
        administrators=True,
    ),
    Operation("delete-custom-attribute-from-account", at={"id": "attribute"}, administrators=True),
)
