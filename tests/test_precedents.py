"""Precedents: the follow-ups written beforehand, their files, and what they say."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import ncrelations.index as index_module
import ncrelations.precedents as module
from fakes import FakeEncoder
from ncrelations.citation import Citation
from ncrelations.encoder import packaged
from ncrelations.errors import IndexMismatch
from ncrelations.gazetteer import canonical
from ncrelations.index import Index, index_folder, packaged_index
from ncrelations.passages import passages
from ncrelations.precedents import FOLDER, SIGNS, VOTES, FollowUp, build, check, followups, load, packaged_precedents
from ncrelations.votes import packed
from ncrelations.words import clean_question

FILES = (SIGNS, VOTES, "manifest.json")
LINES = module._authored().splitlines(keepends=True)


# ------------------------------------------------------------------ what the editors wrote


def test_every_line_is_a_followup() -> None:
    """Each names the block it comes after and one to three that answer it, and is clean text of a line."""
    blocks = {passage.block.citation for passage in passages()}
    for line in LINES:
        entry = json.loads(line)
        answers = [Citation.parse(each) for each in entry["answers"]]
        assert set(entry) == {"after", "question", "answers"}, line
        assert {Citation.parse(entry["after"]), *answers} <= blocks, line
        assert 1 <= len(set(answers)) == len(answers) <= 3, line
        assert 1 <= len(entry["question"]) <= 200, line
        assert clean_question(entry["question"]) == entry["question"], line


def test_none_is_written_twice() -> None:
    """No follow-up stands twice after the same passage, whatever its capitals."""
    times = Counter((each.after, each.text.casefold()) for each in followups())
    assert [key for key, count in times.items() if count > 1] == []


def test_followups_are_those_of_the_file() -> None:
    """They are read line for line, the addresses as positions."""
    assert len(followups()) == len(LINES)
    for line, each in zip(LINES[::500], followups()[::500], strict=True):
        entry = json.loads(line)
        assert (each.text, address(each.after)) == (entry["question"], entry["after"])
        assert [address(position) for position in each.answers] == entry["answers"]


def address(position: int) -> str:
    """The citation of the passage at a position."""
    return str(passages()[position].block.citation)


def test_every_block_has_followups() -> None:
    """Every block comes after, and is answered by, at least ten follow-ups."""
    after = Counter(each.after for each in followups())
    answering = Counter(position for each in followups() for position in each.answers)
    few = [address(p.position) for p in passages() if min(after[p.position], answering[p.position]) < 10]
    assert few == []


# ------------------------------------------------------------------ building, with few follow-ups and a fake encoder


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of few bank questions, built with the fake encoder, without follow-ups."""
    folder = tmp_path_factory.mktemp("indexed")
    for name in ("questions.jsonl", "unanswered.jsonl"):
        (folder / name).write_bytes(b"".join((index_folder() / name).read_bytes().splitlines(keepends=True)[:9]))
    index_module.build(FakeEncoder(), folder)
    return folder


@pytest.fixture
def built(indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that index with the files of every hundredth follow-up, to be damaged."""
    author(monkeypatch, LINES[::100])
    folder = shutil.copytree(indexed, tmp_path / "index")
    build(FakeEncoder(), folder)
    return folder


def author(monkeypatch: pytest.MonkeyPatch, lines: list[bytes]) -> None:
    """Let the editors have written these lines and no others."""
    monkeypatch.setattr(module, "_authored", lambda: b"".join(lines))
    monkeypatch.setattr(module, "followups", cache(followups.__wrapped__))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the follow-ups."""
    return {path.name: path.read_bytes() for path in sorted((folder / FOLDER).iterdir())}


def edit_manifest(folder: Path, **changes: Any) -> None:
    """Change some entries of the follow-ups' manifest; `None` takes one out."""
    path = folder / FOLDER / "manifest.json"
    manifest = json.loads(path.read_text("utf-8")) | changes
    path.write_text(json.dumps({key: value for key, value in manifest.items() if value is not None}), "utf-8")


def forge(folder: Path, name: str, data: bytes) -> None:
    """Put other bytes in the place of a file, and its checksum into the manifest."""
    files = json.loads((folder / FOLDER / "manifest.json").read_text("utf-8"))["files"]
    (folder / FOLDER / name).write_bytes(data)
    edit_manifest(folder, files=files | {name: hashlib.sha256(data).hexdigest()})


def test_what_is_built(built: Path) -> None:
    """A build writes its two files and a manifest without a time, and returns that manifest."""
    assert sorted(contents(built)) == sorted(FILES)
    manifest = json.loads(contents(built)["manifest.json"])
    assert set(manifest) == {"schema", "followups", "model", "counts", "files"}
    assert manifest["model"] == {"name": "fake", "fingerprint": FakeEncoder().fingerprint, "dimension": 32}
    assert manifest["counts"] == {FOLDER: len(module.followups())}
    assert build(FakeEncoder(), built) == manifest


def test_what_was_built_is_loaded(built: Path) -> None:
    """The signs loaded are those of the vectors, the votes are of every follow-up for every passage."""
    few = module.followups()
    found = load(Index.load(built), built)
    assert np.array_equal(found.signs, FakeEncoder().encode([canonical(each.text) for each in few]) > 0)
    assert found.votes.shape == (len(few), len(passages()))


def test_check_finds_nothing_wrong(built: Path) -> None:
    """What was built follows from the follow-ups, all of which are counted."""
    assert check(FakeEncoder(), built) == len(LINES[::100])


def test_a_rebuild_is_byte_identical(built: Path) -> None:
    """Building again, over the old files or without them, gives the same bytes."""
    before = contents(built)
    build(FakeEncoder(), built)
    assert contents(built) == before
    shutil.rmtree(built / FOLDER)
    build(FakeEncoder(), built)
    assert contents(built) == before


@pytest.mark.parametrize("calls", [0, 1])
def test_a_failing_build_leaves_the_old_files(built: Path, calls: int) -> None:
    """An encoder that fails midway leaves every file as it was."""
    before = contents(built)
    with pytest.raises(RuntimeError, match="socket"):
        build(FakeEncoder("other", fail_after=calls), built)
    assert contents(built) == before


@pytest.mark.parametrize("written", [1, 2])
def test_an_interrupted_build_is_refused(built: Path, monkeypatch: pytest.MonkeyPatch, written: int) -> None:
    """A build cut off between two files leaves something that is refused: the manifest comes last."""
    write, left = index_module.write_whole, written

    def interrupted(path: Path, data: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        write(path, data)

    author(monkeypatch, LINES[1::100])
    monkeypatch.setattr(module, "write_whole", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(FakeEncoder(), built)
    author(monkeypatch, LINES[::100])
    with pytest.raises(IndexMismatch, match="is not the file the manifest names"):
        load(Index.load(built), built)


# ------------------------------------------------------------------ refusing


def refused(folder: Path, problem: str) -> None:
    """Make sure that loading names the problem and the command that mends it."""
    with pytest.raises(IndexMismatch, match=rf"{problem}.*; run `ncr index build`$"):
        load(Index.load(folder), folder)


def test_a_missing_folder(built: Path) -> None:
    """An index without follow-ups beside it is refused."""
    shutil.rmtree(built / FOLDER)
    refused(built, r"manifest\.json is missing from followups/")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file(built: Path, name: str) -> None:
    """Without any one of the files the follow-ups are refused, and the file named."""
    (built / FOLDER / name).unlink()
    refused(built, f"{name} is missing from followups/")


@pytest.mark.parametrize("name", [SIGNS, VOTES])
@pytest.mark.parametrize("damage", ["empty", "truncated", "flipped", "longer"])
def test_a_damaged_file(built: Path, name: str, damage: str) -> None:
    """A file that is empty, cut off, longer or different in one bit is refused, and named."""
    data = contents(built)[name]
    middle = len(data) // 2
    flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    other = {"empty": b"", "truncated": data[:middle], "flipped": flipped, "longer": data + b"\0"}[damage]
    (built / FOLDER / name).write_bytes(other)
    refused(built, f"followups/{name} is not the file the manifest names")


@pytest.mark.parametrize("name", [SIGNS, VOTES])
def test_a_file_of_another_shape(built: Path, name: str) -> None:
    """Bytes with the right checksum that are not for as many follow-ups are refused."""
    good = contents(built)[name]
    for data in (b"", good[:-1], good + good):
        forge(built, name, data)
        refused(built, r"a file of followups/ cannot be read")


@pytest.mark.parametrize("lines", [LINES[::100][1:], LINES[::100][::-1], LINES[1::100]], ids=["fewer", "order", "text"])
def test_other_followups(built: Path, monkeypatch: pytest.MonkeyPatch, lines: list[bytes]) -> None:
    """Files of other follow-ups, or of the same in another order, are refused."""
    author(monkeypatch, lines)
    refused(built, r"it was built from another followups\.jsonl")


@pytest.mark.parametrize("change", [{"name": "other"}, {"fingerprint": "0" * 64}])
def test_another_model(built: Path, change: dict[str, str]) -> None:
    """Files of a model with another name or fingerprint than that of the index are refused."""
    model = json.loads(contents(built)["manifest.json"])["model"]
    edit_manifest(built, model=model | change)
    refused(built, f"followups/ was built with {change.get('name', 'fake')}, not with fake")


@pytest.mark.parametrize("key", ["schema", "followups", "model", "files"])
@pytest.mark.parametrize("value", [None, [], "text", 7])
def test_a_manifest_with_a_wrong_entry(built: Path, key: str, value: object) -> None:
    """A manifest in which an entry is missing or of another kind is refused, with IndexMismatch and nothing else."""
    edit_manifest(built, **{key: value})
    refused(built, "")


def test_check_finds_another_model(built: Path) -> None:
    """Files that a model did not make are not its own."""
    with pytest.raises(IndexMismatch, match="fake"):
        check(FakeEncoder("other"), built)


def test_check_finds_flipped_signs(built: Path) -> None:
    """One sign that is not that of the vector is found out."""
    data = contents(built)[SIGNS]
    forge(built, SIGNS, data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(IndexMismatch, match=r"followups/signs\.bits differs from a fresh embedding"):
        check(FakeEncoder(), built)


def test_check_finds_changed_votes(built: Path) -> None:
    """Votes that others than these follow-ups cast are found out."""
    votes = load(Index.load(built), built).votes
    for changed in (-votes, votes[::-1], np.roll(votes, 1, axis=1)):
        forge(built, VOTES, packed(changed))
        with pytest.raises(IndexMismatch, match=r"followups/votes\.int8 does not follow from the follow-ups"):
            check(FakeEncoder(), built)


# ------------------------------------------------------------------ what the packaged ones say


def first(each: FollowUp) -> int:
    """The passage that the packaged follow-ups rank first for one of them, asked where it was written."""
    vector = packaged().encode([canonical(each.text)])[0]
    return int(packaged_precedents().answering(vector, each.after).argmax())


def test_the_packaged_followups_are_those_of_the_model() -> None:
    """Of a sample, every stored sign is that of the vector: the files belong to these lines."""
    found = packaged_precedents()
    assert found.signs.shape == (len(followups()), packaged_index().manifest["model"]["dimension"])
    fresh = packaged().encode([canonical(each.text) for each in followups()[::200]])
    assert np.abs(fresh[found.signs[::200] != (fresh > 0)]).max(initial=0) < 1e-5


def test_the_packaged_followups_are_loaded_once() -> None:
    """One process loads them once."""
    assert packaged_precedents() is packaged_precedents()


def test_a_known_followup_gets_its_answer() -> None:
    """Of 300 follow-ups asked where they were written, nine in ten get their first answer first, and nearly all one."""
    sample = followups()[:: len(followups()) // 300][:300]
    named = [first(each) for each in sample]
    assert len(sample) == 300
    assert sum(position == each.answers[0] for position, each in zip(named, sample, strict=True)) >= 270
    assert sum(position in each.answers for position, each in zip(named, sample, strict=True)) >= 294


def test_the_same_followup_means_another_passage_elsewhere() -> None:
    """A follow-up that was written after several passages gets, after each, an answer of that place."""
    written = defaultdict(list)
    for each in followups():
        written[each.text.casefold()].append(each)
    apart = [(one, other) for one, *others in written.values() for other in others if not shared(one, other)]
    assert len(apart) >= 10
    for one, other in apart:
        assert first(one) in one.answers, one
        assert first(other) in other.answers, other


def shared(one: FollowUp, other: FollowUp) -> set[int]:
    """The passages that answer both of two follow-ups."""
    return set(one.answers) & set(other.answers)


def test_the_scores_are_eighths_of_their_spread() -> None:
    """Whatever is asked, and wherever, there is one finite score a passage and their spread is an eighth."""
    for text in ("why?", "and what then?", "xyzzy"):
        vector = packaged().encode([text])[0]
        for after in (0, 50, len(passages()) - 1):
            scores = packaged_precedents().answering(vector, after)
            assert scores.shape == (len(passages()),)
            assert scores.std() == pytest.approx(1 / 8)
