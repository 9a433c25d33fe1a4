"""What is damaged, missing or no file at all is found out and said in one documented error."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import ncrelations as ncr
from cli_helpers import isolate, run
from edition_kit import CORPUS, INDEX_FOLDER
from ncrelations.cli import prompt
from ncrelations.cli.output import is_address
from ncrelations.errors import EncoderUnavailable, IndexMismatch, SourceDamaged
from ncrelations.models import verified_files
from ncrelations.models.minilm import MiniLM, packaged_folder
from ncrelations.models.verified_files import checksum, has_checksum
from ncrelations.render import answer_page, markdown
from ncrelations.render.answer_pages import linker
from ncrelations.retrieval.index import Index
from ncrelations.retrieval.passages import read_bank
from ncrelations.texts.whole_files import packaged_table, read_whole, whole_text
from ncrelations_discord.operator_settings import Settings, SettingsError

Python = Callable[..., subprocess.CompletedProcess[str]]

DEEP = b"[" * 100_000
PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests from the settings and the folders of whoever runs them."""
    isolate(monkeypatch, tmp_path)


def instead(path: Path, kind: str) -> Path:
    """Something else in place of a file."""
    path.unlink(missing_ok=True)
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "sparse":
            with path.open("wb") as file:
                file.truncate(10_000_000_000)
        case "nested":
            path.write_bytes(b"a = " * (path.suffix == ".toml") + DEEP)
    return path


KINDS = [pytest.param("pipe", marks=PIPES), "folder", "sparse"]


@pytest.mark.parametrize("kind", KINDS)
def test_only_ordinary_files_are_read_whole(tmp_path: Path, kind: str) -> None:
    """A pipe is not waited for, a folder and a disk of zeros are not read; ordinary files are, to the byte."""
    with pytest.raises(OSError, match=r"no ordinary file|larger than"):
        read_whole(instead(tmp_path / "file", kind))
    (tmp_path / "fine").write_bytes(b"a\r\n\x1a\0b")
    assert read_whole(tmp_path / "fine", 6) == b"a\r\n\x1a\0b"
    with pytest.raises(OSError, match="larger than 5 bytes"):
        read_whole(tmp_path / "fine", 5)


def test_text_is_read_whole(tmp_path: Path) -> None:
    """Lines end as anywhere, a byte order mark is none of the text, and what is no UTF-8 is said or replaced."""
    file = tmp_path / "fine"
    file.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert whole_text(file, 10) == "a\nb\nc\n"
    with pytest.raises(OSError, match="larger than 9 bytes"):
        whole_text(file, 9)
    file.write_bytes(b"\xff")
    assert whole_text(file, errors="replace") == "\N{REPLACEMENT CHARACTER}"
    with pytest.raises(ValueError, match="can't decode"):
        whole_text(file)


@pytest.mark.parametrize("kind", [*KINDS, "nested", "missing"])
def test_packaged_tables(tmp_path: Path, kind: str) -> None:
    """Editorial data that is no such file says so, and that the package is to be installed anew."""
    with pytest.raises(SourceDamaged, match="reinstall ncrelations"):
        packaged_table(instead(tmp_path / "entities.toml", kind))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the index whose files may be replaced."""
    return shutil.copytree(INDEX_FOLDER, tmp_path / "index")


@pytest.mark.parametrize("kind", [*KINDS, "nested"])
@pytest.mark.parametrize("name", ["manifest.json", "questions.jsonl.gz", "words.arrays"])
def test_index_files(copied: Path, name: str, kind: str) -> None:
    """Anything else in place of a file of the index is one error."""
    instead(copied / name, kind)
    with pytest.raises(IndexMismatch):
        Index.load(CORPUS, copied)


def test_a_line_nested_too_deeply_is_no_question() -> None:
    """The error names the line of the question bank."""
    with pytest.raises(IndexMismatch, match=r"line 1 of questions\.jsonl is not a question"):
        read_bank(DEEP, {})


@pytest.fixture(name="cache")
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in place of the user's cache."""
    place = tmp_path / "cache" / "verified.json"
    monkeypatch.setattr(verified_files, "_place", lambda: place)
    return place


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files whose checksum has been worked out."""
    seen: list[Path] = []

    def look(path: Path) -> str:
        seen.append(path)
        return checksum(path)

    monkeypatch.setattr(verified_files, "checksum", look)
    return seen


def test_a_file_is_looked_at_once_for_each_state(tmp_path: Path, cache: Path, reads: list[Path]) -> None:
    """A checksum is worked out again when the file, its place or its checksum has changed, and only then."""
    weights = tmp_path / "weights"
    weights.write_bytes(b"a" * 1000)
    good = checksum(weights)
    assert [has_checksum(weights, good) for _ in range(3)] == [True] * 3
    assert len(reads) == 1
    weights.write_bytes(b"b" * 1000)
    assert [has_checksum(weights, good) for _ in range(2)] == [False] * 2
    weights.write_bytes(b"a" * 1000)
    os.utime(weights, ns=(1, 1))
    assert has_checksum(weights, good)
    moved = weights.rename(tmp_path / "moved")
    assert has_checksum(moved, good)
    assert len(reads) == 5
    assert list(json.loads(cache.read_text())) == [str(moved.resolve())]


@pytest.mark.parametrize("kind", [*KINDS, "nested", "foreign"])
def test_notes_that_cannot_be_read_are_made_anew(tmp_path: Path, cache: Path, reads: list[Path], kind: str) -> None:
    """Whatever stands in their place, the file is looked at, and the answer is right."""
    cache.parent.mkdir()
    cache.write_text("[1]") if kind == "foreign" else instead(cache, kind)
    weights = tmp_path / "weights"
    weights.write_bytes(b"a")
    assert has_checksum(weights, checksum(weights))
    assert not has_checksum(weights, "0" * 64)
    assert reads


def test_damaged_weights_and_tokenizers_are_found(tmp_path: Path, cache: Path) -> None:
    """A run of bytes overwritten, size kept, in the weights or the tokenizer, is said to be damage with the remedy."""
    for name in ("tokenizer.json", "vocab.txt", "model.safetensors"):
        shutil.copy(packaged_folder() / name, tmp_path)
    model = MiniLM(tmp_path)
    model.verify_once()
    for name, said in (("tokenizer.json", "tokenizer.json is not"), ("vocab.txt", "vocab.txt is not")):
        damage(tmp_path / name, 100_000)
        with pytest.raises(EncoderUnavailable, match=f"{said} the pinned one; run `pip install"):
            model.verify()
        shutil.copy(packaged_folder() / name, tmp_path)
    damage(tmp_path / "vocab.txt", 100_000)
    with pytest.raises(EncoderUnavailable, match="the tokenizer is damaged"):
        model.encode(["maritime security"])
    damage(tmp_path / "model.safetensors", 60_000_000)
    with pytest.raises(EncoderUnavailable, match="the weights are damaged"):
        model.verify_once()
    assert cache.is_file()


def damage(path: Path, at: int) -> None:
    """Overwrite a run of bytes."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\0" * 64)


BROKEN = """
import sys
class Broken:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == sys.argv[1]:
            raise ImportError(f"{name}.so: cannot open shared object file", name=name)
sys.meta_path.insert(0, Broken())
import ncrelations as ncr
try:
    ncr.ask(sys.argv[2])
except ncr.EncoderUnavailable as error:
    print(error.problem, "|", error.remedy)
"""


@pytest.mark.parametrize(
    ("library", "question"), [("numpy", "Why does China distrust AUKUS?"), ("tokenizers", "What of Geoan\u0103?")]
)
def test_a_library_that_cannot_be_loaded_is_named(python: Python, library: str, question: str) -> None:
    """A broken library is a documented error with the command that mends it, in a program and in the shell."""
    told = python("-c", BROKEN, library, question)
    assert told.stdout.startswith(f"the library {library} cannot be loaded"), told.stderr
    assert told.stdout.rstrip().endswith(f"pip install --force-reinstall {library}")


def test_the_doctor_loads_the_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that is installed and cannot be loaded is broken, with its package."""
    monkeypatch.setitem(sys.modules, "faiss", None)
    found = {each["name"]: each for each in json.loads(run("doctor", "--json").stdout)["findings"]}
    assert found["import faiss"]["state"] == "broken"
    assert found["import faiss"]["detail"].endswith("pip install --force-reinstall faiss-cpu")


@pytest.mark.parametrize("kind", KINDS)
def test_a_history_that_is_no_file(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything else in place of the saved questions is neither read nor written over."""
    pytest.importorskip("readline")
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path)
    place = instead(tmp_path / "history", kind)
    before = place.stat()
    prompt._line_editing()()
    assert (place.stat().st_mode, place.stat().st_size) == (before.st_mode, before.st_size)


def test_an_endless_line_in_a_conversation() -> None:
    """A line of a pipe that is too long is refused, and the next is answered."""
    result = run("chat", "--json", input="x" * 3_000_000 + "\nAUKUS\n")
    assert len(result.stdout.splitlines()) == 1
    assert "characters" in result.stderr


@pytest.mark.parametrize("command", ["eval", "ask --batch"])
def test_lines_of_a_disk_of_zeros(command: str, tmp_path: Path) -> None:
    """One endless line is too long a line; no more of it is kept than fits."""
    file = tmp_path / "lines"
    with file.open("wb") as opened:
        opened.truncate(50_000_000)
    result = run(*command.split(), str(file))
    assert result.exit_code == 2
    assert "line 1" in result.stderr
    assert ",000 bytes" in result.stderr + result.stdout


ADDRESSES = [
    "https://x/)[click](https://evil", "https://x/\u202ea", "https://x/\u200ea", "https://x/a b", "https://x/<b>",
    "https://x/`a`", "https://x/'a'", 'https://x/"a"', "https://x/\u0430", "https://x/\x1b", "https://x/a\n", "https://",
    "ftp://x/", "x",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_more_than_one_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the command line nor the bot takes an address that breaks out of a link or reorders text."""
    assert not is_address(address)
    monkeypatch.setenv("NCR_READER_URL", address)
    assert run("cite", "report/VI.1").exit_code == 2
    with pytest.raises(SettingsError, match="reader_url"):
        Settings(token="a.b.c", reader_url=address)  # noqa: S106  # no token


@pytest.mark.parametrize(
    "address", ["https://x.org/~me/reader/?a=1&b=%20#top", "http://127.0.0.1:8000/r", "file:///C:/r"]
)
def test_ordinary_addresses_are_taken(address: str) -> None:
    """Paths, ports, queries and encoded characters are part of an address."""
    assert is_address(address)
    assert run("cite", "report/VI.1", "--reader-url", address).exit_code == 0


def test_a_program_s_own_address_breaks_out_of_nothing() -> None:
    """In Python any text may be an address; what it holds is written so that a link stays one."""
    page = markdown(answer_page(ncr.ask("AUKUS", 1), linker("https://x/)[click](https://evil \u202e")))
    assert "[click]" not in page
    assert "\u202e" not in page
    assert "https://x/%29%5Bclick%5D%28https://evil%20%E2%80%AE/report.html#report/" in page


@PIPES
def test_a_pipe_is_no_token(tmp_path: Path) -> None:
    """A token file that is a pipe is refused at once."""
    with pytest.raises(SettingsError, match="TOKEN_FILE cannot be read: it is no ordinary file"):
        Settings.from_env({"NCR_DISCORD_TOKEN_FILE": str(instead(tmp_path / "token", "pipe"))})


def test_a_pager_that_is_a_number(tmp_path: Path) -> None:
    """A setting of the wrong kind is named."""
    (tmp_path / "config.toml").write_text("pager = 7", "utf-8")
    result = run("toc")
    assert (result.exit_code, "pager must be true or false" in result.stderr) == (2, True)
