"""The questions that the network of the edition is fitted on, each with what is known of it.

Of the questions of the bank and of more twins (`twins.jsonl.gz`: of two of one form the documents answer one) it is
known whether the documents answer them; all of these, those after others and for several passages, and words of the
documents in everyday frames are in scope. Out of scope are ordinary English words that no document and no question has,
in the same frames; questions of the bank with all words of matter exchanged for such words; and every second question
by those who wrote what the documents never speak of: the others are for the weights (`fit.py`).
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.harness import HERE
from ncrelations.answers.coverage import FRAME
from ncrelations.document.corpus import Corpus
from ncrelations.retrieval.banks import Banks
from ncrelations.retrieval.passages import lengths_of, passages_of
from ncrelations.text.english import english_words, words_of_manner
from ncrelations.text.words import pieces_of, terms

_WORDS, _PAIRS, _EXCHANGED, _OFTEN = 9000, 3000, 4000, 3


@dataclass(frozen=True, slots=True)
class Text:
    """A question, and what is known of it."""

    text: str
    unanswered: bool | None
    """Whether it is known to be unanswered; `None` where nothing is known."""
    outside: bool = False
    """Whether it is about something that the documents never speak of."""


def texts(corpus: Corpus) -> list[Text]:
    """All that the network is fitted on."""
    assert corpus.index_folder is not None
    assert corpus.written_folder is not None
    bank = [q for some in Banks.of(corpus.index_folder).read(lengths_of(passages_of(corpus))) for q in some]
    known = [Text(each.text, each.unanswered is not None) for each in bank] + list(twins())
    later = _written(corpus.written_folder / "followups.jsonl")
    several = _written(corpus.written_folder / "several.jsonl")
    chance = random.Random(3)  # noqa: S311  # no secret: the same draw each time
    answered = [Text(each, unanswered=False) for each in chance.sample(later, len(later) // 3)]
    return [*known, *answered, *(Text(each, None) for each in several), *_framed([t.text for t in known], corpus)]


def twins() -> Iterator[Text]:
    """More questions of which it is known whether the documents answer them."""
    for line in gzip.decompress((HERE / "twins.jsonl.gz").read_bytes()).decode().splitlines():
        entry = json.loads(line)
        yield Text(entry["question"], unanswered="reason" in entry)


def _written(path: Path) -> list[str]:
    return [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines()]


def _framed(asked: Sequence[str], corpus: Corpus) -> Iterator[Text]:
    """Words of the documents and others, in everyday frames; and questions about something else."""
    chance = random.Random(3)  # noqa: S311  # no secret: the same draw each time
    blocks = [block.text for document in corpus.documents for block in document.blocks]
    known = {term for text in (*asked, *blocks) for term in terms(text)}
    strange = [w for w in english_words().splitlines() if len(w) > 3 and _of_matter(w) and not known & {*terms(w)}]
    frames = _lines("scope_frames.txt")
    for each in sorted(set(_spoken_of(blocks))) * 2:
        yield Text(chance.choice(frames).replace("{X}", each), None)
    apart = chance.sample(strange, _WORDS) + [" ".join(chance.sample(strange, 2)) for _ in range(_PAIRS)]
    exchanged = [_exchanged(question, strange, chance) for question in chance.sample(asked, _EXCHANGED)]
    out = [chance.choice(frames).replace("{X}", each) for each in apart] + [each for each in exchanged if each]
    for each in out + _lines("out_of_scope.txt")[::2] * _OFTEN:
        yield Text(each, None, outside=True)


def _lines(name: str) -> list[str]:
    """The lines of a file beside this one."""
    return (HERE / name).read_text("utf-8").splitlines()


def _of_matter(word: str) -> bool:
    found = terms(word)
    return bool(found) and not any(term in words_of_manner() or term in FRAME for term in found)


def _spoken_of(texts: Iterable[str]) -> Iterator[str]:
    """The words of matter of the documents, and the pairs of them that stand side by side."""
    for text in texts:
        pieces = list(pieces_of(text))
        for piece, after in zip(pieces, [*pieces[1:], None], strict=True):
            if _of_matter(piece.text):
                yield piece.text if piece.text[0].isupper() else piece.text.lower()
                if after is not None and after.start == piece.end + 1 and _of_matter(after.text):
                    yield f"{piece.text} {after.text}"


def _exchanged(question: str, strange: Sequence[str], chance: random.Random) -> str | None:
    """A question with every word of matter exchanged for a strange one; `None` where it has none."""
    matter = [piece for piece in pieces_of(question) if len(piece.text) > 3 and _of_matter(piece.text)]
    for piece in reversed(matter):
        question = question[: piece.start] + chance.choice(strange) + question[piece.end :]
    return question if matter else None
