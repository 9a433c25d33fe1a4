"""Files and data: in UTF-8 whatever the locale, whole or as they were, and never over another in silence."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import ncrelations as n
from cli_helpers import isolate, run

NCR = [sys.executable, "-m", "ncrelations"]
NOT_UNICODE = ["ascii", "cp1252", "latin-1"]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests from the settings and the folders of whoever runs them."""
    isolate(monkeypatch, tmp_path)


def printed(encoding: str, *arguments: str) -> bytes:
    """What `ncr` writes where standard output has that encoding."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(Path(n.__file__).parents[1])}
    return subprocess.run([*NCR, *arguments], env=environment, capture_output=True, check=True).stdout


@pytest.mark.parametrize("encoding", NOT_UNICODE)
def test_exports_do_not_depend_on_the_locale(encoding: str) -> None:
    """JSON lines are exact in ASCII, and CSV, Markdown and HTML are the same bytes of UTF-8 everywhere."""
    lines = printed(encoding, "export", "report").splitlines()
    assert [json.loads(line)["text"] for line in lines] == [block.text for block in n.report.blocks]
    assert all(line.isascii() for line in lines)
    for form in ("csv", "markdown", "html"):
        assert printed(encoding, "export", "report", "--format", form) == (
            run("export", "report", "--format", form).stdout.encode()
        )


def test_citations_for_machines_do_not_depend_on_the_locale() -> None:
    """BibTeX, RIS and CSL-JSON have no stand-ins."""
    for form in ("bibtex", "ris", "csl-json"):
        assert printed("ascii", "cite", "article/intro/p1", "--format", form).decode().rstrip("\n") == (
            n.resolve("article/intro/p1").cite(form)
        )


def test_csv_has_twelve_columns_and_a_mark_for_excel() -> None:
    """Every row has as many fields as the head; `--bom` puts the mark before it, and is refused elsewhere."""
    text = printed("ascii", "export", "--format", "csv", "--bom").decode("utf-8")
    assert text.startswith("\ufeffcitation,")
    assert {len(row) for row in csv.reader(io.StringIO(text))} == {12}
    assert run("export", "--bom").exit_code == 2


def test_a_dash_is_standard_output(tmp_path: Path) -> None:
    """`-o -` and `--svg -` write no file of that name."""
    assert run("export", "-o", "-").stdout == run("export").stdout
    assert run("timeline", "--svg", "-").stdout.startswith("<svg")
    assert list(tmp_path.iterdir()) == []


def test_letter_case_of_a_suffix_does_not_matter(tmp_path: Path) -> None:
    """`-o R.HTML` is one page, not a folder."""
    run("export", "article", "--format", "html", "-o", "R.HTML")
    assert (tmp_path / "R.HTML").is_file()


def test_a_name_that_ends_as_a_folder_is_one(tmp_path: Path) -> None:
    """`-o folder/` writes no file of that name; for the reader it is the folder, whatever its name."""
    result = run("export", "-o", "folder/")
    assert (result.exit_code, "folder/ is a folder; name a file in it" in result.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []
    run("export", "--format", "html", "-o", "site.html/")
    assert (tmp_path / "site.html" / "index.html").is_file()


def test_nothing_is_replaced_in_silence(tmp_path: Path) -> None:
    """A file that exists stays as it is, until `--force` replaces it."""
    for arguments in (("export", "-o", "kept"), ("timeline", "--svg", "kept")):
        (tmp_path / "kept").write_text("old")
        result = run(*arguments)
        assert (result.exit_code, result.stderr) == (2, "ncr: kept exists; --force replaces it\n")
        assert (tmp_path / "kept").read_text() == "old"
        assert run(*arguments, "--force").exit_code == 0
        assert len((tmp_path / "kept").read_text("utf-8")) > 1000


def test_a_reader_takes_no_other_site_s_place(tmp_path: Path) -> None:
    """A folder with pages of somebody else's is left alone without `--force`; an earlier reader is written anew."""
    (tmp_path / "site").mkdir()
    export = ("export", "--format", "html", "-o", "site")
    for name in ("index.html", "report.html", "assets/reader.js"):
        (tmp_path / "site" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "site" / name).write_text("mine")
        result = run(*export)
        assert (result.exit_code, f"{name} exists; --force replaces it" in result.stderr) == (2, True)
        assert (tmp_path / "site" / name).read_text() == "mine"
        (tmp_path / "site" / name).unlink()
    (tmp_path / "site" / "mine.txt").write_text("mine")
    assert [run(*export).exit_code for _ in range(2)] == [0, 0]
    (tmp_path / "site" / "index.html").write_text("mine")
    assert [run(*export).exit_code, run(*export, "--force").exit_code, run(*export).exit_code] == [2, 0, 0]
    assert (tmp_path / "site" / "mine.txt").read_text() == "mine"


def test_a_replaced_file_keeps_its_permissions_and_a_link_its_place(tmp_path: Path) -> None:
    """The new file has the old one's mode; a link still leads to its file, which is replaced."""
    (tmp_path / "file").write_text("old")
    (tmp_path / "file").chmod(0o640)
    (tmp_path / "link").symlink_to("file")
    run("export", "article", "-o", "link", "--force")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "file").read_text("utf-8").startswith("{")


def test_a_device_is_written_to() -> None:
    """`-o /dev/null` needs no --force and stays a device."""
    assert run("export", "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
from ncrelations.cli import main
sys.argv = ["ncr", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("arguments", [["export", "-o", "kept", "--force"], ["timeline", "--svg", "kept", "--force"]])
def test_a_full_disk_leaves_the_old_file(arguments: list[str], tmp_path: Path) -> None:
    """When writing fails half way, the old file is there, whole, nothing else is, and one line says so."""
    (tmp_path / "kept").write_text("old")
    environment = {**os.environ, "PYTHONPATH": str(Path(n.__file__).parents[1])}
    command = [sys.executable, "-c", FULL, *arguments]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (2, "ncr: kept: File too large\n")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("kept", "old")]


def test_a_full_disk_leaves_the_old_conversation(tmp_path: Path) -> None:
    """`/save!` that fails leaves the file as it was, and the conversation goes on."""
    (tmp_path / "kept").write_text("old")
    environment = {**os.environ, "PYTHONPATH": str(Path(n.__file__).parents[1])}
    result = subprocess.run(
        [sys.executable, "-c", FULL, "chat", "--no-history"], env=environment, capture_output=True, text=True,
        check=False, cwd=tmp_path, input="report/VI\n/save! kept\n/history\n",
    )  # fmt: skip
    assert result.stderr.splitlines() == ["ncr: kept: File too large", "1. report/VI"]
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("kept", "old")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "-o", "no/such/file"), "ncr: no/such/file: No such file or directory\n"),
        (("timeline", "--svg", "no/such/file"), "ncr: no/such/file: No such file or directory\n"),
        (("export", "-o", "file/in"), "ncr: file/in: Not a directory\n"),
    ],
)
def test_errors_of_the_system_are_in_words(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """The file that was asked for is named, with no number of an error."""
    (tmp_path / "file").write_text("")
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (2, said)
