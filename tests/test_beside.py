"""The edition with foreign documents beside it, a hundred or a thousand: it still answers its own questions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.beside import documents
from benchmarks.own_documents import read_questions
from collection_kit import NearReader
from eval.harness import PEOPLE, SINGLE, asked, cases, share
from holders_kit import HOLDERS
from ncrelations.collections.collection import Collection
from ncrelations.collections.joined_library import JoinedLibrary
from ncrelations.document.spans import LeafKind
from ncrelations.editions.nato_china.edition import edition
from ncrelations.files import file_reading
from ncrelations.files.markdown_reader import read_markdown
from ncrelations.models.minilm import packaged
from ncrelations.text.sentences import split_sentences

HERE = Path(__file__).parent
EVERY = 8


def foreign(count: int) -> list[str]:
    """So many texts on other things: sentences of a handbook, of letters, of a town's papers, and some in pairs."""
    given = [HERE / "own_files" / "us-18f-derisking-handbook.md", *sorted(HOLDERS.glob("*/*.txt"))]
    whole = [path.read_text("utf-8") for path in given]
    whole += read_questions(HERE / "stand_in" / "marrowby.json", 1).paragraphs
    parts = [
        text[p.span.start : p.span.end] for text in whole for p in read_markdown(text).parts if p.kind is LeafKind.TEXT
    ]
    texts = [" ".join(part[start:end].split()) for part in parts for start, end in split_sentences(part)]
    long = [text for text in dict.fromkeys(texts) if len(text) > 40]
    return [*long, *(f"{one} {other}" for one, other in pairwise(long))][:count]


@pytest.fixture(scope="module", params=[100, pytest.param(1_000, marks=pytest.mark.long)])
def both(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[JoinedLibrary]:
    """The edition with so many documents beside it, found by meaning."""
    folder = tmp_path_factory.mktemp("foreign")
    papers = folder / "papers"
    papers.mkdir()
    for number, text in enumerate(foreign(request.param)):
        (papers / f"{number}.txt").write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_reading, "FileReader", NearReader)
        kept = Collection(folder / "collection", packaged())
        kept.sync([papers])
        kept.encode()
    assert len(kept.documents()) > 0.99 * request.param
    yield JoinedLibrary(edition(), kept.library)
    kept.store.close()


@pytest.mark.slow
def test_what_the_edition_answers_stays_answered_by_it(both: JoinedLibrary) -> None:
    """Of people's questions and ours, at most one in a hundred loses its passage's first place."""
    some = [each for name in ("people_fit", "fit") for each in cases(name) if each.kind in (*SINGLE, *PEOPLE)][::EVERY]
    alone, beside = (share(each.hit(1) for each in asked(some, library.ask)) for library in (edition(), both))
    assert alone > 0.9
    assert beside >= alone - 0.01


def test_the_longest_are_divided() -> None:
    """Where there are too few, long texts are divided between two sentences, and nothing is lost."""
    given = ["One. Two. Three. Four.", "Short.", "Short."]
    assert sorted(documents(given, 3)) == ["One. Two.", "Short.", "Three. Four."]
    assert documents(given, 1) == given[:1]
    assert sorted(documents(["Whole", "Part"], 9)) == ["Part", "Whole"]
