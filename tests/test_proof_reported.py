"""Whose the words of a passage may be besides its voice's."""

from __future__ import annotations

import pytest

import ncrelations as ncr
from ncrelations.editions.nato_china.edition import edition
from ncrelations.editions.nato_china.knowledge import TwoDocuments
from ncrelations.proofing.credit_names import Names
from ncrelations.proofing.credit_words import tokens_of
from ncrelations.proofing.draft_reading import read_text
from ncrelations.proofing.proofreader import Proofreader
from ncrelations.proofing.reported_speech import quoted_in

WRONG = (
    "Stoltenberg said that the DPRK “has made significant advances in terms of its conventional weapons”.",
    "Wang Yi said of the talks that both sides “appeared to reach a constructive level of understanding”.",
    "NATO has stated that such tests “would not only be futile, but also disruptive to bilateral relations”.",
    "Beijing has warned that both sides may plan “on worst-case scenarios and automatic responses”.",
    "It was new. Stoltenberg described it as “a reasonable attempt at differentiating between Russia and China”.",
    "The Chinese government states that China “has been increasingly affected by more serious floods”.",
    "The Ministry of Foreign Affairs demanded mechanisms that “shift the alliance away from the U.S.-led hegemony”.",
    "Chinese officials think that NATO “made a reasonable attempt at differentiating between Russia and China”.",
)
"""Sentences that give a passage's words to somebody whom it only names."""

POSSIBLE = (
    "Stoltenberg said in Munich that it is a “global threat that requires a global response”.",
    "Biden told them: “We must prepare together for a long-term strategic competition with China.”",
    "The Ministry of Foreign Affairs declared that it “disregarded facts, confused black and white”.",
    "Wang Yi noted “the potential for further exchanges on issues of common interest”.",
    "Lord Robertson “welcomed the Chinese Ambassador for the first time at NATO headquarters”.",
    "NATO “has repeatedly stated that it does not intend to play a military role in this region”.",
)
"""Sentences that give somebody the words that the passage gives them, or tell of them what it tells."""


@pytest.mark.parametrize("sentence", WRONG)
def test_who_is_named_in_a_passage_does_not_say_its_words(sentence: str) -> None:
    """A passage that names somebody is not theirs for that: what its authors say of them is not what they said."""
    (finding,) = ncr.proof(sentence).findings
    assert finding.verdict == "verbatim"
    assert finding.credit_right is False


@pytest.mark.parametrize("sentence", POSSIBLE)
def test_whom_a_passage_quotes_or_tells_of_is_not_complained_of(sentence: str) -> None:
    """Words that a passage has in marks, or as somebody's saying, may be credited to them; so may what they did."""
    (finding,) = ncr.proof(sentence).findings
    assert finding.verdict == "verbatim"
    assert finding.credit_right is not False


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("All was said. Stoltenberg left.", "Stoltenberg"),
        ("It was the president. Stoltenberg left.", "Stoltenberg"),
        ("Then Mr. Stoltenberg left.", "Mr. Stoltenberg"),
        ("Then Secretary General Stoltenberg left.", "Secretary General Stoltenberg"),
        ("Then the old Prof. Dr. Stoltenberg left.", "old Prof. Dr. Stoltenberg"),
    ],
)
def test_a_full_stop_belongs_to_a_name_behind_a_title_only(text: str, words: str) -> None:
    """Where a name begins a sentence, the end of the sentence before is no part of it."""
    tokens = tokens_of(text)
    found = Names(edition().corpus).found(text, tokens)
    assert words in [text[tokens[m.start].start : tokens[m.end - 1].end] for m in found]


def test_what_sentences_report_is_a_slice_of_them_and_not_their_voices() -> None:
    """Editors' lines name words that stand once in their sentence, and somebody else than the side that holds them."""
    corpus = edition().corpus
    assert corpus.reported is not None
    every = [(corpus.resolve(str(place)), each) for place, found in corpus.reported.items() for each in found]
    assert len(every) == 134
    for sentence, each in every:
        assert isinstance(sentence, ncr.Sentence)
        assert sentence.text.count(each.words) == 1
        assert each.who.casefold() != sentence.voice.value


class _Unlisted(TwoDocuments):
    """The documents without what editors wrote of those whom their sentences report."""

    reported = None  # type: ignore[assignment]  # as of documents of which nobody wrote it down


@pytest.mark.parametrize("sentence", [WRONG[1], WRONG[3], *POSSIBLE[:3]])
def test_where_nobody_wrote_it_down_words_of_saying_tell(sentence: str) -> None:
    """Whom a passage has say its words is told by what stands before them there, if no editor told it."""
    (finding,) = Proofreader(_Unlisted()).proof(read_text(sentence)).findings
    assert (finding.credit_right is False) == (sentence in WRONG)


def test_quoted_words_know_what_stands_before_them() -> None:
    """Words quoted from two sentences are two, each with what stands before it there; marks are the passage's own."""
    block = ncr.resolve("report/I/p1")
    assert isinstance(block, ncr.Block)
    start = block.text.index("competition with China")
    (first, second) = quoted_in([(block, ncr.Span(start, start + 50))])
    assert first.sentence.text.startswith(first.before)
    assert first.before.endswith("long-term strategic ")
    assert second.before == ""
    inside = block.text.index("We must prepare")
    assert quoted_in([(block, ncr.Span(inside, inside + 20))])[0].marked
