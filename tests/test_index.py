"""The index: built, rebuilt to the byte, refused when anything about it differs, searched as by hand."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import shutil
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

from edition_kit import CORPUS, INDEX_FOLDER, PASSAGES, SENTENCES, bank_bytes
from edition_kit import index as packaged_index
from fakes import FakeEncoder, interrupted
from ncrelations.cli import ncr
from ncrelations.document.corpus import Corpus
from ncrelations.editions.nato_china.knowledge import TwoDocuments
from ncrelations.errors import IndexMismatch
from ncrelations.library import Library
from ncrelations.models import sentence_transformer
from ncrelations.models.encoder import Encoder
from ncrelations.retrieval import index_files, written_beforehand
from ncrelations.retrieval.banks import Banks
from ncrelations.retrieval.bm25 import Lexical
from ncrelations.retrieval.index import (
    DOUBTS,
    LEXICAL,
    ORDERS,
    VECTORS,
    VOTES,
    WORDS,
    Index,
    as_stored,
    stored_vectors,
    vector_file,
)
from ncrelations.retrieval.index_build import Texts, build, check
from ncrelations.retrieval.index_files import SCHEMA
from ncrelations.retrieval.kernel_regression import LOCAL, packed_votes
from ncrelations.retrieval.kernel_regression import WORDS as WORDS_SHARE
from ncrelations.retrieval.passages import lengths_of, read_bank
from ncrelations.retrieval.shared_words import SharedWords, tokens_of
from ncrelations.retrieval.vector_files import packed, unpacked
from ncrelations.retrieval.word_tables import WordTables
from ncrelations.text.words import pieces_of, stem

BANKS = ("questions.jsonl", "unanswered.jsonl")
FILES = (*map(vector_file, VECTORS), LEXICAL, VOTES, DOUBTS, WORDS, ORDERS)
BUILT = sorted([*FILES, "manifest.json"])


@pytest.fixture(scope="module")
def banks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every twelfth question of both banks."""
    folder = tmp_path_factory.mktemp("banks")
    for name in BANKS:
        lines = bank_bytes(name.removesuffix(".jsonl")).splitlines(keepends=True)
        (folder / name).write_bytes(b"".join(lines[::12]))
    return folder


@pytest.fixture(scope="module")
def built(banks: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index built with the fake encoder. Tests that change it work on a copy."""
    folder = tmp_path_factory.mktemp("built") / "index"
    shutil.copytree(banks, folder)
    build(CORPUS, FakeEncoder(), folder)
    return folder


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A copy of the built index, to be damaged."""
    return shutil.copytree(built, tmp_path / "index")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def edit_manifest(folder: Path, **changes: Any) -> None:
    """Change some entries of a manifest; `None` takes one out."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8")) | changes
    (folder / "manifest.json").write_text(json.dumps({k: v for k, v in manifest.items() if v is not None}), "utf-8")


# ------------------------------------------------------------------ building


def test_what_is_built(built: Path) -> None:
    """A build writes its files and the manifest beside the banks, and leaves nothing else behind."""
    assert sorted(path.name for path in built.iterdir()) == sorted([*BUILT, *BANKS])


def test_the_manifest(built: Path) -> None:
    """The manifest names schema, sources, banks, model and counts, and no time."""
    manifest = json.loads((built / "manifest.json").read_text("utf-8"))
    assert set(manifest) == {"schema", "sources", "questions", "unanswered", "model", "counts", "files"}
    fake = FakeEncoder()
    assert manifest["model"] == {"name": "fake", "fingerprint": fake.fingerprint, "dimension": 32}
    assert manifest["counts"]["blocks"] == len(PASSAGES)
    assert manifest["counts"]["sentences"] == len(SENTENCES)
    for name in ("questions", "unanswered"):
        assert manifest["counts"][name] == len((built / f"{name}.jsonl").read_text("utf-8").splitlines())


def test_a_rebuild_is_byte_identical(built: Path, copy: Path) -> None:
    """Building again, over the old index or elsewhere, gives the same bytes."""
    build(CORPUS, FakeEncoder(), copy)
    assert contents(copy) == contents(built)


def test_build_returns_its_manifest(copy: Path) -> None:
    """What `build` returns is what it wrote."""
    assert build(CORPUS, FakeEncoder(), copy) == json.loads((copy / "manifest.json").read_text("utf-8"))


@pytest.mark.parametrize("fails", [False, True])
def test_the_command_swaps_the_whole_index(copy: Path, monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    """`ncr index build` puts everything in place together; where its last part fails, nothing has changed."""
    before = contents(copy)

    def last(_: Corpus, __: FakeEncoder, folder: Path) -> dict[str, int]:
        (folder / "last").touch()
        assert Index.load(CORPUS, copy).model == "fake"
        if fails:
            raise RuntimeError("out of its socket")
        return {}

    monkeypatch.setattr(sentence_transformer, "SentenceTransformers", lambda *_, **__: FakeEncoder("other"))
    monkeypatch.setattr(written_beforehand, "build", last)
    result = CliRunner().invoke(ncr, ["index", "build", "--folder", str(copy)])
    assert isinstance(result.exception, RuntimeError) == fails, result.exception
    assert (contents(copy) == before) == fails
    assert Index.load(CORPUS, copy).model == ("fake" if fails else "other")
    assert sorted(path.name for path in copy.parent.iterdir()) == ["index", "index.lock"]


@pytest.mark.parametrize("calls", [0, 1, 2, 3])
def test_a_failing_build_leaves_the_old_index(built: Path, copy: Path, calls: int) -> None:
    """An encoder that fails midway leaves every file as it was, and the old index loads."""
    with pytest.raises(RuntimeError, match="socket"):
        build(CORPUS, FakeEncoder("other", fail_after=calls), copy)
    assert contents(copy) == contents(built)
    Index.load(CORPUS, copy)


def test_an_interruption_while_writing_is_never_taken_for_an_index(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build cut off between two files leaves something that is refused, not a mixture that answers."""
    monkeypatch.setattr(index_files, "write_whole", interrupted(index_files.write_whole, 2))
    with pytest.raises(KeyboardInterrupt):
        build(CORPUS, FakeEncoder("other"), copy)
    with pytest.raises(IndexMismatch):
        Index.load(CORPUS, copy)


def test_a_first_build_needs_the_banks(tmp_path: Path) -> None:
    """Without the question banks there is nothing to build from."""
    with pytest.raises(IndexMismatch, match=r"questions\.jsonl is missing"):
        build(CORPUS, FakeEncoder(), tmp_path)


def test_a_folder_with_a_non_ascii_name(banks: Path, tmp_path: Path) -> None:
    """No path ever reaches FAISS: an index can be built in and loaded from any folder."""
    folder = shutil.copytree(banks, tmp_path / "Индекс 北约 ü")
    build(CORPUS, FakeEncoder(), folder)
    assert Index.load(CORPUS, folder).model == "fake"
    assert check(CORPUS, FakeEncoder(), folder)["blocks"] < 1e-6


# ------------------------------------------------------------------ loading and refusing


def test_a_built_index_loads(built: Path) -> None:
    """What was built is loaded, with its passages, sentences, banks and model."""
    index = Index.load(CORPUS, built)
    assert (index.model, index.built_with) == ("fake", ("fake", FakeEncoder().fingerprint))
    assert index.passages == PASSAGES
    assert index.sentences == SENTENCES
    answered = Banks.of(built).read(lengths_of(index.passages))[0]
    assert len(answered) == index.manifest["counts"]["questions"]
    assert index.bank == tuple(question for question in answered if not question.twin) != answered
    assert len(index.question_owner) == len(index.bank)
    assert [index.passages[owner].block for owner in index.sentence_owner] == [s.block for s in index.sentences]
    assert "maritime" in index.vocabulary
    assert "maritime" in index.document_words


def test_every_question_belongs_to_its_sentences(built: Path) -> None:
    """Each pair of a question and an asked sentence is one that the bank names."""
    index = Index.load(CORPUS, built)
    pairs = [
        (index.bank[q].text, str(index.sentences[s].citation))
        for q, s in zip(index.asking_question, index.asked_sentence, strict=True)
    ]
    expected = [
        (question.text, f"{index.passages[question.passage].block.citation}/s{number}")
        for question in index.bank
        for number in question.sentences
    ]
    assert pairs == expected


@pytest.mark.parametrize("name", [*BUILT, *BANKS])
def test_a_missing_file(copy: Path, name: str) -> None:
    """Without any one of its files the index is refused, and the file named."""
    (copy / name).unlink()
    with pytest.raises(IndexMismatch, match=rf"{name} is missing from index/ .* run `ncr index build`"):
        Index.load(CORPUS, copy)


def test_a_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is refused like an empty one."""
    with pytest.raises(IndexMismatch, match=r"manifest\.json is missing from nowhere/"):
        Index.load(CORPUS, tmp_path / "nowhere")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["empty", "truncated", "flipped", "longer"])
def test_a_damaged_file(copy: Path, name: str, damage: str) -> None:
    """A file that is empty, cut off, longer or different in one bit is refused, and named."""
    data = (copy / name).read_bytes()
    middle = len(data) // 2
    flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    other = {"empty": b"", "truncated": data[:middle], "flipped": flipped, "longer": data + b"\0"}[damage]
    (copy / name).write_bytes(other)
    with pytest.raises(IndexMismatch, match=rf"{name} is not the file the manifest names .* run `ncr index build`"):
        Index.load(CORPUS, copy)


@pytest.mark.parametrize("name", BANKS)
def test_another_bank(copy: Path, name: str) -> None:
    """A question bank changed after the build is refused, and named."""
    with (copy / name).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(IndexMismatch, match=rf"it was built from another {name}"):
        Index.load(CORPUS, copy)


def test_other_sources(copy: Path) -> None:
    """An index of other source texts is refused."""
    sources = json.loads((copy / "manifest.json").read_text("utf-8"))["sources"]
    edit_manifest(copy, sources=sources | {"report": "0" * 64})
    with pytest.raises(IndexMismatch, match="it was built from other source texts"):
        Index.load(CORPUS, copy)


@pytest.mark.parametrize("schema", [0, 2, 99, "1"])
def test_another_schema(copy: Path, schema: object) -> None:
    """An index of another version's format is refused, both versions named."""
    edit_manifest(copy, schema=schema if schema != SCHEMA else 98)
    message = f"it has schema .*, this version of ncrelations reads schema {SCHEMA}"
    with pytest.raises(IndexMismatch, match=message):
        Index.load(CORPUS, copy)


def test_a_foreign_manifest(copy: Path, banks: Path, tmp_path: Path) -> None:
    """The manifest of another build does not fit these files."""
    other = shutil.copytree(banks, tmp_path / "other")
    build(CORPUS, FakeEncoder("other"), other)
    shutil.copy(other / "manifest.json", copy)
    with pytest.raises(IndexMismatch, match="is not the file the manifest names"):
        Index.load(CORPUS, copy)


NO_MANIFEST = ["", "{", "not json", "[]", "null", "7", '"schema"', "{}", '{"schema": null}', "\ufeff{}"]


@pytest.mark.parametrize("text", NO_MANIFEST)
def test_a_manifest_that_is_none(copy: Path, text: str) -> None:
    """Something else under the manifest's name is refused."""
    (copy / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(IndexMismatch):
        Index.load(CORPUS, copy)


def test_a_manifest_that_is_not_text(copy: Path) -> None:
    """Bytes that are no text are refused."""
    (copy / "manifest.json").write_bytes(b"\xff\xfe\x00{")
    with pytest.raises(IndexMismatch, match=r"manifest\.json is not a manifest"):
        Index.load(CORPUS, copy)


@pytest.mark.parametrize("key", ["schema", "sources", "questions", "unanswered", "model", "files"])
@pytest.mark.parametrize("value", [None, [], "text", 7])
def test_a_manifest_with_a_wrong_entry(copy: Path, key: str, value: object) -> None:
    """A manifest in which an entry is missing or of another kind is refused, with IndexMismatch and nothing else."""
    edit_manifest(copy, **{key: value})
    with pytest.raises(IndexMismatch):
        check(CORPUS, FakeEncoder(), copy)


@pytest.mark.parametrize("name", [LEXICAL, WORDS])
def test_a_file_of_arrays_of_another_shape(copy: Path, name: str) -> None:
    """A file that has the checksum of the manifest but not the shape of its kind is refused."""
    good = (copy / name).read_bytes()
    for data in (b"", b"no arrays", b"{}\n     ", b"[]\n     ", b"{\n", good[:-8], good + b" " * 8, b"x" + good):
        forge(copy, name, data)
        with pytest.raises(IndexMismatch):
            Index.load(CORPUS, copy)


@pytest.mark.parametrize("name", VECTORS)
def test_a_vector_file_of_another_shape(copy: Path, name: str) -> None:
    """Bytes with the right checksum that are no vectors, or not as many as there are texts, are refused."""
    good = (copy / vector_file(name)).read_bytes()
    few = as_stored(name, FakeEncoder().encode(["one", "two"]))
    narrow = as_stored(name, FakeEncoder(dimension=8).encode(["a"] * len(stored_vectors(name, good))))
    for data in (b"", b"garbage", good[:-5], few, narrow):
        forge(copy, vector_file(name), data)
        with pytest.raises(IndexMismatch):
            check(CORPUS, FakeEncoder(), copy)


def test_vectors_for_another_number_of_texts_do_not_load(copy: Path) -> None:
    """An index with fewer vectors than passages is refused when it is loaded: it could only answer wrongly."""
    forge(copy, "blocks.faiss", packed(FakeEncoder().encode(["one", "two"]), exact=True))
    with pytest.raises(IndexMismatch):
        Index.load(CORPUS, copy)


def test_votes_of_another_shape_do_not_load(copy: Path) -> None:
    """Bytes with the right checksum that are not the votes of as many questions are refused."""
    good = (copy / "votes.int8").read_bytes()
    for data in (b"", good[:-1], good + b"\0", packed_votes(np.ones((3, len(PASSAGES)), np.float32))):
        forge(copy, "votes.int8", data)
        with pytest.raises(IndexMismatch, match=r"a file cannot be read \(\d+ bytes of votes"):
            Index.load(CORPUS, copy)


def forge(folder: Path, name: str, data: bytes) -> None:
    """Put other bytes in the place of a file, and its checksum into the manifest."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["files"][name] = hashlib.sha256(data).hexdigest()
    (folder / name).write_bytes(data)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


@pytest.mark.parametrize("encoder", [FakeEncoder("other"), FakeEncoder(dimension=16)], ids=["name", "dimension"])
def test_questions_are_not_asked_with_another_model(built: Path, encoder: Encoder) -> None:
    """An index and a model that do not belong together never answer: the mismatch names both."""
    index = Index.load(CORPUS, built)
    with pytest.raises(IndexMismatch, match="fake"):
        ask(index, encoder)


def ask(index: Index, encoder: Encoder) -> None:
    """Ask something of an index with a model."""
    Library(CORPUS, index, encoder).ask("maritime security")


# ------------------------------------------------------------------ checking


def test_check_finds_no_difference(built: Path) -> None:
    """Blocks are stored as they were embedded, sentences to 1e-5, questions to half of one of 15 steps a column."""
    differences = check(CORPUS, FakeEncoder(), built)
    assert set(differences) == set(VECTORS)
    assert differences["blocks"] == 0
    assert differences["sentences"] < 1e-5
    widest = np.abs(FakeEncoder().encode(Texts(CORPUS, Banks.of(built)).embedded["questions"])).max()
    assert 0 < differences["questions"] < 0.51 * widest / 7


def test_check_finds_another_model(built: Path) -> None:
    """An index is not that of another model, and both are named."""
    with pytest.raises(IndexMismatch, match=r"it was built with fake \(\w+\), not with other"):
        check(CORPUS, FakeEncoder("other"), built)


@pytest.mark.parametrize("name", VECTORS)
def test_check_finds_other_vectors(copy: Path, name: str) -> None:
    """Vectors that are consistent with the manifest but not those of the model are found out."""
    texts = Texts(CORPUS, Banks.of(copy)).embedded[name]
    vectors = FakeEncoder().encode(texts)
    vectors[-1] = -vectors[-1]
    forge(copy, vector_file(name), as_stored(name, vectors))
    with pytest.raises(IndexMismatch, match=rf"{vector_file(name)} differs from a fresh embedding"):
        check(CORPUS, FakeEncoder(), copy)


def test_doubts_for_another_number_of_questions_do_not_load(copy: Path) -> None:
    """An index with a doubt too few or too many is refused when it is loaded."""
    data = (copy / "doubts.float32").read_bytes()
    for other in (data[:-4], data + data[:4], data[:-1]):
        forge(copy, "doubts.float32", other)
        with pytest.raises(IndexMismatch):
            Index.load(CORPUS, copy)


def test_check_finds_other_doubts(copy: Path) -> None:
    """Doubts that do not follow from the questions known to be answered and unanswered are found out."""
    doubts = Index.load(CORPUS, copy).doubts.astype("<f4")
    for changed in (-doubts, doubts[::-1], doubts + 0.1):
        forge(copy, "doubts.float32", changed.tobytes())
        with pytest.raises(IndexMismatch, match=r"doubts\.float32 does not follow"):
            check(CORPUS, FakeEncoder(), copy)


def test_check_finds_other_words(copy: Path) -> None:
    """Word counts that do not follow from the sources are found out."""
    stored = WordTables.unpacked((copy / LEXICAL).read_bytes())
    forge(copy, LEXICAL, stored._replace(vocabulary={**stored.vocabulary, "atlantis": 7}).packed())
    with pytest.raises(IndexMismatch, match="does not follow from the sources and the question bank"):
        check(CORPUS, FakeEncoder(), copy)


def test_check_finds_other_shared_words(copy: Path) -> None:
    """Words of other questions than those of the bank are found out."""
    texts = asked(copy)
    forge(copy, WORDS, SharedWords.of([*texts[1:], texts[0]]).packed())
    with pytest.raises(IndexMismatch, match=rf"{WORDS} does not follow from the question bank"):
        check(CORPUS, FakeEncoder(), copy)


def asked(folder: Path) -> list[str]:
    """The questions of both kinds, as they are indexed."""
    embedded = Texts(CORPUS, Banks.of(folder)).embedded
    return [*embedded["questions"], *embedded["unanswered"]]


def test_check_finds_other_orders(copy: Path) -> None:
    """Orders of sides that are not those of the questions are found out; of another number, they are not loaded."""
    good = (copy / ORDERS).read_bytes()
    forge(copy, ORDERS, good[2:] + good[:2])
    with pytest.raises(IndexMismatch, match=rf"{ORDERS} does not follow from the question bank"):
        check(CORPUS, FakeEncoder(), copy)
    for other in (good[:-1], good[:-2], good + good[:2]):
        forge(copy, ORDERS, other)
        with pytest.raises(IndexMismatch):
            Index.load(CORPUS, copy)


def test_check_finds_other_votes(copy: Path) -> None:
    """Votes that do not follow from the question bank are found out."""
    votes = Index.load(CORPUS, copy).votes.whole.astype(np.float32)
    for changed in (-votes, votes[::-1], np.roll(votes, 1, axis=1)):
        forge(copy, "votes.int8", packed_votes(changed))
        with pytest.raises(IndexMismatch, match=r"votes\.int8 does not follow from the question bank"):
            check(CORPUS, FakeEncoder(), copy)


# ------------------------------------------------------------------ searching


def test_search_equals_brute_force(built: Path) -> None:
    """The scores are the inner products that numpy finds by hand, each at its own text's place."""
    index = Index.load(CORPUS, built)
    for text in ("one", "two", "three"):
        vector = FakeEncoder().encode([text])[0]
        compared = index.compared(vector[None])[0]
        for name in VECTORS:
            expected = index.vectors(name) @ vector
            found = np.concatenate([getattr(compared, name), compared.twins if name == "questions" else []])
            assert np.abs(found - expected).max() < 1e-6


def test_a_text_finds_itself(built: Path) -> None:
    """The vector of an indexed text scores one with that text, and less with all others."""
    index = Index.load(CORPUS, built)
    for position in (0, 17, len(index.passages) - 1):
        vector = FakeEncoder().encode([index.passages[position].text])[0]
        scores = index.compared(vector[None])[0].blocks
        assert scores[position] == pytest.approx(1, abs=1e-5)
        assert int(scores.argmax()) == position


def test_every_bank_question_votes_by_its_likeness(built: Path) -> None:
    """The signal `votes` is the sum of what the bank questions say, weighed by likeness in meaning and in words."""
    index, text = Index.load(CORPUS, built), "maritime security in the Gulf of Aden"
    vector = FakeEncoder().encode([text])[0]
    by_words = cosines_of_words(text, asked(built))[: len(index.question_owner)]
    assert by_words.max() > 0
    expected = np.zeros(len(PASSAGES))
    vectors = index.vectors("questions")[: len(by_words)]
    for question, alike, votes in zip(vectors, by_words, index.votes.whole, strict=True):
        expected += (np.exp(LOCAL * (question @ vector - 1)) + WORDS_SHARE * alike) * votes
    assert np.abs(index.signals(index.compared(vector[None])[0], text, []).votes - expected).max() < 1e-5


def cosines_of_words(text: str, questions: list[str]) -> NDArray[np.float64]:
    """The cosine of a text's words and pairs of words with those of each question, the rarer weighing more, by hand.

    A pair that one question alone has does not count.
    """
    single = {zlib.crc32(stem(piece.folded).encode()) for question in questions for piece in pieces_of(question)}
    often = Counter(word for question in questions for word in tokens_of(question))
    words = [{w for w in tokens_of(question) if w in single or often[w] > 1} for question in questions]
    having = Counter(word for each in words for word in each)
    weight = {word: math.log((len(questions) + 1) / (count + 1)) ** 2 for word, count in having.items()}
    asked = {word for word in tokens_of(text) if word in weight}
    length = math.sqrt(sum(weight[word] for word in asked))
    return np.array([
        sum(weight[word] for word in each & asked) / (length * math.sqrt(sum(weight[word] for word in each)))
        for each in words
    ])  # fmt: skip


def test_a_bank_question_is_voted_to_its_passage(built: Path) -> None:
    """Asked in its own words, a question of the bank gets the most votes for the passage it was written for."""
    index = Index.load(CORPUS, built)
    texts = [CORPUS.metonyms.replaced(question.text) for question in index.bank]
    vectors = index.vectors("questions")[: len(texts)]
    won = [
        int(index.signals(v, text, []).votes.argmax()) for v, text in zip(index.compared(vectors), texts, strict=True)
    ]
    assert np.mean(won == index.question_owner) > 0.95


def test_sixteen_bits_are_enough() -> None:
    """Packed at sixteen bits, no component of a unit vector is off by 1e-5, whatever its scale."""
    random = np.random.default_rng(0)
    for spread in (1, 10, 100):
        vectors = random.standard_normal((200, 384)).astype(np.float32)
        vectors[:, 0] *= spread
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        again = unpacked(packed(vectors, exact=False), exact=False)
        assert np.abs(again - vectors).max() < 1e-5 * max(1.0, float(np.abs(vectors).max()) * 1.6)


def test_what_is_stored_takes_little_room() -> None:
    """The packaged vectors of sentences take less than half the room of exact ones, those of questions an eighth."""
    index = packaged_index()
    for name, share in (("sentences", 0.5), ("questions", 0.13), ("unanswered", 0.13)):
        assert (INDEX_FOLDER / vector_file(name)).stat().st_size < share * index.vectors(name).nbytes


def test_the_bytes_of_a_number_are_stored_apart() -> None:
    """After shape and step come all lower bytes as they are, then all higher ones, compressed."""
    data = packed(np.array([[0.5, -0.25, 0]], np.float32), exact=False)
    assert np.frombuffer(data, "<u4", 2).tolist() == [1, 3]
    low, high = np.frombuffer(data[12:15], np.uint8), np.frombuffer(zlib.decompress(data[15:]), np.int8)
    step = float(np.frombuffer(data, "<f4", 1, offset=8)[0])
    assert (high * 256.0 + low).tolist() == [round(0.5 / step), round(-0.25 / step), 0]


def test_packing_nothing() -> None:
    """No vectors, and zero vectors, come back as they are."""
    for vectors in (np.zeros((0, 8), np.float32), np.zeros((3, 8), np.float32)):
        for exact in (True, False):
            again = unpacked(packed(vectors, exact=exact), exact=exact)
            assert again.shape == vectors.shape
            assert not again.any()


def test_bm25_prefers_rare_terms_and_short_texts() -> None:
    """A rare term weighs more than a common one; of two texts with it, the shorter scores higher."""
    lexical = Lexical.of(["navy ships", "navy ships and many other harmless things besides", "ships", "ships"])
    scores = lexical.scores(["navy"])
    assert scores[0] > scores[1] > 0
    assert scores[2] == scores[3] == 0
    assert lexical.weight("navy") > lexical.weight("ship")
    assert (lexical.scores(["unheard"]) == 0).all()
    assert (lexical.scores([]) == 0).all()


def test_rows_of_shared_words_are_those_of_the_whole_table() -> None:
    """How alike one question is with each, worked out alone, is what the table of all has; without words, nothing."""
    texts = ["who met whom in Munich", "Who met Wang Yi?", "???", "what is a hot peace", "who met whom, and when"]
    words = SharedWords.of(texts)
    rows = np.array([words.row(number) for number in range(len(texts))])
    assert np.abs(rows - words.among_themselves()).max() < 1e-6
    assert (rows[2] == 0).all()
    assert rows[0, 4] > rows[0, 1] > 0


def test_a_bank_may_be_compressed(banks: Path, tmp_path: Path) -> None:
    """Compressed it is the same bank; the plain file goes before, and what is cut off or damaged is one error."""
    plain = (banks / "questions.jsonl").read_bytes()
    packed_bank = gzip.compress(plain, mtime=0)
    shutil.copy(banks / "unanswered.jsonl", tmp_path)
    (tmp_path / "questions.jsonl.gz").write_bytes(packed_bank)
    assert Banks.of(tmp_path).questions == plain
    for damaged in (packed_bank[:-9], packed_bank[:40] + b"\0\0" + packed_bank[42:], packed_bank[:3]):
        (tmp_path / "questions.jsonl.gz").write_bytes(damaged)
        with pytest.raises(IndexMismatch, match=r"questions\.jsonl\.gz (cannot be unpacked|is cut off)"):
            _ = Banks.of(tmp_path).questions
    (tmp_path / "questions.jsonl").write_bytes(plain)
    assert Banks.of(tmp_path).questions == plain


# ------------------------------------------------------------------ the packaged index


def test_the_packaged_index_loads() -> None:
    """The committed index belongs to these sources, these banks and the packaged model."""
    index = Index.load(CORPUS)
    assert index.model == "all-MiniLM-L6-v2"
    assert index.manifest["model"]["dimension"] == 384
    assert index.vectors("blocks").shape == (len(PASSAGES), 384)
    for name in BANKS:
        kind = name.removesuffix(".jsonl")
        assert index.manifest["counts"][kind] == len(bank_bytes(kind).splitlines())


def test_the_packaged_index_is_small() -> None:
    """Everything in the folder, for all languages, takes twelve megabytes at most."""
    assert INDEX_FOLDER is not None
    assert sum(path.stat().st_size for path in INDEX_FOLDER.rglob("*") if path.is_file()) <= 12_000_000


def test_the_folder_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is found beside the package, whatever the working folder."""
    monkeypatch.chdir(tmp_path)
    assert (TwoDocuments().index_folder / "manifest.json").is_file()


def test_a_corpus_without_an_index_says_so() -> None:
    """Where a corpus has no folder of its own and none is given, nothing is loaded or built."""
    for use in (lambda: Index.load(Corpus()), lambda: build(Corpus(), FakeEncoder())):
        with pytest.raises(IndexMismatch, match="there is none for documents"):
            use()


def test_the_packaged_index_is_loaded_once() -> None:
    """One process loads it once."""
    assert packaged_index() is packaged_index()


def test_a_twin_only_judges(built: Path) -> None:
    """Twins, which come last in the bank, say whether a question is answered; they find no passage."""
    index = Index.load(CORPUS, built)
    finding, judged = len(index.question_owner), len(index.vectors("questions"))
    compared = index.compared(index.vectors("questions")[-1:])[0]
    assert 0 < len(compared.twins) == judged - finding
    assert int(compared.twins.argmax()) == len(compared.twins) - 1
    assert len(index.votes) == len(compared.questions) == finding
    assert len(index.doubts) == judged + len(index.vectors("unanswered"))


def test_twins_come_last(banks: Path) -> None:
    """A question that finds its passage is no line after one that finds none: the line is named."""
    lines = (banks / "questions.jsonl").read_bytes().splitlines()
    turned = b"\n".join(lines[::-1])
    with pytest.raises(IndexMismatch, match=r"line \d+ of questions\.jsonl .*it stands after twins"):
        read_bank(turned, lengths_of(PASSAGES))
