"""A new index takes the old one's place whole: whatever happens meanwhile, one of the two answers."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ncrelations.errors import IndexMismatch
from ncrelations.retrieval import index_swap
from ncrelations.retrieval.index_files import SCHEMA, read_built, read_manifest, read_settled, write_built, write_whole
from ncrelations.retrieval.index_swap import rebuilt

Python = Callable[..., subprocess.CompletedProcess[str]]

NAMES = [f"file{number}" for number in range(8)]


def build(folder: Path, generation: int) -> None:
    """Write an index all of whose files say which it is."""
    write_built(folder, {"schema": SCHEMA, "generation": generation}, dict.fromkeys(NAMES, b"%d" % generation))


def generation(folder: Path) -> int:
    """Which index a folder holds. Raises `IndexMismatch` for one that is not whole."""

    def read(folder: Path) -> int:
        manifest = read_manifest(folder)
        assert {*read_built(folder, manifest, NAMES).values()} == {b"%d" % manifest["generation"]}
        return int(manifest["generation"])

    return read_settled(folder, read)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of the first generation, with a file of its editors'."""
    build(tmp_path / "index", 1)
    (tmp_path / "index" / "questions.jsonl").write_text("written by hand")
    return tmp_path / "index"


@pytest.mark.parametrize("exchange", [True, False])
def test_a_new_index_takes_the_old_ones_place(folder: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool) -> None:
    """Until it is whole the old one is there; afterwards the new one, with what editors wrote, and nothing else."""
    if not exchange:  # as on systems that cannot exchange two folders
        monkeypatch.setattr(index_swap, "_exchanged", lambda *_: False)
    with rebuilt(folder) as aside:
        build(aside, 2)
        assert generation(folder) == 1
    assert generation(folder) == 2
    assert (folder / "questions.jsonl").read_text() == "written by hand"
    assert {path.name for path in folder.parent.iterdir()} == {"index", "index.lock"}
    assert {path.name for path in folder.iterdir()} == {*NAMES, "manifest.json", "questions.jsonl"}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_build_that_fails_changes_nothing(folder: Path, error: BaseException) -> None:
    """A full disk or Ctrl-C in the midst leaves the old index, and nothing beside it."""

    def fail() -> None:
        with rebuilt(folder) as aside:
            (aside / NAMES[0]).write_bytes(b"half")
            raise error

    with pytest.raises(type(error)):
        fail()
    assert generation(folder) == 1
    assert {path.name for path in folder.parent.iterdir()} == {"index", "index.lock"}


def test_one_process_builds_at_a_time(folder: Path) -> None:
    """A second build is refused while one runs, and possible after it."""
    with rebuilt(folder) as aside:
        build(aside, 2)
        with pytest.raises(IndexMismatch, match="another process is building it"), rebuilt(folder):
            pass
    with rebuilt(folder) as aside:
        build(aside, 3)
    assert generation(folder) == 3


def test_a_file_that_cannot_be_moved_leaves_nothing(tmp_path: Path) -> None:
    """What was written aside is gone when its place cannot be taken."""
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "inside").touch()
    with pytest.raises(OSError, match="taken"):
        write_whole(tmp_path / "taken", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


BUILDER = """
import sys
from pathlib import Path
from ncrelations.retrieval import index_files, index_swap
from test_index_swap import build
if sys.argv[2] == "two steps":
    index_swap._exchanged = lambda *_: False
number = index_files.read_manifest(Path(sys.argv[1]))["generation"] + 1
while True:
    with index_swap.rebuilt(Path(sys.argv[1])) as aside:
        build(aside, number)
    print(number, flush=True)
    number += 1
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no SIGKILL")
@pytest.mark.parametrize("steps", ["one step", "two steps"])
def test_a_killed_build_loses_nothing(folder: Path, checkout: Path, steps: str) -> None:
    """A process that builds one index after the other is killed again and again: there is always a whole one."""
    path = f"{checkout / 'src'}:{checkout / 'tests'}"
    for kill in range(3):
        before = generation(folder)
        program = [sys.executable, "-c", BUILDER, str(folder), steps]
        with subprocess.Popen(program, env={"PYTHONPATH": path}, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert int(process.stdout.readline()) == before + 1
            end = time.monotonic() + 0.05 + kill / 97
            while time.monotonic() < end and steps == "one step":
                assert generation(folder) > before
            time.sleep(max(0.0, end - time.monotonic()))
            process.send_signal(signal.SIGKILL)
        assert generation(folder) > before
    with rebuilt(folder) as aside:
        build(aside, 10_000)
    assert generation(folder) == 10_000
    assert {path.name for path in folder.parent.iterdir()} == {"index", "index.lock"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems exchange folders in other ways, or not at all")
def test_folders_are_exchanged_in_one_step(tmp_path: Path) -> None:
    """Where the system can, two folders change places without either being away; what is no folder does not."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert index_swap._exchanged(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "other").exists()
    assert (tmp_path / "other" / "one").exists()
    assert not index_swap._exchanged(tmp_path / "one", tmp_path / "nowhere")
