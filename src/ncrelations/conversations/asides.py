"""Turns about the passage just shown: its source, its voice, its exact words. They leave the subject as it was."""

from __future__ import annotations

import re
from typing import Literal

from ncrelations.answers.answer import Answer, Step
from ncrelations.conversations.state import ChatState
from ncrelations.document.corpus import Corpus
from ncrelations.document.excerpt import excerpt_with
from ncrelations.questions.frame import core_of
from ncrelations.texts import Reason, voice_name

Aside = Literal["source", "words"]
"""What is asked of the passage shown: where it stands and who speaks, or its words in full."""

_IT = r"(?: (?:that|this|it|so|those|the (?:quote|passage|sentence|claim)))?"
_SOURCE = re.compile(
    r"(?:and |so |but |ok )*"
    r"(?:(?:the |your |what(?:'s| is) (?:the|your) )?(?:sources?|citations?|references?|page(?: number)?)"
    rf"|cite{_IT}|where (?:is|does){_IT}(?: quote| from| written| stand| come from| say(?:s|n)?| taken from| found)*"
    r"|(?:on )?(?:which|what) (?:page|section|paragraph|document|passage|part|chapter)(?: is| was| are)?"
    rf"{_IT}(?: in| on| from)?"
    rf"|who (?:says|said|claims|claimed|wrote|believes|states|stated|is saying){_IT}|says who"
    rf"|whose (?:views?|opinions?|words?|claim|perception|position) (?:is|are|was){_IT}"
    r"|is that (?:the )?\w+(?:'s)? (?:view|words))",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:and |so |but |ok )*(?:(?:the |give me the |show me the |what(?:'s| is) the |read me the )?"
    r"(?:exact|full|whole|complete|verbatim|original|precise)"
    r" (?:words?|wording|text|quote|quotation|passage|paragraph|sentence)|quote (?:it|that|this)(?: in full| exactly)?"
    r"|word for word|verbatim|in full|(?:the )?(?:whole|full) thing|read (?:it|that) (?:out|in full))",
    re.IGNORECASE,
)


def aside(text: str) -> Aside | None:
    """What a short turn asks of the passage just shown."""
    core = core_of(text).strip(" ?!.").replace("’", "'")
    if len(core) > 60:
        return None
    return "source" if _SOURCE.fullmatch(core) else "words" if _WORDS.fullmatch(core) else None


def answer_aside(corpus: Corpus, state: ChatState, text: str, asked: Aside) -> Answer:
    """The passage shown first, again, with where it stands and whose view it states."""
    block = corpus.block_at(state.citations[0])
    voice = voice_name(block.voice.value, block.voice.label)
    note = Reason("note.source", {"human": block.human, "citation": str(block.citation), "voice": voice})
    step = Step("conversation", f"the {asked} of the passage shown is asked for")
    return Answer(text, None, "answered", 1.0, (), None, (excerpt_with(block, ()),), note=note, steps=(step,))
