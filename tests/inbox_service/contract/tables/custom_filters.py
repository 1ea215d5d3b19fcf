"""Filters a person keeps."""

from tests.inbox_service.contract.operation import Operation

QUERY = {
    "payload": [
        {
            "attribute_key": "status",
            "filter_operator": "equal_to",
            "values": ["open"],
            "query_operator": None,
        }
    ]
}
ONE = {"custom_filter_id": "filter"}

CUSTOM_FILTERS = (
    Operation(
        "create-a-custom-filter",
        query={"filter_type": "conversation"},
        body={"name": "Open ones", "type": "conversation", "query": QUERY},
        keep={"filter": "id"},
        says={"name": "Open ones"},
        refuses=(
            {},
            {"name": "A", "type": "pigeon", "query": QUERY},
            {"name": "", "type": "conversation", "query": QUERY},
        ),
    ),
    Operation(
        "list-all-filters",
        query={"filter_type": "conversation"},
        says={"0.id": "{filter}"},
        refuses_query=({"filter_type": "pigeon"},),
    ),
    Operation("get-details-of-a-single-custom-filter", at=ONE, says={"id": "{filter}"}),
    Operation(
        "update-a-custom-filter",
        at=ONE,
        body={"name": "Mine", "type": "conversation", "query": QUERY},
        says={"name": "Mine"},
        refuses=({"name": ""},),
    ),
    Operation("delete-a-custom-filter", at=ONE),
)
