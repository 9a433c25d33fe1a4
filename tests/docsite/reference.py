"""The reference of the library, from its docstrings, and of the command line, from `--help`."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from types import FunctionType

import click
from click.testing import CliRunner

import ncrelations
from ncrelations import errors
from ncrelations.cli import ncr
from ncrelations.cli.settings import SETTINGS

_EDITION = "editions.nato_china"

SECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "Asking": (
        (f"{_EDITION}.public", "ask search"),
        ("answers.answer", "Answer Nearby Step"),
        ("document.excerpt", "Excerpt"),
        (f"{_EDITION}.voices", "Voice"),
        ("library", "Library"),
    ),
    "Comparing": (
        (f"{_EDITION}.public", "compare"),
        (f"{_EDITION}.edition", "Comparison"),
        (f"{_EDITION}.public", "themes"),
        (f"{_EDITION}.knowledge", "Theme"),
    ),
    "Checking quotations": (
        (f"{_EDITION}.public", "proof"),
        ("proofing.finding", "Proof Finding QuotedFrom"),
        ("proofing.changes", "Change"),
    ),
    "Conversations": ((f"{_EDITION}.public", "Chat turn"), ("conversations.state", "ChatState")),
    "Documents of your own": (
        ("collections.collection", "open_collection Collection"),
        ("collections.sync_report", "SyncReport"),
        ("collections.old_citations", "Standing"),
    ),
    "Places": (
        (f"{_EDITION}.public", "documents resolve places bibliography"),
        ("document.tree", "Document Section Block Sentence Span"),
        ("document.block_range", "Range"),
        ("document.citation", "Citation"),
        ("document.reference", "Reference"),
    ),
    "The report": (
        (f"{_EDITION}.two_documents", "Report"),
        (f"{_EDITION}.sections", "PerceptionSection"),
        (f"{_EDITION}.records", "Perception"),
        (f"{_EDITION}.sections", "RiskSection"),
        (f"{_EDITION}.records", "Risk"),
        (f"{_EDITION}.sections", "RecommendationsSection TopicSection"),
        (f"{_EDITION}.records", "Recommendation"),
        (f"{_EDITION}.sections", "RoadmapSection"),
        (f"{_EDITION}.records", "Roadmap Decision"),
        (f"{_EDITION}.sections", "MilestonesSection"),
        (f"{_EDITION}.records", "Milestone Event Phrase"),
    ),
    "The article": (
        (f"{_EDITION}.two_documents", "Article"),
        (f"{_EDITION}.sections", "RealitySection"),
        (f"{_EDITION}.records", "Reality"),
        (f"{_EDITION}.sections", "ModusVivendiSection"),
        (f"{_EDITION}.records", "Baselines Model"),
        (f"{_EDITION}.sections", "BenefitsSection"),
    ),
    "People, places and agreements": (
        (f"{_EDITION}.public", "entities entity"),
        ("document.entities", "Entity Mention"),
    ),
}
"""What the page shows, in order: the names of each module."""

VALUES = {"Report": "report", "Article": "article"}
"""The public values, by the class that each is the one instance of."""


def api_page() -> str:
    """The reference of the library."""
    yours = "`import ncrelations as ncr` gives every name below that is not said to be in a module."
    parts = ["# Library", "Written from the docstrings by `make docs`.", yours]
    for title, names in SECTIONS.items():
        parts.append(f"## {title}")
        for module, some in names:
            for name in some.split():
                parts += _entry(module, name)
    parts.append("## Errors\n\nAll are on [a page of their own](errors.md).")
    return "\n\n".join(parts) + "\n"


def error_page() -> str:
    """The reference of the errors."""
    parts = ["# Errors", "Written from the docstrings by `make docs`.", _text(inspect.getdoc(errors) or "")]
    for name, value in vars(errors).items():
        if inspect.isclass(value) and value.__module__ == errors.__name__:
            parts += _entry("errors", name)
    return "\n\n".join(parts) + "\n"


def _entry(module: str, name: str) -> Iterator[str]:
    """A heading, what it promises, and its members."""
    value = getattr(import_module(f"ncrelations.{module}"), name)
    node = _definition(value)
    yield f"### {VALUES.get(name, name)}"
    if isinstance(node, ast.FunctionDef):
        yield f"`{_call(node)}`"
    elif name in VALUES:
        yield f"`{VALUES[name]}: {name}`"
    elif bases := [base.__name__ for base in value.__bases__ if base not in (object, str) and not _is_taken_in(base)]:
        yield f"`class {name}({', '.join(bases)})`"
    if name not in ncrelations.__all__ and name not in VALUES:
        yield f"In the module `ncrelations.{module}`."
    yield _text(ast.get_docstring(node) or "")
    if isinstance(node, ast.ClassDef) and (members := list(_members(value))):
        yield "\n".join(members)


def _definition(value: type | FunctionType) -> ast.ClassDef | ast.FunctionDef:
    """Where a class or function is defined."""
    for node in ast.parse(inspect.getsource(import_module(value.__module__))).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == value.__name__ and not _overloads(node):
            return node
    raise LookupError(f"there is no {value.__name__} in {value.__module__}")


def _overloads(node: ast.ClassDef | ast.FunctionDef) -> bool:
    """Whether it only says the types of a function that follows."""
    return "overload" in map(ast.unparse, node.decorator_list)


def _is_taken_in(base: type) -> bool:
    """Whether a base class has no entry of its own: its members are those of the class that extends it."""
    package, _, module = base.__module__.partition(".")
    shown = {(home, name) for names in SECTIONS.values() for home, some in names for name in some.split()}
    return package == ncrelations.__name__ and module != "errors" and (module, base.__name__) not in shown


def _members(value: type) -> Iterator[str]:
    """A class's public members, one item each; those of a base without an entry come first."""
    for base in value.__bases__:
        if _is_taken_in(base):
            yield from (each for each in _members(base) if not _again(value, each))
    node = _definition(value)
    assert isinstance(node, ast.ClassDef)  # it is a class
    for member, after in zip(node.body, [*node.body[1:], None], strict=True):
        match member:
            case ast.FunctionDef(name="__init__"):
                yield from _attributes(member)
            case ast.FunctionDef(name=name) if not name.startswith("_") and not _overloads(member):
                yield _item(_call(member), ast.get_docstring(member) or "")
            case ast.AnnAssign(target=target, annotation=kind) if ast.unparse(kind) != "Tree":  # no reader's business
                yield _item(f"{ast.unparse(target)}: {ast.unparse(kind)}", _below(after))
            case ast.Assign(targets=[ast.Name(id=name)]) if not name.startswith("_"):
                yield _item(ast.unparse(member), _below(after))


def _again(value: type, item: str) -> bool:
    """Whether a class defines anew what an item of its base shows."""
    name = re.match(r"- `(\w+)", item)
    return name is not None and name[1] in vars(value)


def _attributes(constructor: ast.FunctionDef) -> Iterator[str]:
    """What a constructor documents of what it sets."""
    for statement, after in pairwise(constructor.body):
        if isinstance(statement, ast.Assign) and _below(after):
            yield _item(ast.unparse(statement.targets[0]).removeprefix("self."), _below(after))


def _below(node: ast.stmt | None) -> str:
    """The docstring under an attribute, if there is one."""
    match node:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return text
    return ""


def _item(shown: str, text: str) -> str:
    return f"- `{shown}`" + (f"<br>{' '.join(text.split())}" if text else "")


def _call(node: ast.FunctionDef) -> str:
    """A signature on one line, as a caller sees it; a property is written as what it looks like."""
    returns = ast.unparse(node.returns) if node.returns else "None"
    if {"property", "cached_property"} & {*map(ast.unparse, node.decorator_list)}:
        return f"{node.name}: {returns}"
    arguments = re.sub(r"^(self|cls)(, )?", "", ast.unparse(node.args))
    spaced = re.sub(r"(?<=[\w\]])=", " = ", arguments)
    return f"{node.name}({spaced}) -> {returns}"


def _text(docstring: str) -> str:
    """A docstring as Markdown."""
    return "\n\n".join(map(_paragraph, docstring.replace("``", "`").strip().split("\n\n")))


def _paragraph(text: str) -> str:
    """A session becomes a block that runs, a drawing stays as drawn."""
    if text.startswith(">>>"):
        return f"```python\n>>> from ncrelations import *\n{text}\n\n```"
    return f"```text\n{textwrap.dedent(text)}\n```" if text.startswith("    ") else text


def cli_page() -> str:
    """The reference of the command line."""
    parts = ["# Command line", "Written from `--help` by `make docs`."]
    for path in ("", *_commands(ncr, "")):
        words = f"ncr{path} --help"
        printed = CliRunner().invoke(ncr, words.split()[1:], env={"COLUMNS": "80"}).stdout
        parts += [f"## ncr{path}" if path else "## ncr", f"```console\n$ {words}\n{printed.rstrip()}\n```"]
    return "\n\n".join([*parts, EXIT_CODES]) + "\n"


EXIT_CODES = """## Exit codes

| code | meaning |
|---|---|
| 0 | something was found, or done |
| 1 | nothing was found: the documents do not answer, a check failed |
| 2 | the command could not be understood or carried out; one line on standard error says why |
| 130 | stopped with Ctrl-C |"""


def _commands(group: click.Group, path: str) -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield f"{path} {name}"
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")


def settings_table() -> str:
    """The settings of the command line, as `ncr doctor` knows them."""
    rows = [f"| `{name}` | `NCR_{name.upper()}` | {default} | {what} |" for name, (default, what) in SETTINGS.items()]
    return "\n".join(["| in the file | variable | default | meaning |", "|---|---|---|---|", *rows])
