"""Finding and refusing in documents of one's own, measured on questions in the format of SQuAD 2.

    python tests/benchmarks/own_documents.py FILE.json [--questions 1000] [--peers]

Every paragraph becomes a document of a collection. Prints how often the right one comes first or among the first five,
beside BM25 alone and, with `--peers`, txtai hybrid; how well answerable and unanswerable questions are told apart; and
what encoding and asking take. The data stays where it is: none of it belongs into the repository.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # this folder's modules have the names of other things

from ncrelations.collections.collection import Collection
from ncrelations.models.minilm import packaged

K = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the number of the paragraph that it was written for."""

    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Paragraphs, and questions about them."""

    paragraphs: tuple[str, ...]
    answerable: tuple[Asked, ...]
    unanswerable: tuple[Asked, ...]
    """Questions that sound as if their paragraph answered them."""


def read_questions(path: Path, most: int, seed: int = 1) -> QuestionSet:
    """The paragraphs of a file, and up to `most` questions of each kind, in random order."""
    data = json.loads(path.read_text("utf-8"))["data"]
    given = [paragraph for article in data for paragraph in article["paragraphs"]]
    asked: dict[bool, list[Asked]] = {False: [], True: []}
    for number, paragraph in enumerate(given):
        for question in paragraph["qas"]:
            asked[question["is_impossible"]].append(Asked(question["question"], number))
    for some in asked.values():
        random.Random(seed).shuffle(some)  # noqa: S311 -- a sample, not a secret
    texts = tuple(" ".join(paragraph["context"].split()) for paragraph in given)
    return QuestionSet(texts, tuple(asked[False][:most]), tuple(asked[True][:most]))


def added(paragraphs: Sequence[str], folder: Path, place: str | None = None) -> Collection:
    """A collection of paragraphs, one a document, encoded; in the folder, where no other place is named."""
    papers = folder / "papers"
    papers.mkdir(exist_ok=True)
    for number, text in enumerate(paragraphs):
        (papers / f"p{number}.txt").write_text(text + "\n", "utf-8")
    collection = Collection(place or folder / "collection", packaged())
    collection.sync([papers])
    start = time.process_time()
    collection.encode()
    each = (time.process_time() - start) / len(paragraphs)
    print(f"encoding: {1000 * each:.0f} s of CPU per 1,000 passages")
    return collection


Find = Callable[[str], Sequence[str]]


def hits(asked: Sequence[Asked], paragraphs: Sequence[str], find: Find) -> tuple[float, float, float]:
    """How often the right paragraph comes first, among three, among five."""
    ranks: Counter[int] = Counter()
    for question in asked:
        found = list(find(question.text))
        right = paragraphs[question.paragraph]
        if right in found:
            ranks[found.index(right)] += 1
    return tuple(sum(ranks[rank] for rank in range(first)) / len(asked) for first in (1, 3, K))  # type: ignore[return-value]  # three of them


def auroc(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """The chance that an answerable question is thought surer than an unanswerable one."""
    pairs = sum((a > b) + (a == b) / 2 for a in answerable for b in unanswerable)
    return pairs / (len(answerable) * len(unanswerable))


def finders(collection: Collection) -> dict[str, Find]:
    """What is measured beside each other."""
    library = collection.library

    def by_words(question: str) -> list[str]:
        found = collection.search_files.rank(question, library.stored.versions, None, K)
        return [library.stored.block(each.version, each.position).text for each in found]

    def ours(question: str) -> list[str]:
        found = collection.search_files.rank(question, library.stored.versions, library.encoder, K)
        return [library.stored.block(each.version, each.position).text for each in found]

    return {"BM25 alone": by_words, "ncrelations": ours}


def measure(questions: QuestionSet, collection: Collection) -> dict[str, float]:
    """The figures, printed as they come."""
    figures: dict[str, float] = {}
    for name, find in finders(collection).items():
        first, three, five = hits(questions.answerable, questions.paragraphs, find)
        print(f"{name}: hit@1 {first:.3f}, hit@3 {three:.3f}, hit@5 {five:.3f}")
        figures |= {f"{name} hit@1": first, f"{name} hit@5": five}
    sure: dict[str, list[float]] = {}
    for kind, some in (("answerable", questions.answerable), ("unanswerable", questions.unanswerable)):
        start = time.process_time()
        answers = [collection.ask(question.text, 1) for question in some]
        took = 1000 * (time.process_time() - start) / len(some)
        sure[kind] = [answer.confidence for answer in answers]
        shares = {status: round(n / len(some), 3) for status, n in Counter(each.status for each in answers).items()}
        print(f"{kind}: {shares}, {took:.0f} ms of CPU a question")
    figures["AUROC"] = auroc(sure["answerable"], sure["unanswerable"])
    print(f"refusal: AUROC {figures['AUROC']:.3f}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return figures


def measure_peer(questions: QuestionSet, folder: Path) -> None:
    """The same questions put to txtai over the same paragraphs, in the peers' own environment."""
    from benchmarks import peers

    name = "txtai, paragraphs, hybrid"
    peers.install()
    peers._act(name, "build", folder, ["\n\n".join(questions.paragraphs)])
    found = json.loads(peers._act(name, "ask", folder, [each.text for each in questions.answerable]).output)["found"]
    told = dict(zip((each.text for each in questions.answerable), found, strict=True))
    first, three, five = hits(questions.answerable, questions.paragraphs, lambda text: told[text])
    print(f"{name}: hit@1 {first:.3f}, hit@3 {three:.3f}, hit@5 {five:.3f}")


def main() -> None:
    """Measure what the arguments name."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    questions = read_questions(options.file, options.questions)
    with tempfile.TemporaryDirectory() as folder:
        measure(questions, added(questions.paragraphs, Path(folder)))
        if options.peers:
            beside = Path(folder) / "peer"
            beside.mkdir()
            measure_peer(questions, beside)


if __name__ == "__main__":
    main()
