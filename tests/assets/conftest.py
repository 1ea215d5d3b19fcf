"""Fixtures of this folder."""

from tests.builders.lake_fixtures import connection, lake, storage, template

__all__ = ["connection", "lake", "storage", "template"]
