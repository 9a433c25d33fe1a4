"""Excerpts: slices of a source around the answering sentence, never more than can be read at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncrelations as ncr
from ncrelations.document.excerpt import WORDS, Excerpt, _excerpt, excerpt_of
from ncrelations.document.outline import Outline, SectionFacts, SourceRules, build
from ncrelations.document.reference import Work
from ncrelations.document.tree import Block, Document, LeafKind, Span
from ncrelations.document.voice import View
from ncrelations.editions.nato_china.report_source import fold_report

BLOCKS = [block for document in ncr.documents() for block in document.blocks]
LONGEST = max(len(sentence.text.split()) for block in BLOCKS for sentence in block.sentences)


def block(citation: str) -> Block:
    """The block of a citation."""
    place = ncr.resolve(citation)
    assert isinstance(place, Block)
    return place


@st.composite
def scored_blocks(draw: st.DrawFn) -> tuple[Block, list[float]]:
    """A block with a score for each of its sentences."""
    chosen = draw(st.sampled_from(BLOCKS))
    count = len(chosen.sentences)
    return chosen, draw(st.lists(st.floats(-1, 1), min_size=count, max_size=count))


def is_a_slice(excerpt: Excerpt) -> None:
    """The source at the excerpt's span folds to its text, and its sentences follow each other."""
    source = excerpt.block.document.source
    assert fold_report(source[excerpt.span.start : excerpt.span.end]) == excerpt.text
    numbers = [sentence.citation.sentence or 0 for sentence in excerpt.sentences]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert excerpt.block.span.contains(excerpt.span)


@given(scored_blocks())
def test_an_excerpt_is_a_slice(scored: tuple[Block, list[float]]) -> None:
    """Whatever the scores, an excerpt is whole consecutive sentences, verbatim at its span."""
    each, scores = scored
    excerpt = excerpt_of(each, scores, 0.5)
    is_a_slice(excerpt)
    assert (excerpt.citation, excerpt.voice, excerpt.block, excerpt.score) == (each.citation, each.voice, each, 0.5)


@given(scored_blocks())
def test_the_best_sentence_is_highlighted(scored: tuple[Block, list[float]]) -> None:
    """The best sentence is always in the excerpt and always highlighted; highlights are whole sentences."""
    each, scores = scored
    excerpt = excerpt_of(each, scores, 0.0)
    lit = [excerpt.text[span.start : span.end] for span in excerpt.highlights]
    assert each.sentences[scores.index(max(scores))].text in lit
    assert set(lit) <= {sentence.text for sentence in excerpt.sentences}
    assert list(excerpt.highlights) == sorted(excerpt.highlights)


@given(scored_blocks())
def test_an_excerpt_is_short(scored: tuple[Block, list[float]]) -> None:
    """An excerpt of more than one sentence has at most 110 words."""
    excerpt = excerpt_of(*scored, 0.0)
    words = len(excerpt.text.split())
    if len(excerpt.sentences) > 1:
        assert words <= 110
    assert words <= max(110, LONGEST)


SHORT = [each for each in BLOCKS if len(each.text.split()) <= WORDS]


@pytest.mark.parametrize("each", SHORT, ids=lambda each: str(each.citation))
def test_a_short_block_is_shown_whole(each: Block) -> None:
    """A block of at most ninety words is its own excerpt."""
    assert excerpt_of(each, [0.0] * len(each.sentences), 0.0).text == each.text


def test_ties_go_to_the_first_sentence() -> None:
    """Of equally good sentences all are highlighted, and the first is the best."""
    each = block("report/III/b5")
    excerpt = excerpt_of(each, [0.0] * len(each.sentences), 0.0)
    assert excerpt.sentences[0] is each.sentences[0]
    assert len(excerpt.highlights) == len(excerpt.sentences)


def test_a_leaning_sentence_draws_in_the_one_before() -> None:
    """A sentence that begins with "It" or "They" comes with the sentence it leans on."""
    each = block("report/III/b1")
    assert each.sentences[1].text.startswith("It is a one-party state")
    assert excerpt_of(each, [0.0, 1.0], 0.0).sentences == each.sentences


def test_a_leaning_sentence_may_make_an_excerpt_a_little_longer() -> None:
    """What it leans on is shown though it is too long, as far as the excerpt grows by ten words at most."""
    each = block("report/III/b1")
    whole = len(each.text.split())
    assert excerpt_of(each, [0.0, 1.0], 0.0, words=whole - 10).sentences == each.sentences
    assert excerpt_of(each, [0.0, 1.0], 0.0, words=whole - 11).sentences == each.sentences[1:]


def test_plain_data() -> None:
    """An excerpt as plain data names citation, heading, page, voice, span, sentences and highlights."""
    each = block("report/VI.1/p2")
    data = excerpt_of(each, [1.0] + [0.0] * (len(each.sentences) - 1), 0.123456789).to_dict()
    assert data == {
        "text": data["text"],
        "citation": "report/VI.1/p2",
        "human": 'CSDR-CIISS report, section VI.1 "Maritime security", para. 2 (p. 7 ff.)',
        "document": "report",
        "section": "VI.1",
        "heading": "Maritime security",
        "page": 7,
        "voice": "experts",
        "voice_label": "CSDR-CIISS expert group",
        "span": data["span"],
        "sentences": data["sentences"],
        "highlights": [[0, len(each.sentences[0].text)]],
        "score": 0.123457,
    }
    assert each.text.startswith(data["text"])
    assert data["sentences"][0] == "report/VI.1/p2/s1"
    assert fold_report(ncr.report.source[slice(*data["span"])]) == data["text"]


def test_absent_is_null() -> None:
    """An excerpt of the article's introduction has neither heading nor page."""
    each = block("article/intro/p1")
    data = excerpt_of(each, [0.0] * len(each.sentences), 0.0).to_dict()
    assert data["heading"] is None
    assert data["page"] is None


# ------------------------------------------------------------------ the pieces that hold the text alone


def joined(excerpt: Excerpt) -> str:
    """The pieces of an excerpt joined as they are, each run of white space folded to one space."""
    source = excerpt.block.document.source
    return " ".join("".join(source[piece.start : piece.end] for piece in excerpt.pieces).split())


def runs(each: Block) -> Iterator[Excerpt]:
    """An excerpt of every run of a block's sentences."""
    for first in range(len(each.sentences)):
        for last in range(first, len(each.sentences)):
            yield _excerpt(each, each.sentences[first : last + 1], {0}, 0.0)


@pytest.mark.parametrize("each", BLOCKS, ids=lambda each: str(each.citation))
def test_the_pieces_of_every_excerpt_are_its_text(each: Block) -> None:
    """Of every run of sentences the pieces are in order, inside the span, and white space apart the text itself."""
    for excerpt in runs(each):
        assert joined(excerpt) == excerpt.text
        at = excerpt.span.start
        for piece in excerpt.pieces:
            assert at <= piece.start < piece.end
            at = piece.end
        assert (excerpt.pieces[0].start, at) == (excerpt.span.start, excerpt.span.end)


def test_a_page_break_inside_is_no_piece() -> None:
    """Where a page ends in mid-sentence (report/I/p5) its running head lies in the span and in no piece."""
    each = block("report/I/p5")
    inside = [
        leaf.span for leaf in ncr.report.leaves if leaf.kind is LeafKind.FURNITURE and each.span.contains(leaf.span)
    ]
    (head,) = inside
    broken = next(sentence for sentence in each.sentences if sentence.span.contains(head))
    for excerpt in (_excerpt(each, (broken,), {0}, 0.0), _excerpt(each, each.sentences, {0}, 0.0)):
        assert excerpt.span.contains(head)
        assert not any(piece.start < head.end and head.start < piece.end for piece in excerpt.pieces)
        assert " ".join(ncr.report.source[excerpt.span.start : excerpt.span.end].split()) != excerpt.text
        assert joined(excerpt) == excerpt.text


def test_an_excerpt_on_one_line_is_one_piece() -> None:
    """Without furniture and without a dash at a line's end the span is the only piece."""
    each = block("article/intro/p1")
    excerpt = excerpt_of(each, [1.0] + [0.0] * (len(each.sentences) - 1), 0.0)
    assert excerpt.pieces == (excerpt.span,)


HEAD = re.compile(r"^\d*THE MILL$", re.MULTILINE)
TYPESET = st.lists(
    st.sampled_from(["the", "mill", "well-", "road–", "\n", "\n\n", " ", "\n", "\n7THE MILL\n", "\n\nTHE MILL\n\n"])
)


@given(TYPESET)
def test_the_pieces_of_any_typography_are_the_text(parts: list[str]) -> None:
    """Wherever lines and pages break, after a dash too, the pieces are the text of the block."""
    excerpt = excerpt_of(typeset("A" + "".join(parts) + "z."), [0.0], 0.0)
    assert joined(excerpt) == excerpt.text


def typeset(source: str) -> Block:
    """The only block of a document that has this source, with the mill's running heads as page furniture."""
    outline = Outline("mill")
    outline.enter("road")
    outline.open("p", Span(0, len(source)))
    for head in HEAD.finditer(source):
        outline.add(LeafKind.FURNITURE, Span(*head.span()))
    outline.close()
    voice = View("council", "Parish council")
    rules = SourceRules(lambda _: SectionFacts(voice), lambda _: voice, HEAD)
    work = Work("report", "Minutes", "Minutes", (("Council", ""),), "Council", None, None)
    return build(Document, outline, rules, work, source.encode()).blocks[0]
