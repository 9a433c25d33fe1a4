"""Follow-ups and questions for several passages written beforehand: their files, and what they say."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edition_kit import CORPUS, PASSAGES, bank_bytes, english, index
from fakes import FakeEncoder, interrupted
from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus
from ncrelations.editions.nato_china.knowledge import EDITORIAL, TwoDocuments
from ncrelations.errors import IndexMismatch
from ncrelations.models.minilm import packaged
from ncrelations.retrieval import index_build, index_files
from ncrelations.retrieval.banks import BANKS
from ncrelations.retrieval.index import Index
from ncrelations.retrieval.kernel_regression import packed_votes
from ncrelations.retrieval.written_beforehand import (
    AFTER,
    KINDS,
    SIGNS,
    VOTES,
    Kind,
    Written,
    WrittenQuestion,
    WrittenVotes,
    build,
    check,
    load,
)
from ncrelations.text.words import clean_question

Lines = Mapping[Kind, list[bytes]]
"""What the editors wrote of each kind, line for line."""

FILES = (SIGNS, VOTES, AFTER, "manifest.json")
LINES: Lines = {kind: (EDITORIAL / f"{kind}.jsonl").read_bytes().splitlines(keepends=True) for kind in KINDS}
FEW: Lines = {kind: lines[:: len(lines) // 70] for kind, lines in LINES.items()}
OTHER: Lines = {kind: lines[1 :: len(lines) // 70] for kind, lines in LINES.items()}
WRITTEN = {kind: Written(CORPUS, kind).questions for kind in KINDS}


class Edited(TwoDocuments):
    """The two documents, for which editors wrote other lines beforehand."""

    def __init__(self, folder: Path, lines: Lines) -> None:
        """`folder` is where the lines stand."""
        folder.mkdir()
        for kind, some in lines.items():
            (folder / f"{kind}.jsonl").write_bytes(b"".join(some))
        self.written_folder = folder


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The documents with some seventy lines of each kind."""
    return Edited(tmp_path_factory.mktemp("few") / "editorial", FEW)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Each kind in turn."""
    one: Kind = request.param
    return one


# ------------------------------------------------------------------ what the editors wrote


@pytest.mark.parametrize(("kind", "keys", "fewest", "most"), [("followups", {"after"}, 1, 3), ("several", set(), 2, 4)])
def test_every_line_is_a_question_with_its_answers(kind: Kind, keys: set[str], fewest: int, most: int) -> None:
    """Each is clean text of a line and names the blocks that answer it, a follow-up also the one it comes after."""
    blocks = {passage.block.citation for passage in PASSAGES}
    for line in LINES[kind]:
        entry = json.loads(line)
        answers = [Citation.parse(each) for each in entry["answers"]]
        assert set(entry) == {"question", "answers"} | keys, line
        assert {*answers, *(Citation.parse(entry[key]) for key in keys)} <= blocks, line
        assert fewest <= len(set(answers)) == len(answers) <= most, line
        assert 1 <= len(entry["question"]) <= 200, line
        assert clean_question(entry["question"]) == entry["question"], line


def test_none_is_written_twice(kind: Kind) -> None:
    """No question for several passages stands twice, and no follow-up after the same passage, whatever its capitals."""
    times = Counter((each.after, each.text.casefold()) for each in WRITTEN[kind])
    assert [key for key, count in times.items() if count > 1] == []


def test_the_questions_are_those_of_the_file(kind: Kind) -> None:
    """They are read line for line, the addresses as positions."""
    assert len(WRITTEN[kind]) == len(LINES[kind])
    for line, each in zip(LINES[kind][::100], WRITTEN[kind][::100], strict=True):
        entry = json.loads(line)
        assert (each.text, None if each.after is None else address(each.after)) == (
            entry["question"],
            entry.get("after"),
        )
        assert [address(position) for position in each.answers] == entry["answers"]


def address(position: int) -> str:
    """The citation of the passage at a position."""
    return str(PASSAGES[position].block.citation)


@pytest.mark.parametrize(("kind", "least"), [("followups", 10), ("several", 1)])
def test_every_block_is_asked_for(kind: Kind, least: int) -> None:
    """Every block, lead-ins too, answers at least ten follow-ups and one of the questions for several passages."""
    answering = Counter(position for each in WRITTEN[kind] for position in each.answers)
    assert [address(p.position) for p in PASSAGES if answering[p.position] < least] == []


def test_every_block_has_followups() -> None:
    """Every block comes before at least ten follow-ups."""
    after = Counter(each.after for each in WRITTEN["followups"])
    assert [address(p.position) for p in PASSAGES if after[p.position] < 10] == []


# ------------------------------------------------------------------ building, with few questions and a fake encoder


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of few bank questions, built with the fake encoder, without what was written beforehand."""
    return index_of(FakeEncoder(), tmp_path_factory.mktemp("indexed"))


def index_of(encoder: FakeEncoder, folder: Path) -> Path:
    """A folder in which an index of few bank questions is built."""
    for name in BANKS:
        (folder / f"{name}.jsonl").write_bytes(b"".join(bank_bytes(name).splitlines(keepends=True)[:9]))
    index_build.build(CORPUS, encoder, folder)
    return folder


@pytest.fixture
def built(few: Corpus, indexed: Path, tmp_path: Path) -> Path:
    """A copy of that index with the files of some seventy questions of each kind, to be damaged."""
    folder = shutil.copytree(indexed, tmp_path / "index")
    build(few, FakeEncoder(), folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of both kinds, by its path in the folder."""
    files = sorted(path for kind in KINDS for path in (folder / kind).iterdir())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def edit_manifest(folder: Path, **changes: Any) -> None:
    """Change some entries of the manifest of a kind's folder; `None` takes one out."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8")) | changes
    path.write_text(json.dumps({key: value for key, value in manifest.items() if value is not None}), "utf-8")


def forge(folder: Path, name: str, data: bytes) -> None:
    """Put other bytes in the place of a file of a kind's folder, and its checksum into the manifest."""
    files = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    (folder / name).write_bytes(data)
    edit_manifest(folder, files=files | {name: hashlib.sha256(data).hexdigest()})


def loaded(corpus: Corpus, kind: Kind, folder: Path) -> WrittenVotes:
    """What is loaded of a kind beside the index in a folder."""
    found = load(kind, Index.load(corpus, folder), folder)
    assert found is not None
    return found


def test_what_is_built(few: Corpus, built: Path) -> None:
    """A build writes three files of each kind and a manifest without a time, and returns how many there are of each."""
    assert sorted(contents(built)) == sorted(f"{kind}/{name}" for kind in KINDS for name in FILES)
    counts = {kind: len(FEW[kind]) for kind in KINDS}
    for kind in KINDS:
        manifest = json.loads(contents(built)[f"{kind}/manifest.json"])
        assert set(manifest) == {"schema", "written", "model", "counts", "files"}
        assert manifest["written"] == hashlib.sha256(b"".join(FEW[kind])).hexdigest()
        assert manifest["model"] == {"name": "fake", "fingerprint": FakeEncoder().fingerprint, "dimension": 32}
        assert manifest["counts"] == {kind: counts[kind]}
    assert build(few, FakeEncoder(), built) == counts


def texts(some: Iterable[WrittenQuestion]) -> list[str]:
    """The texts that are embedded for some questions."""
    return [CORPUS.metonyms.replaced(each.text) for each in some]


def test_what_was_built_is_loaded(few: Corpus, built: Path, kind: Kind) -> None:
    """The signs loaded are those of the vectors, the votes are of every question for every passage."""
    found = loaded(few, kind, built)
    assert np.array_equal(found.signs, FakeEncoder().encode(texts(Written(few, kind).questions)) > 0)
    assert found.votes.steps.shape == (len(FEW[kind]), len(PASSAGES))


@pytest.mark.parametrize("dimension", [7, 12, 33])
def test_the_signs_of_any_dimension_come_back(few: Corpus, tmp_path: Path, kind: Kind, dimension: int) -> None:
    """The signs of vectors whose components fill no whole number of bytes are loaded as they were."""
    encoder = FakeEncoder(dimension=dimension)
    folder = index_of(encoder, tmp_path)
    build(few, encoder, folder)
    asked = texts(Written(few, kind).questions)
    assert np.array_equal(loaded(few, kind, folder).signs, encoder.encode(asked) > 0)
    assert check(few, encoder, folder)[kind] == len(asked)


def test_check_finds_nothing_wrong(few: Corpus, built: Path) -> None:
    """What was built follows from what was written, all of which is counted."""
    assert check(few, FakeEncoder(), built) == {kind: len(FEW[kind]) for kind in KINDS}


def test_a_rebuild_is_byte_identical(few: Corpus, built: Path) -> None:
    """Building again, over the old files or without them, gives the same bytes."""
    before = contents(built)
    build(few, FakeEncoder(), built)
    assert contents(built) == before
    for kind in KINDS:
        shutil.rmtree(built / kind)
    build(few, FakeEncoder(), built)
    assert contents(built) == before


@pytest.mark.parametrize("calls", [0, 1, 2])
def test_a_failing_build_leaves_the_old_files(few: Corpus, built: Path, calls: int) -> None:
    """An encoder that fails midway leaves every file as it was."""
    before = contents(built)
    with pytest.raises(RuntimeError, match="socket"):
        build(few, FakeEncoder("other", fail_after=calls), built)
    assert contents(built) == before


@pytest.mark.parametrize(("kind", "written"), [("followups", 1), ("followups", 3), ("several", 5), ("several", 7)])
def test_an_interrupted_build_is_refused(
    few: Corpus, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind, written: int
) -> None:
    """A build cut off between two files leaves something that is refused: the manifest comes last."""
    other = Edited(tmp_path / "editorial", OTHER)
    monkeypatch.setattr(index_files, "write_whole", interrupted(index_files.write_whole, written))
    with pytest.raises(KeyboardInterrupt):
        build(other, FakeEncoder(), built)
    refused(few, kind, built, f"{kind}/.* is not the file the manifest names")


# ------------------------------------------------------------------ refusing


def refused(corpus: Corpus, kind: Kind, folder: Path, problem: str) -> None:
    """Make sure that loading names the problem and the command that mends it."""
    with pytest.raises(IndexMismatch, match=rf"{problem}.*; run `ncr index build`$"):
        loaded(corpus, kind, folder)


def test_a_missing_folder(few: Corpus, built: Path, kind: Kind) -> None:
    """An index without the files of a kind beside it is refused."""
    shutil.rmtree(built / kind)
    refused(few, kind, built, rf"manifest\.json is missing from {kind}/")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file(few: Corpus, built: Path, kind: Kind, name: str) -> None:
    """Without any one of their files those of a kind are refused, and the file named."""
    (built / kind / name).unlink()
    refused(few, kind, built, f"{name} is missing from {kind}/")


@pytest.mark.parametrize("name", [SIGNS, VOTES])
@pytest.mark.parametrize("damage", ["empty", "truncated", "flipped", "longer"])
def test_a_damaged_file(few: Corpus, built: Path, kind: Kind, name: str, damage: str) -> None:
    """A file that is empty, cut off, longer or different in one bit is refused, and named."""
    data = (built / kind / name).read_bytes()
    middle = len(data) // 2
    flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    other = {"empty": b"", "truncated": data[:middle], "flipped": flipped, "longer": data + b"\0"}[damage]
    (built / kind / name).write_bytes(other)
    refused(few, kind, built, f"{kind}/{name} is not the file the manifest names")


@pytest.mark.parametrize("name", [SIGNS, VOTES])
def test_a_file_of_another_shape(few: Corpus, built: Path, kind: Kind, name: str) -> None:
    """Bytes with the right checksum that are not for as many questions are refused."""
    good = (built / kind / name).read_bytes()
    for data in (b"", good[:-1], good + good):
        forge(built / kind, name, data)
        refused(few, kind, built, rf"a file of {kind}/ cannot be read")


def test_the_files_of_another_kind(few: Corpus, built: Path, kind: Kind) -> None:
    """The files of one kind are not taken for those of the other."""
    (other,) = {*KINDS} - {kind}
    shutil.rmtree(built / kind)
    shutil.copytree(built / other, built / kind)
    refused(few, kind, built, rf"it was built from another {kind}\.jsonl")


@pytest.mark.parametrize(
    "change",
    [lambda kind: FEW[kind][1:], lambda kind: FEW[kind][::-1], lambda kind: OTHER[kind]],
    ids=["fewer", "order", "text"],
)
def test_other_questions(built: Path, tmp_path: Path, kind: Kind, change: Callable[[Kind], list[bytes]]) -> None:
    """Files of other questions, or of the same in another order, are refused; the other kind is not."""
    changed = Edited(tmp_path / "editorial", {**FEW, kind: change(kind)})
    refused(changed, kind, built, rf"it was built from another {kind}\.jsonl")
    (other,) = {*KINDS} - {kind}
    assert len(loaded(changed, other, built).votes) == len(FEW[other])


def test_nothing_written_is_nothing_loaded(built: Path, tmp_path: Path, kind: Kind) -> None:
    """For a corpus whose editors wrote none of a kind there is nothing to load, and no file is looked for."""
    (other,) = {*KINDS} - {kind}
    without = Edited(tmp_path / "editorial", {other: FEW[other]})
    shutil.rmtree(built / kind)
    assert load(kind, Index.load(without, built), built) is None
    assert check(without, FakeEncoder(), built) == {other: len(FEW[other])}
    assert build(without, FakeEncoder(), built) == {other: len(FEW[other])}
    assert not (built / kind).exists()


@pytest.mark.parametrize("change", [{"name": "other"}, {"fingerprint": "0" * 64}])
def test_another_model(few: Corpus, built: Path, kind: Kind, change: dict[str, str]) -> None:
    """Files of a model with another name or fingerprint than that of the index are refused."""
    model = json.loads((built / kind / "manifest.json").read_text("utf-8"))["model"]
    edit_manifest(built / kind, model=model | change)
    refused(few, kind, built, f"{kind}/ was built with {change.get('name', 'fake')}, not with fake")


@pytest.mark.parametrize("key", ["schema", "written", "model", "files"])
@pytest.mark.parametrize("value", [None, [], "text", 7])
def test_a_manifest_with_a_wrong_entry(few: Corpus, built: Path, kind: Kind, key: str, value: object) -> None:
    """A manifest in which an entry is missing or of another kind is refused, with IndexMismatch and nothing else."""
    edit_manifest(built / kind, **{key: value})
    refused(few, kind, built, "")


def test_check_finds_another_model(few: Corpus, built: Path) -> None:
    """Files that a model did not make are not its own."""
    with pytest.raises(IndexMismatch, match="fake"):
        check(few, FakeEncoder("other"), built)


def test_check_finds_flipped_signs(few: Corpus, built: Path, kind: Kind) -> None:
    """One sign that is not that of the vector is found out."""
    data = (built / kind / SIGNS).read_bytes()
    forge(built / kind, SIGNS, data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(IndexMismatch, match=rf"{kind}/signs\.bits differs from a fresh embedding"):
        check(few, FakeEncoder(), built)


def test_check_finds_changed_votes(few: Corpus, built: Path, kind: Kind) -> None:
    """Votes that others than these questions cast are found out."""
    votes = loaded(few, kind, built).votes.whole
    for changed in (-votes, votes[::-1], np.roll(votes, 1, axis=1)):
        forge(built / kind, VOTES, packed_votes(changed))
        with pytest.raises(IndexMismatch, match=rf"{kind}/votes\.int8 does not follow from {kind}\.jsonl"):
            check(few, FakeEncoder(), built)


# ------------------------------------------------------------------ what the packaged ones say


def packaged_votes(kind: Kind) -> WrittenVotes:
    """Those of a kind that the edition has."""
    found = english().written(kind)
    assert found is not None
    return found


def test_the_packaged_ones_are_those_of_the_model(kind: Kind) -> None:
    """Of a sample, every stored sign is that of the vector: the files belong to these lines."""
    found = packaged_votes(kind)
    assert found.signs.shape == (len(WRITTEN[kind]), index().manifest["model"]["dimension"])
    fresh = packaged().encode(texts(WRITTEN[kind][::100]))
    assert np.abs(fresh[found.signs[::100] != (fresh > 0)]).max(initial=0) < 1e-5


def test_the_packaged_ones_are_loaded_once(kind: Kind) -> None:
    """One process loads those of a kind once."""
    assert packaged_votes(kind) is packaged_votes(kind)


def voted(kind: Kind, asked: list[WrittenQuestion]) -> list[list[int]]:
    """The passages in the order in which the packaged ones vote for them, for each of some asked as it was written."""
    vectors = packaged().encode(texts(asked))
    scores = [packaged_votes(kind).answering(v, each.after) for v, each in zip(vectors, asked, strict=True)]
    return [np.argsort(-each, kind="stable").tolist() for each in scores]


def sample(kind: Kind) -> list[WrittenQuestion]:
    """Three hundred of a kind, spread over all of them, always the same."""
    return list(WRITTEN[kind][:: len(WRITTEN[kind]) // 300][:300])


def test_a_known_followup_gets_its_answer() -> None:
    """Of 300 follow-ups asked where they were written, nine in ten get their first answer first, and nearly all one."""
    asked = sample("followups")
    named = [order[0] for order in voted("followups", asked)]
    assert len(asked) == 300
    assert sum(position == each.answers[0] for position, each in zip(named, asked, strict=True)) >= 270
    assert sum(position in each.answers for position, each in zip(named, asked, strict=True)) >= 294


def test_a_known_question_gets_all_of_its_passages() -> None:
    """Of 300 questions for several passages, 99 in 100 get exactly theirs first, all have them in the first five."""
    asked = sample("several")
    orders = voted("several", asked)
    assert len(asked) == 300
    exactly = [set(order[: len(each.answers)]) == {*each.answers} for order, each in zip(orders, asked, strict=True)]
    assert sum(exactly) >= 297
    assert [each for order, each in zip(orders, asked, strict=True) if not {*each.answers} <= {*order[:5]}] == []


def test_the_same_followup_means_another_passage_elsewhere() -> None:
    """A follow-up that was written after several passages gets, after each, an answer of that place."""
    written = defaultdict(list)
    for each in WRITTEN["followups"]:
        written[each.text.casefold()].append(each)
    apart = [
        both
        for one, *others in written.values()
        for both in ((one, other) for other in others if not {*one.answers} & {*other.answers})
    ]
    assert len(apart) >= 10
    asked = [each for both in apart for each in both]
    for each, order in zip(asked, voted("followups", asked), strict=True):
        assert order[0] in each.answers, each


def test_the_scores_are_eighths_of_their_spread(kind: Kind) -> None:
    """Whatever is asked, and wherever, there is one finite score a passage and their spread is an eighth."""
    for text in ("why?", "and what then?", "xyzzy"):
        vector = packaged().encode([text])[0]
        for after in (0, 50, len(PASSAGES) - 1) if kind == "followups" else (None,):
            scores = packaged_votes(kind).answering(vector, after)
            assert scores.shape == (len(PASSAGES),)
            assert scores.std() == pytest.approx(1 / 8)
