"""The search files of a collection: what is found, and what is left after a kill."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ncrelations.collections import search_files
from ncrelations.collections.encoding import encoded
from ncrelations.collections.passage_text import PassageText, RankedPassage
from ncrelations.collections.search_files import SearchFiles
from ncrelations.collections.token_bits import bits_of, nearest, projected
from search_kit import WordEncoder, passages

MILLS = passages("The mill stands by the river. Its sails turn in the wind.", "Farmers bring barley to the mill.")
SHIPS = passages("The harbour was dredged in 1911. Ships carry barley and coal.", "A lighthouse warns of the reef.")
TAXES = passages("A toll is due on every bridge.", "", heading="Tolls and duties")
DOCUMENTS = {1: MILLS, 2: SHIPS, 3: TAXES}


@pytest.fixture(name="files")
def _files(tmp_path: Path) -> SearchFiles:
    files = SearchFiles(tmp_path / "search")
    for version, some in DOCUMENTS.items():
        files.add_words(version, some)
    return files


def _places(found: tuple[RankedPassage, ...]) -> list[tuple[int, int]]:
    return [(each.version, each.position) for each in found]


def test_words_find_passages_of_live_versions_alone(files: SearchFiles) -> None:
    """What is not live, or not allowed, is not found; without any words in common nothing is."""
    assert _places(files.rank("barley", [1, 2, 3], None, 9)) == [(1, 1), (2, 0)]
    assert _places(files.rank("barley", [2, 3], None, 9)) == [(2, 0)]
    assert _places(files.rank("barley", [1, 2, 3], None, 9, {1: [0, 1], 3: [0]})) == [(1, 1)]
    assert files.rank("barley", [1, 2, 3], None, 9, {2: [1]}) == ()
    assert files.rank("zeppelin", [1, 2, 3], None, 9) == ()
    assert files.rank("barley", [], None, 9) == ()


def test_the_heading_counts_for_its_passages(files: SearchFiles) -> None:
    """A passage is found by the words of the heading that it stands under, an empty one too."""
    assert _places(files.rank("duties", [1, 2, 3], None, 9)) == [(3, 1), (3, 0)]


def test_equal_scores_come_in_the_documents_order(files: SearchFiles) -> None:
    """The order of the live versions decides between equal passages."""
    files.add_words(4, passages("All sails set.", "No wind."))
    files.add_words(5, passages("The sails set."))
    assert _places(files.rank("sails set", [5, 4], None, 9)) == [(5, 0), (4, 0)]
    assert _places(files.rank("sails set", [4, 5], None, 9)) == [(4, 0), (5, 0)]


def test_the_same_text_is_shown_once_with_where_else_it_stands(files: SearchFiles) -> None:
    """Equal but for case and white space; a filter decides which of them is shown."""
    files.add_words(4, passages("Nothing here.", "FARMERS bring barley  to the mill."))
    for live, allowed, shown, other in (
        ([1, 2, 4], None, (1, 1), (4, 1)),
        ([4, 2, 1], None, (4, 1), (1, 1)),
        ([1, 2, 4], {4: [1]}, (4, 1), (1, 1)),
    ):
        found = files.rank("farmers' barley", live, None, 9, allowed)
        assert _places(found)[0] == shown
        assert found[0].also == (other,)
        assert other not in _places(found)


def test_meaning_finds_what_words_do_not_and_is_asked_of_what_is_encoded(files: SearchFiles) -> None:
    """Vectors come version by version; what is not yet encoded stays found by its words."""
    encoder = WordEncoder()
    assert files.with_meaning() == frozenset()
    files.add_meaning(1, MILLS, encoder)
    found = files.rank("the barley", [1, 2, 3], encoder, 9)
    assert files.with_meaning() == files.with_meaning(encoder) == {1}
    assert _places(found)[0] == (1, 1)
    assert (2, 0) in _places(found)
    for version in (2, 3):
        files.add_meaning(version, DOCUMENTS[version], encoder)
    best = files.rank("of the reef", [1, 2, 3], encoder, 9)[0]
    assert (best.version, best.position) == (2, 1)
    assert best.signals.sentence == pytest.approx(max(best.sentence_scores))
    assert best.signals.tokens > 0.5


def test_vectors_of_another_encoder_do_not_count(files: SearchFiles) -> None:
    """Vectors are compared with those of the same weights alone."""

    class Other(WordEncoder):
        fingerprint = "words 2"

    files.add_meaning(1, MILLS, WordEncoder())
    assert files.with_meaning(Other()) == frozenset()
    assert files.rank("mill", [1, 2], Other(), 1)[0].signals.block == 0
    files.add_meaning(1, MILLS, Other())
    assert files.with_meaning(Other()) == {1}


def test_a_sentence_has_the_mean_of_its_own_tokens() -> None:
    """Pooled in one pass, also where a passage is longer than the network reads."""
    encoder = WordEncoder()
    long = passages(
        "First words come first. " + "Then follow a great many others of all kinds. " * 20 + "Last is last."
    )
    segment = encoded(1, long, encoder)
    sentences = segment.sentences.products(encoder.encode(["Last is last."])[0], np.arange(len(segment.sentences)))
    assert len(sentences) == len(long[0].sentences) == 22
    assert int(sentences.argmax()) == 21
    assert sentences.max() > 0.98
    assert len(segment.bits) == 187


def test_bits_estimate_cosines() -> None:
    """Sixteen bytes a token tell near tokens from others."""
    states = np.random.default_rng(1).standard_normal((50, 64)).astype(np.float32)
    near = nearest(bits_of(states), np.arange(50), projected(states))
    assert np.diag(near).min() > 0.75
    assert np.abs(near - np.diag(np.diag(near))).max() < np.diag(near).min()


def test_adding_again_changes_nothing(files: SearchFiles, tmp_path: Path) -> None:
    """What is there is not written a second time."""
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "search").iterdir()}
    files.add_words(1, MILLS)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "search").iterdir()} == before


@pytest.mark.usefixtures("files")
def test_half_written_and_damaged_files_count_as_missing(tmp_path: Path) -> None:
    """After a kill the folder opens: leavings are swept, and a damaged file can be written again."""
    folder = tmp_path / "search"
    (folder / "9.words.new").write_bytes(b"half")
    whole = (folder / "2.words").read_bytes()
    (folder / "2.words").write_bytes(whole[: len(whole) // 2])
    again = SearchFiles(folder)
    assert again.with_words() == {1, 3}
    assert _places(again.rank("barley", [1, 2, 3], None, 9)) == [(1, 1)]
    again.sweep([1, 2, 3])
    again.add_words(2, SHIPS)
    assert sorted(path.name for path in folder.iterdir()) == ["1.words", "2.words", "3.words"]
    assert _places(again.rank("coal", [1, 2, 3], None, 9)) == [(2, 0)]


def test_merged_files_find_the_same(files: SearchFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small files become one without a change in what is found; versions that died are left out of it."""
    encoder = WordEncoder()
    for version, some in DOCUMENTS.items():
        files.add_meaning(version, some, encoder)
    asked = ["the barley", "toll on a bridge", "Which ships carry coal?"]
    before = [files.rank(each, [1, 3], encoder, 9) for each in asked]
    monkeypatch.setattr(search_files, "_MANY", 1)
    for _ in range(2):
        files.sweep([1, 3])
    names = sorted(path.suffix for path in (tmp_path / "search").glob("merged-*"))
    assert names == [".meaning", ".words"] == sorted(path.suffix for path in (tmp_path / "search").iterdir())
    for reader in (files, SearchFiles(tmp_path / "search")):
        assert reader.with_words() == reader.with_meaning() == {1, 3}
        for each, found in zip(asked, before, strict=True):
            after = reader.rank(each, [1, 3], encoder, 9)
            assert _places(after) == _places(found)
            assert [hit.score for hit in after] == pytest.approx([hit.score for hit in found], abs=1e-6)


def test_a_reader_sees_what_is_added_meanwhile(files: SearchFiles, tmp_path: Path) -> None:
    """No reader has to be opened anew."""
    reader = SearchFiles(tmp_path / "search")
    assert reader.rank("zeppelin", [1, 2, 3], None, 1) == ()
    files.add_words(4, passages("The zeppelin landed."))
    assert _places(reader.rank("zeppelin", [1, 2, 3, 4], None, 1)) == [(4, 0)]


def test_a_reader_lets_go_of_what_another_swept(files: SearchFiles, tmp_path: Path) -> None:
    """A file that is there no longer is not kept open by whoever read it before."""
    reader = SearchFiles(tmp_path / "search")
    reader.rank("barley", [1, 2, 3], None, 1)
    assert set(reader._opened) == {"1.words", "2.words", "3.words"}
    files.sweep([2, 3])
    assert _places(reader.rank("barley", [2, 3], None, 1)) == [(2, 0)]
    assert set(reader._opened) == {"2.words", "3.words"}


def test_a_version_without_passages_is_no_obstacle(files: SearchFiles) -> None:
    """An empty document is found by nothing and breaks nothing."""
    files.add_words(5, [])
    files.add_meaning(5, list[PassageText](), WordEncoder())
    assert _places(files.rank("barley", [5, 1], WordEncoder(), 1)) == [(1, 1)]
    assert 5 in files.with_words()
