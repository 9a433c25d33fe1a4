"""Documents of one's own: how well and how fast they are found, read, refused. Figures and their page.

    python tests/benchmarks/own_documents.py [finding] [beside] [files] [scans] [--squad FILE.json]

`finding` and `beside` need a file in the format of SQuAD 2, whose paragraphs become the documents of a collection; it
stays where it is: none of it belongs into the repository. `files` needs the peers (`make bench` installs them), `scans`
the extra `ocr`. Where the extra `onnx` is installed, `finding` measures encoding with it. The figures are kept in
own_documents.json, and docs/measured.md is written from all that are there.
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
from importlib.util import find_spec
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
    return _timed(paragraphs, folder, place)[0]


def _timed(paragraphs: Sequence[str], folder: Path, place: str | None = None) -> tuple[Collection, float]:
    """The same, and what encoding took: seconds of processor time for 1,000 passages."""
    papers = folder / "papers"
    papers.mkdir(exist_ok=True)
    for number, text in enumerate(paragraphs):
        (papers / f"p{number}.txt").write_text(text + "\n", "utf-8")
    collection = Collection(place or folder / "collection", packaged())
    collection.sync([papers])
    start = time.process_time()
    collection.encode()
    taken = 1000 * (time.process_time() - start) / len(paragraphs)
    print(f"encoding: {taken:.0f} s of CPU per 1,000 passages")
    return collection, taken


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


def measure(questions: QuestionSet, collection: Collection, encoding: float = 0.0) -> dict[str, float]:
    """The figures, printed as they come."""
    figures: dict[str, float] = {"encoding, s of CPU per 1,000": encoding}
    for name, find in finders(collection).items():
        first, three, five = hits(questions.answerable, questions.paragraphs, find)
        print(f"{name}: hit@1 {first:.3f}, hit@3 {three:.3f}, hit@5 {five:.3f}")
        figures |= {f"{name} hit@1": first, f"{name} hit@3": three, f"{name} hit@5": five}
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


def measure_peer(questions: QuestionSet, folder: Path) -> dict[str, float]:
    """The same questions put to txtai over the same paragraphs, in the peers' own environment."""
    from benchmarks import peers

    name = "txtai, paragraphs, hybrid"
    if peers.install():
        return {}
    peers._act(name, "build", folder, ["\n\n".join(questions.paragraphs)])
    given = peers._act(name, "ask", folder, [each.text for each in questions.answerable]).output.splitlines()[-1]
    told = dict(zip((each.text for each in questions.answerable), json.loads(given)["found"], strict=True))
    first, three, five = hits(questions.answerable, questions.paragraphs, lambda text: told[text])
    print(f"{name}: hit@1 {first:.3f}, hit@3 {three:.3f}, hit@5 {five:.3f}")
    return {"txtai hybrid hit@1": first, "txtai hybrid hit@3": three, "txtai hybrid hit@5": five}


def finding(squad: Path) -> dict[str, dict[str, float]]:
    """How well paragraphs are found; by the encoder that is installed here."""
    questions = read_questions(squad, 1_000)
    quick = find_spec("onnx") is not None
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(questions, *_timed(questions.paragraphs, Path(folder)))
        beside = Path(folder) / "peer"
        beside.mkdir()
        return {"finding, onnx" if quick else "finding": figures | ({} if quick else measure_peer(questions, beside))}


def beside(squad: Path) -> dict[str, dict[str, float]]:
    """Whether the edition answers its own questions with a thousand foreign documents beside it."""
    from benchmarks.beside import documents
    from benchmarks.beside import measure as measure_beside

    questions = read_questions(squad, 300)
    with tempfile.TemporaryDirectory() as folder:
        return {"beside": measure_beside(questions, added(documents(questions.paragraphs), Path(folder)))}


def main() -> None:
    """Measure what the arguments name, and write the page."""
    from benchmarks import own_files, own_page, scans

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("parts", nargs="*", choices=["finding", "beside", "files", "scans", []])
    parser.add_argument("--squad", type=Path, help="questions in the format of SQuAD 2")
    options = parser.parse_args()
    if {"finding", "beside"} & set(options.parts) and options.squad is None:
        parser.error("name the file of questions: --squad FILE.json")
    parts: dict[str, Callable[[], dict[str, dict[str, float]]]] = {
        "finding": lambda: finding(options.squad),
        "beside": lambda: beside(options.squad),
        "files": own_files.measure,
        "scans": scans.measure,
    }
    for part in options.parts:
        own_page.keep(parts[part]())
    own_page.write()


if __name__ == "__main__":
    main()
