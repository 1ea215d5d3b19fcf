"""The story of a number as assets: desk → raw → facts → marts → reports, in business words."""

import dagster as dg

from desk.tables import Base
from warehouse.models import FACTS, MARTS, SETTINGS, Model
from warehouse.raw_tables import RAW_TABLES

_TABLES = {
    str(mapper.class_.__tablename__): " ".join((mapper.class_.__doc__ or "").split())
    for mapper in Base.registry.mappers
}

_MARTS_OF = {
    "inbox_hour": ("conversation_started", "message"),
    "backlog_day": ("backlog_change",),
    "agent_day": (
        "conversation_started",
        "assignment",
        "first_response",
        "reply",
        "resolution",
        "survey",
        "csat",
        "message",
    ),
}

_REPORTS = {
    "agent_performance": (
        "What each agent was given and resolved, how fast, and how satisfied customers were.",
        ("assignment", "resolution", "first_response", "reply", "csat"),
        (),
    ),
    "conversation_trends": (
        "Conversations by day, and the hours at which customers write.",
        ("conversation_started",),
        ("agent_day", "inbox_hour"),
    ),
}


def raw_key(table: str) -> dg.AssetKey:
    return dg.AssetKey(["raw", table])


def model_key(model: Model) -> dg.AssetKey:
    return dg.AssetKey([model.schema, model.name])


def desk_specs() -> list[dg.AssetSpec]:
    """The desk's own tables: where every number begins."""
    return [
        dg.AssetSpec(
            dg.AssetKey(["desk", table.name]),
            group_name="desk",
            description=_TABLES[table.name],
            kinds={"postgres"},
        )
        for table in RAW_TABLES
    ]


def raw_specs() -> list[dg.AssetSpec]:
    """The copies in the lake, without names, addresses or text."""
    return [
        dg.AssetSpec(
            raw_key(table.name),
            group_name="raw",
            description=f"{_TABLES[table.name]} Of it only what numbers need: "
            f"{', '.join(column.name for column in table.columns)}.",
            deps=[dg.AssetKey(["desk", table.name])],
            kinds={"ducklake"},
        )
        for table in RAW_TABLES
    ]


def fact_specs() -> list[dg.AssetSpec]:
    """What happened, from the event log alone."""
    settings = [
        dg.AssetSpec(
            model_key(model),
            group_name="facts",
            description=model.description,
            deps=[raw_key("events")],
            kinds={"ducklake", "sql"},
        )
        for model in SETTINGS
    ]
    from_events = [raw_key("events"), raw_key("inboxes"), raw_key("accounts")]
    facts = [
        dg.AssetSpec(
            model_key(model),
            group_name="facts",
            description=model.description,
            deps=[*from_events, *(model_key(setting) for setting in SETTINGS)],
            kinds={"ducklake", "sql"},
        )
        for model in FACTS
    ]
    return [*settings, *facts]


def mart_specs() -> list[dg.AssetSpec]:
    """A day's work in one row."""
    return [
        dg.AssetSpec(
            model_key(model),
            group_name="marts",
            description=model.description,
            deps=[dg.AssetKey(["facts", fact]) for fact in _MARTS_OF[model.name]],
            kinds={"ducklake", "sql"},
        )
        for model in MARTS
    ]


def report_specs() -> list[dg.AssetSpec]:
    """Where the numbers are seen: a page and an endpoint each, both asking the same function."""
    return [
        dg.AssetSpec(
            dg.AssetKey(["reports", name]),
            group_name="reports",
            description=description,
            deps=[
                *(dg.AssetKey(["facts", fact]) for fact in facts),
                *(dg.AssetKey(["marts", mart]) for mart in marts),
            ],
            kinds={"streamlit"},
        )
        for name, (description, facts, marts) in _REPORTS.items()
    ]
