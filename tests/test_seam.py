"""The engine knows no documents by name: it works on a corpus handed to it.

Held by a walk over the syntax trees of its folders. `test_third_edition` shows the same from the other side.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from test_architecture import ENGINE, files_imported, folder, imports, module, sources, tree

ABOVE = ("files", "editions", "collections", "__init__", "render", "reader", "service", "cli", "__main__", "bots")
"""What the engine must not import."""

NAMES = ("NATO", "China", "Chinese", "Beijing", "Wong", "CSDR", "CIISS", "Taihe", "Alliance")
"""Words that belong to the two documents, matched without letter case, alone or in the plural."""

_NAMED = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(NAMES)})s?(?![A-Za-z])", re.IGNORECASE)
_CITED = re.compile(r"(?<![\w/-])(?:report|article)/[\w.-]+")


def words_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every string constant, docstrings included, and every identifier of a file, with its line."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Constant(value=str(text)):
                yield node.lineno, text
            case ast.Constant(value=bytes(data)):
                yield node.lineno, data.decode("latin-1")
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield node.lineno, _spaced(name)
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, _spaced(name)
            case ast.alias(name=name, asname=other):
                yield node.lineno, _spaced(f"{name} {other or ''}")


def _spaced(name: str) -> str:
    """An identifier as words: "nato_view" and "NatoView" are "nato view"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").replace(".", " ")


def names_in(path: Path) -> Iterator[str]:
    """What a file says of the two documents."""
    for line, text in words_of(path):
        for match in [*_NAMED.finditer(text), *_CITED.finditer(text)]:
            if not (path.parent.name == "languages" and match[0] == "Chinese"):  # the language
                yield f"line {line}: {match[0]}"


FILES = [path for path in sources() if folder(path) in ENGINE]
EACH = pytest.mark.parametrize("path", FILES, ids=module)


def test_the_walk_covers_the_engine() -> None:
    """Every folder of the engine has files, and the walk sees them."""
    assert {folder(path) for path in FILES} == set(ENGINE)


@EACH
def test_the_engine_imports_nothing_above_it(path: Path) -> None:
    """No edition, no collection, no frontend, and not the package's own public names."""
    above = {module(file) for file in files_imported(path) if folder(file) in ABOVE}
    assert above == set()


@EACH
def test_the_engine_imports_nothing_by_a_name_it_makes_up(path: Path) -> None:
    """No import escapes the walk: only what is written as an import is imported."""
    assert {"importlib", "runpy"} & {name.split(".")[0] for name in imports(path)} == set()
    assert "__import__" not in path.read_text("utf-8")


@EACH
def test_the_engine_names_no_document(path: Path) -> None:
    """No string, docstring or identifier has a name or an address of the two documents."""
    assert list(names_in(path)) == []


def test_the_walk_sees_what_it_should(tmp_path: Path) -> None:
    """Names are found in strings, patterns, docstrings and every kind of identifier, and not within other words."""
    file = tmp_path / "seen.py"
    file.write_text(
        "import china.places as map\n"
        '"""As report/VI.1 says, in Beijing."""\n'
        "class NatoView:\n    wong_says = r'\\b(?:alliances|allies)\\b'\n"
        "def of(nato): return nato.csdr(taihe=1)\n"
        "fine = 'a report and/or articles of porcelain (chinaware), senators, reporting/p1'\n"
    )
    assert sorted(names_in(file)) == [
        "line 1: china", "line 2: Beijing", "line 2: report/VI.1", "line 3: Nato", "line 4: alliances", "line 4: wong",
        "line 5: csdr", "line 5: nato", "line 5: nato", "line 5: taihe",
    ]  # fmt: skip
