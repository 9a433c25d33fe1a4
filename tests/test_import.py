"""The package as a name: light to import, complete, and the same in every order."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

import ncrelations as ncr

Python = Callable[..., subprocess.CompletedProcess[str]]

HEAVY = (
    "numpy",
    "faiss",
    "torch",
    "transformers",
    "sentence_transformers",
    "tokenizers",
    "safetensors",
    "click",
    "rich",
    "discord",
    "pybtex",
    "rispy",
)
LEFT_OUT = (
    "torch",
    "transformers",
    "sentence_transformers",
    "huggingface_hub",
    "scipy",
    "sklearn",
    "discord",
    "pybtex",
    "rispy",
)


def run(python: Python, program: str) -> str:
    """What a program prints; it must end well."""
    result = python("-c", program)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def loaded_after(python: Python, program: str) -> set[str]:
    """The top-level modules loaded once the program has run."""
    listing = run(python, f"{program}\nimport sys, json; print(json.dumps([*sys.modules]))")
    return {name.partition(".")[0] for name in json.loads(listing.splitlines()[-1])}


def test_import_is_light(python: Python) -> None:
    """`import ncrelations` loads none of the heavy libraries, and none of its own modules but itself."""
    program = """if True:
        import ncrelations, sys
        mine = [name for name in sys.modules if name.startswith("ncrelations.")]
        assert not mine, mine
    """
    assert loaded_after(python, program) & set(HEAVY) == set()


@pytest.mark.parametrize(
    "expression",
    [
        "ncr.report.nato_perceptions.perceptions[0].headline",
        "ncr.resolve('report/VI.1/p2').human",
        "[ncr.resolve('report/VI.1/p2').cite(form) for form in ('bibtex', 'ris', 'csl-json', 'pandoc')]",
        "ncr.bibliography(['report', 'article'])",
        "ncr.places('VI.1/p2-p4')",
        "ncr.entity('DPRK').mentions",
        "ncr.themes()",
        "ncr.Chat()",
        "ncr.compare",
        "ncr.ask",
        "dir(ncr)",
    ],
)
def test_reading_is_light(python: Python, expression: str) -> None:
    """Reading the documents, looking up names and touching `ask` load none of the heavy libraries either."""
    assert loaded_after(python, f"import ncrelations as ncr; {expression}") & set(HEAVY) == set()


def test_asking_never_imports_torch(python: Python) -> None:
    """Asking, searching, comparing and chatting with the packaged model load neither torch nor its kin."""
    program = (
        "import ncrelations as ncr\n"
        "assert str(ncr.ask('maritime security').excerpts[0].citation).startswith('report/VI.1')\n"
        "ncr.search('maritime security'); ncr.compare('Huawei'); ncr.Chat().ask('Why does China distrust AUKUS?')"
    )
    assert loaded_after(python, program) & set(LEFT_OUT) == set()


def test_star_import(python: Python) -> None:
    """`from ncrelations import *` gives every public name and nothing else."""
    program = "from ncrelations import *; import ncrelations; print(sorted(set(ncrelations.__all__) - set(dir())))"
    assert run(python, program) == "[]"


@pytest.mark.parametrize("name", ncr.__all__)
def test_every_public_name_exists(name: str) -> None:
    """Each name of `__all__` can be had, is listed by `dir`, and is documented."""
    value = getattr(ncr, name)
    assert name in dir(ncr)
    if isinstance(value, type) or inspect.isroutine(value):
        assert inspect.getdoc(value)


def test_all_is_sorted_and_unique() -> None:
    """The list of public names is in order, each name once."""
    assert list(ncr.__all__) == sorted(set(ncr.__all__))


def test_what_editors_see_is_what_there_is() -> None:
    """The imports that type checkers read are the public names, each from the module that gives it."""
    file = Path(inspect.getfile(ncr))
    branch = next(node for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.If))
    seen = {alias.name: node.module for node in branch.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert sorted(seen) == sorted(ncr.__all__)
    for name, module in seen.items():
        assert module == f"ncrelations.{ncr._HOME.get(name, 'errors')}"


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A name that is not public is refused as by any module."""
    with pytest.raises(AttributeError, match="module 'ncrelations' has no attribute 'no_such_name'"):
        getattr(ncr, "no_such_name")  # noqa: B009 -- mypy would refuse it otherwise


def test_no_public_name_is_that_of_a_module() -> None:
    """Importing a module of the package never puts it in the place of a public name."""
    modules = {path.stem for path in Path(inspect.getfile(ncr)).parent.iterdir() if not path.stem.startswith("_")}
    assert {"library", "answers", "reader"} <= modules
    assert modules & set(ncr.__all__) == set()


STEPS = (
    "import ncrelations.answers.comparison",
    "from ncrelations.document.themes import Theme",
    "ncrelations.Comparison",
    "import ncrelations.library",
)


@pytest.mark.parametrize("steps", list(permutations(STEPS, 3))[::3], ids=" / ".join)
def test_compare_is_callable_in_every_order(python: Python, steps: tuple[str, ...]) -> None:
    """`ncr.compare` is callable whether the modules behind it were imported before, after or never."""
    at_last = ("assert callable(ncrelations.compare)", "from ncrelations import compare", "assert callable(compare)")
    run(python, "\n".join(("import ncrelations", *steps, *at_last)))


def test_the_version_is_that_of_the_project(checkout: Path) -> None:
    """`__version__` and pyproject.toml agree."""
    import tomllib

    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]
    assert ncr.__version__ == project["version"]


def test_types_tell_the_truth(tmp_path: Path) -> None:
    """What type checkers let through works, and what does not exist is refused by them."""
    lines = {
        "ncr.Perception": "",
        "ncr.places('report/VI.1/p2-p4')[0].citation": "",
        "ncr.ask('Why?', within=ncr.report.outlook.blocks[0]).status": "",
        "ncr.ask(None)": "arg-type",
        "ncr.anything": "attr-defined",
        "from ncrelations import Nothing": "attr-defined",
    }
    program = tmp_path / "program.py"
    program.write_text("\n".join(("import ncrelations as ncr", *lines)), "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", str(program)]
    environment = {**os.environ, "MYPYPATH": str(Path(inspect.getfile(ncr)).parents[1])}
    told = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=tmp_path).stdout
    found = {
        int(at): wrong for at, wrong in re.findall(r"program\.py:(\d+): error: .*\[([\w-]+)\]$", told, re.MULTILINE)
    }
    assert found == {number: wrong for number, wrong in enumerate(lines.values(), 2) if wrong}, told


def test_the_package_is_typed() -> None:
    """The marker file for type checkers is there."""
    assert Path(inspect.getfile(ncr)).with_name("py.typed").is_file()
