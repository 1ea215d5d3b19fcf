"""A log line begins with a constant word: others are told that word, so nothing may be put in it."""

import ast
from collections.abc import Iterator

from tests.house_rules.sources import PACKAGES, modules, read

LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}


def test_the_event_of_every_log_line_is_a_constant() -> None:
    put_together = [
        f"{path}:{call.lineno}"
        for path in modules(*PACKAGES)
        for call in _log_calls(ast.parse(read(path)))
        if not call.args
        or not isinstance(call.args[0], ast.Constant)
        or not isinstance(call.args[0].value, str)
    ]
    assert put_together == []


def _log_calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in LEVELS
            and ast.unparse(node.func.value) in ("log", "_log", "logger", "structlog.get_logger()")
        ):
            yield node
