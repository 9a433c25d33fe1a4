"""Answers out of a collection, by the packaged model: found, judged, quoted, compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from benchmarks import own_documents
from collection_kit import LETTERS, NearReader
from ncrelations.collections.collection import Collection
from ncrelations.collections.collection_answers import CollectionAnswers, Found, _answering
from ncrelations.collections.collection_settings import FileSettings
from ncrelations.collections.segment_files import SegmentFolder
from ncrelations.collections.thresholds import Thresholds, read_thresholds
from ncrelations.document.voice import View
from ncrelations.errors import InvalidQuestion
from ncrelations.files import file_reading
from ncrelations.models.minilm import packaged
from ncrelations.text.sentences import fold

STAND_IN = Path(__file__).parent / "stand_in" / "marrowby.json"


@pytest.fixture(scope="module", name="town")
def _town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """The paragraphs of the stand-in, one a document, and two letters with a paragraph in common, encoded."""
    folder = tmp_path_factory.mktemp("town")
    questions = own_documents.read_questions(STAND_IN, 100)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_reading, "FileReader", NearReader)
        collection = own_documents.added(questions.paragraphs, folder)
        for name, text in LETTERS.items():
            (folder / name).write_text(text, "utf-8")
            collection.sync([folder / name], FileSettings(None, None, name.removesuffix(".md").title(), None))
        collection.encode()
    yield collection
    collection.store.close()


def test_the_benchmark_measures(town: Collection, capsys: pytest.CaptureFixture[str]) -> None:
    """On the stand-in the right paragraph comes first where words alone often find another."""
    questions = own_documents.read_questions(STAND_IN, 100)
    figures = own_documents.measure(questions, town)
    assert figures["ncrelations hit@1"] >= 0.9
    assert figures["ncrelations hit@1"] > figures["BM25 alone hit@1"]
    assert figures["AUROC"] > 0.7
    assert "ncrelations: hit@1" in capsys.readouterr().out


def test_an_excerpt_is_a_slice_with_its_sentence_marked(town: Collection) -> None:
    """The words stand in the source, and the sentence that answers is highlighted."""
    first = town.ask("When was the harbour dredged?").excerpts[0]
    assert fold(first.block.document.source[first.span.start : first.span.end]) == first.text
    marked = first.text[first.highlights[0].start : first.highlights[0].end]
    assert marked.startswith("The harbour of Marrowby was dredged in 1911")


@pytest.mark.parametrize(
    ("question", "status", "reason"),
    [
        ("When was the harbour dredged?", "answered", None),
        ("lighthouse of Skarness", "answered", None),
        ("How do I reset the password of my router?", "not_found", None),
        ("When did Ida Corr visit Budapest?", "not_found", "the documents never mention 'Budapest'"),
        ("Who tended the lighthouse of Skagen?", "not_found", "the documents never mention 'Skagen'"),
        ("Qwxyz vrrbl?", "not_found", "the documents never mention 'Qwxyz' or 'vrrbl'"),
    ],
)
def test_questions_are_judged_by_their_own_words(
    town: Collection, question: str, status: str, reason: str | None
) -> None:
    """Other domains and names that stand nowhere are refused with the reason; what is there is answered."""
    answer = town.ask(question)
    assert answer.status == status
    assert reason is None or reason in answer.reasons
    assert (answer.confidence <= 0.05) == (status == "not_found")
    assert bool(answer.reasons) == (status != "answered")


def test_a_filter_is_named_only_where_it_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By words alone, words that nobody has are the reason, in a filter with passages, too; a silent voice is another.

    The collection is not encoded: by meaning something is always near.
    """
    monkeypatch.setattr(file_reading, "FileReader", NearReader)
    letters = Collection(tmp_path / "letters")
    for name, text in LETTERS.items():
        (tmp_path / name).write_text(text, "utf-8")
        letters.sync([tmp_path / name], FileSettings(None, None, name.removesuffix(".md").title(), None))
    unheard = "the documents never mention 'Qwxyz' or 'vrrbl'"
    assert letters.ask("Qwxyz vrrbl?").reasons == (unheard,)
    assert letters.ask("Qwxyz vrrbl?", within="japan").reasons == (unheard,)
    (silent,) = letters.ask("What of the mines?", within="japan", voice="norway").reasons
    assert "nothing in the voice" in silent


def test_a_written_question_marks_the_sentences_it_names() -> None:
    """They gain a whole point over the others; a question that names none changes nothing."""
    found = Found(Mock(), Mock(), (0.5, 0.4, 0.3))
    assert _answering(found, Mock(sentences=(2,))).sentence_scores == (0.5, 1.4, 0.3)
    assert _answering(found, Mock(sentences=())) is found


def test_a_misspelt_word_is_mended_by_the_words_of_the_collection(town: Collection) -> None:
    """What was understood is shown."""
    answer = town.ask("who tended the lighthouse of skarnses")
    assert answer.understood_as == "who tended the lighthouse of skarness"
    assert answer.status == "answered"


def test_the_same_paragraph_is_shown_once(town: Collection) -> None:
    """With where else it stands, also as data."""
    found = town.search("when are contributions due", 3)
    assert str(found[0].citation).startswith("japan/")
    assert [str(each).partition("/")[0] for each in found[0].also] == ["norway"]
    assert found[0].to_dict()["also"] == [str(found[0].also[0])]
    assert "also" not in found[1].to_dict()


def test_the_voice_asked_for_goes_first(town: Collection) -> None:
    """A view is answered from the documents of whoever holds it."""
    for name in ("Norway", "Japan"):
        answer = town.ask(f"What does {name} think of the mines in the strait?")
        assert answer.excerpts[0].voice.label == name
        assert answer.voice == answer.excerpts[0].voice


@pytest.mark.parametrize(
    "follow_up", ["and what about boats?", "What does it think of boats?", "and who else?", "why?"]
)
def test_a_follow_up_leans_on_a_voice_that_it_does_not_name(town: Collection, follow_up: str) -> None:
    """The voice that answered is still known, whatever the next question is."""
    chat = town.chat()
    assert chat.ask("What does Japan think of the mines in the strait?").voice is not None
    answer = chat.ask(follow_up)
    assert (answer.excerpts[0].voice.label, answer.question) == ("Japan", follow_up)


def test_the_voice_asked_last_is_exchanged_for_the_one_named_now(town: Collection) -> None:
    """ "And Norway?" asks of Norway what was asked of Japan."""
    chat = town.chat()
    chat.ask("What does Japan think of the mines in the strait?")
    assert chat.ask("and Norway?").excerpts[0].voice.label == "Norway"


def test_numpy_may_raise_for_the_caller(town: Collection) -> None:
    """That tiny products are 0 is meant: a program that has numpy raise for it is answered all the same."""
    with np.errstate(all="raise"):
        assert town.ask("In which year was the harbour dredged?").status == "answered"
        assert town.search("the dredging of the harbour in that year")
        assert town.compare("danger from mines in the strait").views
        assert town.chat().ask("Was the harbour ever dredged?").excerpts


def test_no_excerpts_cannot_be_asked_for(town: Collection) -> None:
    """Neither of a question nor of a citation, which needs no ranking."""
    for question in ("When was the harbour dredged?", "japan/letter-of-japan/p1"):
        assert town.ask(question, 1).excerpts
        for ask in (town.ask, town.chat().ask):
            with pytest.raises(InvalidQuestion, match="0 excerpts"):
                ask(question, 0)


def test_a_comparison_sets_voices_side_by_side(town: Collection) -> None:
    """Who speaks of the topic, and nobody else; of another domain nobody does."""
    views = town.compare("the danger of mines", 1).views
    told = {voice.label: excerpts[0].text for voice, excerpts in views.items() if excerpts}
    assert told["Japan"].startswith("Japan regards")
    assert told["Norway"].startswith("Norway sees")
    assert not any(town.compare("gluten-free muffins").views.values())


def test_the_note_says_how_much_is_searched_by_meaning(town: Collection) -> None:
    """Nothing is said where everything is; words alone answer where nothing is."""
    assert town.ask("When was the harbour dredged?").note is None
    answers = CollectionAnswers(town.library.stored, town.search_files, None)
    answer = answers.answer("When was the harbour dredged?", 1)
    assert answer.note == "searched by words; 0 % of the passages by meaning so far"
    assert answer.status == "answered"
    assert "1911" in answer.excerpts[0].text


def test_thresholds_are_measured_on_the_collection_and_kept_beside_it(town: Collection) -> None:
    """A file says how near a question must come; without one the default holds, damaged or not."""
    kept = read_thresholds(SegmentFolder(town.folder / "search"))
    assert kept.passages > 10
    assert kept.encoder == packaged().fingerprint
    assert 0.2 < kept.near < 0.8
    assert read_thresholds(SegmentFolder(town.folder / "nowhere")) == Thresholds()
    assert kept.fit(kept.passages + 1, kept.encoder)
    assert not kept.fit(kept.passages * 2, kept.encoder)


def test_names_of_voices() -> None:
    """A voice is asked for by its label, by the name in brackets, or by whom it represents."""
    from ncrelations.collections.collection_questions import names_of

    assert "Japan" in names_of("Permanent Representative of Japan")
    assert "Republic of Korea" in names_of("Mr. Kim (Republic of Korea)")
    assert names_of(View("x", "NATO").label) == ("NATO",)
