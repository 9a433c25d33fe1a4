"""Evidence for questions that ask several things: of both sides, in two clauses, or for a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from ncrelations.answers.ranking import CLAUSE, Ranked, diversified, filled, gathered, home_of, ranked, sided
from ncrelations.answers.scoring import Scored, mixed
from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus
from ncrelations.document.lists import ItemList, bullets_of
from ncrelations.document.themes import touched_by
from ncrelations.questions.question import Question
from ncrelations.retrieval.index import Index
from ncrelations.retrieval.signals import Scores

FIRST = 5
"""The places among which all evidence should be."""

WRITTEN, FOUND = 2.0, 0.2
"""What questions written beforehand count beside a passage's score, and what being the first evidence is worth."""

THEME = 0.15
"""What a passage gains that the editors pair with others on a theme the question brings up."""

SURE, ALONE = 0.75, 0.6
"""The cosine from which a clause stands alone, and the share of its own reading then."""


def evidence(index: Index, asked: Scored, passages: list[Ranked]) -> list[Ranked]:
    """The passages for a question that asks several things, what each of them needs among the first five."""
    question, corpus = asked.question, index.corpus
    at = {each.passage.block.citation: each for each in passages}
    parts = list(_of_parts(index, asked, passages))
    near = [*(each for part in parts for each in part), *passages[:3]]
    chosen = [at[c] for c in _interests(corpus, question, near, passages) if c in at]
    chosen = list(dict.fromkeys([*(part[0] for part in parts if part), *chosen, *(p[1] for p in parts if len(p) > 1)]))
    if chosen:
        return filled(chosen[:FIRST], passages)
    if len(question.voices) > 1:
        return diversified(corpus, with_theme(corpus, question, passages), question.voices)
    return gathered(corpus, passages)


def short_list(corpus: Corpus, question: Question, passages: Sequence[Ranked]) -> list[Ranked]:
    """The passages with every item of the short list that is asked for first; empty where none is."""
    at = {each.passage.block.citation: each for each in passages}
    items = [at[c] for c in _list(corpus, question, passages) if c in at]
    return filled(items, passages) if items else []


def together(found: Sequence[Ranked], scores: Scores, written: Scores) -> list[Ranked]:
    """The passages that most speaks for among the first five, in the order of their scores; then the others.

    What speaks for a passage: its score, what questions written beforehand say, and the evidence found by rule.
    """
    places = [FOUND * (1 - n / 10) if n < FIRST else 0.0 for n in range(len(found))]
    total = (scores + WRITTEN * written) / (1 + WRITTEN)
    spoken_for = {p.passage.position: total[p.passage.position] + g for p, g in zip(found, places, strict=True)}
    first = sorted(spoken_for, key=lambda position: -spoken_for[position])[:FIRST]
    scored = [each._replace(score=float(scores[each.passage.position])) for each in found]
    return sorted(scored, key=lambda each: (each.passage.position not in first, -each.score))


def with_theme(corpus: Corpus, question: Question, passages: Sequence[Ranked]) -> list[Ranked]:
    """The passages, those of the question's themes raised a little."""
    touched = touched_by(corpus.themes, question.reading)
    raised = {s.citation.of_block for theme in touched for said in theme.sentences.values() for s in said}
    gained = [p._replace(score=p.score + THEME) if p.passage.block.citation in raised else p for p in passages]
    return sorted(gained, key=lambda each: -each.score)


def _of_parts(index: Index, asked: Scored, passages: Sequence[Ranked]) -> Iterable[list[Ranked]]:
    """The best two passages for each part."""
    question, reading, corpus = asked.question, asked.reading, index.corpus
    at = {each.passage.position: each for each in passages}
    themes = with_theme(corpus, question, passages) if len(question.voices) > 1 else passages
    gains = {each.passage.position: each.score - at[each.passage.position].score for each in themes}
    before = None if any(part.voice for part in question.parts) else question.voice
    for part, own in zip(question.parts, asked.parts, strict=True):
        scored = mixed(
            reading._replace(context={**reading.context, **gains}), own, CLAUSE if own.similarity < SURE else ALONE
        )
        found = [each for each in ranked(index, scored.scores, scored.sentences) if each.passage.position in at]
        carried = sided(corpus, found, before) if before and not part.voice else []
        found = sided(corpus, found, part.voice) if part.voice else found
        before = part.voice or before
        yield [at[each.passage.position] for each in dict.fromkeys([*carried[:1], *found[:2]])]


_BOTH = r"\b(?:both|each|either|two) (?:sides?|parties|powers|party)\b|\bboth\b|\beach other\b|\bmutual\b|\bfor each\b"


def _asks_of_all(corpus: Corpus, text: str) -> bool:
    """Whether a question concerns every side."""
    if re.search(_BOTH, text, re.IGNORECASE):
        return True
    return len(corpus.sides) > 1 and all(re.search(rf"\b(?:{s.names})\b", text, re.IGNORECASE) for s in corpus.sides)


def _interests(
    corpus: Corpus, question: Question, near: Iterable[Ranked], passages: Sequence[Ranked]
) -> Iterator[Citation]:
    """The best blocks of a near section that say what concerns each side."""
    if not _asks_of_all(corpus, question.core):
        return
    for each in near:
        of_sides = [corpus.concerning(side.voice, each.passage.block.citation) for side in corpus.sides]
        if of_sides and all(of_sides):
            for blocks in of_sides:
                yield from _best_of(blocks, passages)
            return


def _best_of(blocks: Collection[Citation], passages: Sequence[Ranked]) -> list[Citation]:
    return [p.passage.block.citation for p in passages if p.passage.block.citation in blocks][:1]


def _list_named(corpus: Corpus, text: str, passages: Sequence[Ranked]) -> ItemList | None:
    """The list whose items the question asks for by name ("which obstacles"), if it is near."""
    for each in corpus.lists:
        nouns = [*(rf"{re.escape(noun)}s?" for noun in each.nouns), *each.plurals]
        named = bool(nouns) and re.search(rf"\b(?:{'|'.join(nouns)})\b", text, re.IGNORECASE)
        if (
            named
            and each.voice is None
            and any(p.passage.block.section.citation == each.section.citation for p in passages[:5])
        ):
            return each
    return None


_LIST = re.compile(
    r"\b(?:name|list|enumerate|which|what are|what were|all)\b.*s\b|\b(?:three|five|seven|eight)\b", re.IGNORECASE
)


def _list(corpus: Corpus, question: Question, passages: Sequence[Ranked]) -> Iterator[Citation]:
    """The best block of each item of a short list that most of the best passages stand in."""
    if question.parts or len(question.voices) > 1 or not _LIST.search(question.core):
        return
    named = _list_named(corpus, question.core, passages)
    home = named.section if named else home_of(corpus, passages)
    if home is None or home.children:
        return
    known = corpus.list_of(home)
    items = known.items if known else bullets_of(home)
    if 1 < len(items) <= FIRST:
        for item in items:
            yield from _best_of([block.citation for block in item], passages)
