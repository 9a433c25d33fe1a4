"""What commands print on narrow terminals: nothing runs over the edge, and columns stay columns."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

import ncrelations
from cli_helpers import run
from ncrelations.render.form import cells
from terminal import NCR, at_terminal

COLUMNS = 60
LONG = "A letter on the conduct of operations in the straits and on whatever else came up before the winter"
DRAFT = """\
They say that, all in all and after everything, “NATO is still a Cold War organisation” and that it needs a threat.

他们认为北约仍然是一个冷战组织，它需要一个威胁，所以 “China’s rise, along with the emergence” 就是如此。
"""


@pytest.fixture(name="place", scope="module")
def _place(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A terminal's environment, with a document of a long title and a draft in its folder."""
    folder = tmp_path_factory.mktemp("narrow")
    left_out = ("NCR_", "LC_", "NO_COLOR", "FORCE_COLOR", "LESS", "PAGER")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    own = {"PYTHONPATH": str(Path(ncrelations.__file__).parents[1]), "NCR_CONFIG": str(folder / "none.toml")}
    place = {**kept, **own, "LANG": "C.UTF-8", "TERM": "xterm-256color", "NCR_COLLECTION": str(folder / "mine")}
    (folder / "draft.md").write_text(DRAFT, "utf-8")
    (folder / "letter.md").write_text("The mill stands.\n", "utf-8")
    added = [*NCR, "add", str(folder / "letter.md"), "--words-only", "--title", LONG, "--issuer", "The council"]
    assert at_terminal(added, place).endswith("[exit 0]")
    return {**place, "NCR_PAGER": "0", "DRAFT": str(folder / "draft.md")}


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "Why does China distrust AUKUS?"],
        ["ask", "When did Albania join NATO?"],
        ["compare", "Huawei"],
        ["show", "report/VI.1"],
        ["toc"],
        ["entities", "Huawei"],
        ["recommendations"],
        ["timeline"],
        ["proof", "DRAFT"],
        ["documents"],
        ["status"],
        ["doctor"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_every_line_fits(place: dict[str, str], command: list[str]) -> None:
    """On 60 columns no line with a space to break at is wider, whatever the command."""
    shown = at_terminal([*NCR, *(place["DRAFT"] if each == "DRAFT" else each for each in command)], place, columns=60)
    bare = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", shown)
    lines = [line.rstrip("\r") for line in bare.split("\n")[:-1]]
    assert len(lines) > 2
    assert [line for line in lines if cells(line) > COLUMNS and max(map(len, line.split())) < COLUMNS / 2] == []


def test_columns_stay_columns(place: dict[str, str]) -> None:
    """What wraps in the last column of a list goes on below that column; in a pipe it is one line."""
    shown = at_terminal([*NCR, "documents"], place, columns=60).replace("\r", "").splitlines()
    column = shown[0].index("The council")
    assert len(shown) > 3
    assert all(line.startswith(" " * column) and line[column] != " " for line in shown[1:-1])
    listed = run("documents", "--collection", place["NCR_COLLECTION"]).stdout.splitlines()
    assert len(listed) == 1
    assert listed[0].startswith("letter  1 passage  The council, ")


def test_a_pointer_stands_under_the_quotation(place: dict[str, str]) -> None:
    """In a long line, of wide characters too, the marks are below the quoted words that are shown."""
    lines = run("proof", place["DRAFT"], "--width", "60", "--all").stdout.splitlines()
    pointed = [(above, below) for above, below in pairwise(lines) if set(below) == set(" |^\xa0")]
    assert len(pointed) == 2
    for above, below in pointed:
        before = above[: above.index("“")]
        assert cells(before) == below.index("^")


def test_an_empty_collection_says_what_to_do(tmp_path: Path) -> None:
    """Where there are no documents, the list is empty and a line beside it says how to add some."""
    listed = run("documents", "--collection", str(tmp_path / "none"))
    assert (listed.exit_code, listed.stdout) == (1, "")
    assert "ncr add FOLDER" in listed.stderr
