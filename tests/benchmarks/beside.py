"""The edition's own questions with foreign documents beside it: whether it is still the edition that answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import mean

from benchmarks.own_documents import Asked, QuestionSet, hits
from eval.harness import PEOPLE, SINGLE, Case, asked, cases, share
from ncrelations.collections.collection import Collection
from ncrelations.collections.joined_library import JoinedLibrary
from ncrelations.editions.nato_china.edition import edition
from ncrelations.library import Library

SETS = {"people": ("people_fit", "people_report"), "our own": ("fit", "report")}
DOCUMENTS = 1_000


def documents(paragraphs: Sequence[str], count: int = DOCUMENTS) -> list[str]:
    """So many documents of some paragraphs: where they are too few, the longest are divided between two sentences."""
    found = list(dict.fromkeys(paragraphs))[:count]
    for paragraph in sorted(found, key=len, reverse=True):
        if len(found) == count:
            break
        ends = [end.end() for end in re.finditer(r"[.?!] (?=[A-Z])", paragraph)]
        if ends:
            middle = min(ends, key=lambda end: abs(end - len(paragraph) / 2))
            found[found.index(paragraph)] = paragraph[:middle].strip()
            found.append(paragraph[middle:])
    return found


def measure(questions: QuestionSet, collection: Collection) -> dict[str, float]:
    """The figures of the edition alone and with the collection beside it, and of the collection's own questions."""
    alone, beside = edition(), JoinedLibrary(edition(), collection.library)
    figures: dict[str, float] = {"documents beside": float(len(collection.library.corpus.documents))}
    for told, names in SETS.items():
        some = [case for name in names for case in cases(name)]
        for place, library in (("alone", alone), ("beside", beside)):
            figures |= {f"{told}, {place}, {name}": value for name, value in _figures(some, library).items()}
    asking: tuple[tuple[str, Library], ...] = (("alone", collection.library), ("beside", beside))
    for place, each in asking:
        figures[f"documents' questions, {place}, hit@1"] = _first(questions.answerable, questions.paragraphs, each)
    return figures


def _figures(some: Sequence[Case], library: Library) -> dict[str, float]:
    results = asked(some, library.ask)
    single = [each for each in results if each.case.kind in (*SINGLE, *PEOPLE)]
    refused = [each for each in results if not each.case.answerable]
    return {
        **{f"hit@{k}": share(each.hit(k) for each in single) for k in (1, 3, 5)},
        "answered": share(each.answer.status == "answered" for each in single),
        "refused": share(each.answer.status != "answered" for each in refused),
        "questions": float(len(single)),
        "unanswerable": float(len(refused)),
        "ms": 1000 * mean(each.seconds for each in results),
    }


def _first(some: Sequence[Asked], paragraphs: Sequence[str], library: Library) -> float:
    """How often a piece of the right paragraph comes first."""

    def find(question: str) -> list[str]:
        texts = [excerpt.text for excerpt in library.ask(question, 1).excerpts]
        return [whole for text in texts for whole in paragraphs if text in whole][:1]

    return hits(some, paragraphs, find)[0]
