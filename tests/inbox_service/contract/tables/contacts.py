"""Contacts, their labels and their addresses."""

from tests.inbox_service.contract.operation import Operation

CONTACTS = (
    Operation(
        "contactCreate",
        body={
            "inbox_id": "{api_inbox}",
            "name": "Tomas Rey",
            "email": "tomas@home.example",
            "phone_number": "+4790000001",
            "identifier": "tomas-7",
            "additional_attributes": {"city": "Oslo"},
            "custom_attributes": {"tier": "gold"},
        },
        keep={"tomas": "payload.contact.id", "tomas_source": "payload.contact_inbox.source_id"},
        says={"payload.contact.name": "Tomas Rey", "payload.contact.email": "tomas@home.example"},
        refuses=(
            {"inbox_id": "{api_inbox}", "email": "no address"},
            {"inbox_id": "{api_inbox}", "phone_number": "four"},
            {
                "inbox_id": "{api_inbox}",
                "name": "A",
                "email": "tomas.twice@home.example",
                "blocked": 7,
            },
        ),
    ),
    Operation(
        "contactCreate",
        body={"inbox_id": "{api_inbox}", "name": "T. Rey"},
        keep={"double": "payload.contact.id"},
        again=True,
    ),
    Operation("contactList", query={"sort": "-name", "page": 1}, refuses_query=({"sort": "mood"},)),
    Operation(
        "contactSearch",
        query={"q": "tomas", "sort": "name", "page": 1},
        says={"payload.0.id": "{tomas}"},
        refuses_query=({"q": ""}, {"q": "tomas", "sort": "mood"}),
    ),
    Operation(
        "contactFilter",
        query={"page": 1},
        body={
            "payload": [
                {
                    "attribute_key": "name",
                    "filter_operator": "contains",
                    "values": ["tomas"],
                    "query_operator": None,
                }
            ]
        },
        says={"payload.0.id": "{tomas}"},
        refuses=(
            {"payload": 7},
            {
                "payload": [
                    {"attribute_key": "mood", "filter_operator": "equal_to", "values": ["good"]}
                ]
            },
            {
                "payload": [
                    {"attribute_key": "name", "filter_operator": "resembles", "values": ["tomas"]}
                ]
            },
        ),
    ),
    Operation("contactDetails", at={"id": "tomas"}, says={"payload.id": "{tomas}"}),
    Operation(
        "contactUpdate",
        at={"id": "tomas"},
        body={"name": "Tomas A. Rey", "custom_attributes": {"seat": "7A"}},
        says={
            "payload.name": "Tomas A. Rey",
            "payload.custom_attributes": {"tier": "gold", "seat": "7A"},
        },
        refuses=({"email": "no address"}, {"name": 7}),
    ),
    Operation("contactConversations", at={"id": "contact"}, says={"payload.0.id": 1}),
    Operation(
        "contactInboxCreation",
        at={"id": "double"},
        body={"inbox_id": "{api_inbox}", "source_id": "rey-7"},
        says={"source_id": "rey-7"},
        refuses=({"source_id": "x"}, {"inbox_id": "a house"}),
    ),
    Operation("contactableInboxesGet", at={"id": "tomas"}),
    Operation(
        "contactMerge",
        body={"base_contact_id": "{tomas}", "mergee_contact_id": "{double}"},
        says={"id": "{tomas}"},
        refuses=({"base_contact_id": "{tomas}"}, {}),
    ),
    Operation("contactDelete", at={"id": "tomas"}),
)

CONTACT_LABELS = (
    Operation(
        "contact-add-labels",
        at={"id": "contact"},
        body={"labels": ["vip"]},
        says={"payload": ["vip"]},
        refuses=({"labels": "vip"}, {}),
    ),
    Operation("list-all-labels-of-a-contact", at={"id": "contact"}, says={"payload": ["vip"]}),
)
