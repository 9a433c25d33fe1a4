"""What functions say of themselves: the help of commands, the descriptions of an assistant's tools."""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import suppress
from inspect import cleandoc, unwrap
from pathlib import Path
from typing import Any

import click


def docstring_of(function: Callable[..., Any]) -> str | None:
    """The docstring of a function, from its source where Python left it out (`python -OO`)."""
    function = unwrap(function)
    if function.__doc__ is not None:
        return cleandoc(function.__doc__)
    with suppress(OSError, AttributeError):
        code = function.__code__
        for node in ast.walk(ast.parse(Path(code.co_filename).read_bytes())):
            if isinstance(node, ast.FunctionDef) and _first_line(node) == code.co_firstlineno:
                return ast.get_docstring(node)
    return None


def _first_line(node: ast.FunctionDef) -> int:
    return min([node.lineno, *(each.lineno for each in node.decorator_list)])


def with_help(command: click.Command) -> click.Command:
    """The command with its help, and its own commands with theirs."""
    if command.help is None and command.callback is not None:
        command.help = docstring_of(command.callback)
    if isinstance(command, click.Group):
        for each in command.commands.values():
            with_help(each)
    return command
