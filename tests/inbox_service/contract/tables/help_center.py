"""The help centre."""

from tests.inbox_service.contract.operation import Operation

HELP_CENTER = (
    Operation(
        "add-new-portal-to-account",
        body={
            "name": "Travel help",
            "slug": "travel-help-{run}",
            "color": "#1f93ff",
            "header_text": "How can we help?",
            "homepage_link": "https://haldenair.example",
            "page_title": "Halden Air help",
            "archived": False,
            "config": {"allowed_locales": ["en", "nb"], "default_locale": "en"},
        },
        keep={"portal": "slug"},
        says={"name": "Travel help", "slug": "travel-help-{run}"},
        refuses=({"slug": "b"}, {"name": "", "slug": "b"}, {"name": "A", "slug": "not a slug!"}),
        administrators=True,
    ),
    Operation("get-portal"),
    Operation(
        "update-portal-to-account",
        at={"id": "portal"},
        body={"name": "Travellers' help"},
        says={"name": "Travellers' help"},
        refuses=({"name": ""},),
        administrators=True,
    ),
    Operation(
        "add-new-category-to-account",
        at={"id": "portal"},
        body={
            "name": "Baggage",
            "description": "Bags and cases",
            "position": 1,
            "slug": "baggage",
            "locale": "en",
            "icon": "",
        },
        keep={"category": "payload.id"},
        says={"payload.name": "Baggage"},
        refuses=({"slug": "a"}, {"name": "A", "slug": "a", "locale": "klingon"}),
        administrators=True,
    ),
    Operation(
        "add-new-article-to-account",
        at={"id": "portal"},
        body={
            "title": "A lost bag",
            "slug": "a-lost-bag-{run}",
            "position": 1,
            "content": "Tell us at the desk.",
            "description": "What to do",
            "category_id": "{category}",
            "author_id": "{administrator}",
            "status": 1,
            "locale": "en",
            "meta": {"tags": ["bag"]},
        },
        says={"payload.title": "A lost bag"},
        refuses=({"content": "A"}, {"title": "A", "author_id": "{administrator}", "status": 77}),
        administrators=True,
    ),
)
