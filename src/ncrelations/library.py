"""The library of one corpus: what a program asks. The package's own functions are those of a default one."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, overload

from ncrelations.answers.answer import Answer, Filters
from ncrelations.document.block_range import Range
from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus, Place, Where
from ncrelations.document.entities import Entity
from ncrelations.document.excerpt import Excerpt
from ncrelations.document.tree import Document
from ncrelations.document.typed_places import place_or_range
from ncrelations.document.voice import Voice
from ncrelations.errors import EncoderUnavailable, InvalidQuestion, NoSuchPlace
from ncrelations.languages.structures import Structures, asks_more
from ncrelations.models.forking import before_forks
from ncrelations.models.one_thread import numpy_as_usual
from ncrelations.text.words import clean_question

if TYPE_CHECKING:  # what asks is loaded by the first question: reading the documents loads no numpy
    from ncrelations.answers.comparison import Comparison
    from ncrelations.answers.english_scorer import EnglishScorer
    from ncrelations.conversations.state import ChatState
    from ncrelations.conversations.turn import Turns
    from ncrelations.languages.glossary import Glossary
    from ncrelations.languages.scorers import Scorers
    from ncrelations.models.encoder import Encoder
    from ncrelations.proofing.draft_reading import DraftFormat
    from ncrelations.proofing.finding import Proof
    from ncrelations.proofing.proofreader import Proofreader
    from ncrelations.questions.question import Question
    from ncrelations.retrieval.index import Index
    from ncrelations.retrieval.passages import BankQuestion


@contextmanager
def undisturbed() -> Iterator[None]:
    """Work through something whole, whatever the rest of the process does: forks, or has numpy raise.

    A library that cannot be loaded for it is a documented error.
    """
    try:
        with before_forks, numpy_as_usual():
            yield
    except ImportError as error:
        raise _not_loaded(error) from error


def _not_loaded(error: ImportError) -> EncoderUnavailable:
    name = (error.name or "numpy").partition(".")[0]
    package = _PACKAGES.get(name, name)
    problem = f"the library {name} cannot be loaded ({str(error).strip().partition(chr(10))[0][:200]})"
    return EncoderUnavailable("all-MiniLM-L6-v2", problem, f"pip install --force-reinstall {package}")


_PACKAGES = {"faiss": "faiss-cpu"}
"""The packages of libraries that have another name."""


class Library:
    """Some documents with their index and model, loaded by the first question. Safe to share between threads."""

    def __init__(self, corpus: Corpus, index: Index | None = None, encoder: Encoder | None = None) -> None:
        """`index` is by default the one in the corpus' folder, `encoder` the packaged model."""
        self._corpus, self._index, self._encoder = corpus, index, encoder
        self._loading = threading.Lock()

    @property
    def corpus(self) -> Corpus:
        """The documents and what is known of them."""
        return self._corpus

    def as_now(self) -> Library:
        """The library as it is now, for those who number its passages: itself, where it never changes."""
        return self

    def documents(self) -> tuple[Document, ...]:
        """The documents, in order."""
        return self.corpus.documents

    @overload
    def resolve(self, citation: Citation | Place) -> Place: ...

    @overload
    def resolve(self, citation: Where | Range) -> Place | Range: ...

    def resolve(self, citation: Where | Range) -> Place | Range:
        """The place that a citation names, or the blocks of a range such as "survey/IV.2/p2-p4".

        Raises `InvalidCitation` or `NoSuchPlace`, both with the nearest that exist.
        """
        return place_or_range(self.corpus, citation)

    def standing(self, place: Place) -> str | None:
        """What must be said of a place whose document has other texts; `None` for one that stands as it stood."""
        del place
        return None

    @undisturbed()
    def entity(self, name: str) -> Entity:
        """The entity of that name in any spelling, of other languages too; `NoSuchPlace` with the near misses."""
        try:
            return self.corpus.entities.named(name)
        except NoSuchPlace:
            known = {each.name for each in self.corpus.entities.all}
            names = self._glossary.english_names(name)
            ours = next((each for each in names if each in known), None)
            if ours is None:
                raise
            return self.corpus.entities.named(ours)

    @cached_property
    def _glossary(self) -> Glossary:
        from ncrelations.languages.glossary import Glossary

        return Glossary(self.corpus.glossary_folder)

    @property
    def scorers(self) -> Scorers:
        """What reads and scores questions: loaded once, however many threads ask first."""
        with before_forks, self._loading:
            return self._scorers

    @cached_property
    def _scorers(self) -> Scorers:
        from ncrelations.languages.scorers import Scorers
        from ncrelations.models.minilm import packaged
        from ncrelations.retrieval.index import Index

        return Scorers(self._index or Index.load(self.corpus), self._encoder or packaged())

    @property
    def bank(self) -> Sequence[BankQuestion]:
        """The questions written beforehand, each for a passage."""
        return self.scorers.english.index.bank

    @cached_property
    def structures(self) -> Structures:
        """What answers requests for the documents' own structure; needs neither index nor model."""
        return Structures(self.corpus)

    @cached_property
    def turns(self) -> Turns:
        """What answers the turns of conversations."""
        from ncrelations.conversations.turn import Turns

        return Turns(self.scorers, self.structures)

    @cached_property
    def proofreader(self) -> Proofreader:
        """What checks the quotations of drafts; needs no index, and a model only for what is not plain."""
        from ncrelations.proofing.proofreader import Proofreader

        return Proofreader(self.corpus, lambda words: self.search(words, 1))

    @undisturbed()
    def proof(self, text: str, format: DraftFormat = "markdown") -> Proof:
        """Every quotation of a draft, checked: its words, the place named beside it, and those credited with it.

        `format` is "markdown", "plain" or "html". Nothing is stored. Raises `InvalidDraft` for a text that is too
        long, `NoSuchPlace` for a format it does not know.
        """
        from ncrelations.proofing.draft_reading import read_text

        return self.proofreader.proof(read_text(text, format))

    def filters(self, within: Where | None = None, voice: str | Voice | None = None) -> Filters:
        """What an answer is kept to. Raises `InvalidCitation` or `NoSuchPlace` for a filter that names nothing."""
        where = None if within is None else self.corpus.resolve(within).citation
        return Filters(where, self.corpus.voice(voice))

    @undisturbed()
    def ask(self, question: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None) -> Answer:
        """What the documents have to say to a question: up to `k` excerpts with status, confidence and reasons.

        `within` keeps to a document, section or block, `voice` to one voice. Raises `InvalidQuestion` for a
        question that cannot be asked, `InvalidCitation` or `NoSuchPlace` for a filter that names nothing,
        `IndexMismatch` and `EncoderUnavailable` where nothing can be asked.
        """
        from ncrelations.answers.answering import answer_to, at_least_one, beside_quotation
        from ncrelations.answers.scoring import scored

        text, filters, k = clean_question(question), self.filters(within, voice), at_least_one(k)
        found = self.structures.answer(text, filters)
        if found and not asks_more(*found):
            return found[0]
        scorer = self.scorers.of(text)
        answer = answer_to(scorer, scored(scorer, scorer.read(text)), k, filters)
        return answer if found is None else beside_quotation(found[0], answer, found[1])

    @undisturbed()
    def prepare(self, questions: Iterable[str]) -> None:
        """Embed many questions in English at once, which takes half the work, for when each of them is asked.

        What cannot be asked, and other languages, are left as they are. Scores may differ by 1e-6 from those of
        questions asked alone.
        """
        scorers = self.scorers
        english = (each for each in questions if scorers.language_of(each) == "en")
        scorers.english.prepare(read for each in english if (read := _read_or_none(scorers.english, each)))

    @undisturbed()
    def search(
        self, query: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None
    ) -> tuple[Excerpt, ...]:
        """The `k` best excerpts for a query, best first, without judgement.

        A filter that names nothing raises; one that matches nothing gives `()`.
        """
        from ncrelations.answers.answering import at_least_one, excerpts_of
        from ncrelations.answers.ranking import ranked

        filters, scorer = self.filters(within, voice), self.scorers.of(clean_question(query))
        reading = scorer.score(scorer.read(query))
        passages = ranked(scorer.index, reading.scores, reading.sentences, filters.within, filters.voice)
        return excerpts_of(passages, at_least_one(k))

    @undisturbed()
    def compare(self, topic: str, k: int = 2) -> Comparison:
        """What each voice says on a topic: up to `k` excerpts a voice, or none where it says nothing.

        Raises `InvalidQuestion`.
        """
        from ncrelations.answers.comparison import compare

        return compare(self.scorers.english, clean_question(topic), k)

    @undisturbed()
    def turn(
        self,
        state: ChatState,
        question: str,
        k: int = 5,
        within: Where | None = None,
        voice: str | Voice | None = None,
    ) -> tuple[Answer, ChatState]:
        """Answer a question in the light of a conversation, and say what the conversation has become."""
        return self.turns.turn(state, question, k, self.filters(within, voice))

    def chat(self, state: ChatState | None = None) -> Conversation:
        """A conversation: each question is read in the light of those before."""
        return Conversation(self, state)


def _read_or_none(scorer: EnglishScorer, text: str) -> Question | None:
    """A question, read; `None` for a text that cannot be asked."""
    try:
        return scorer.read(text)
    except InvalidQuestion:
        return None


class Conversation:
    """A conversation: each question is read in the light of those before."""

    def __init__(self, library: Library, state: ChatState | None = None) -> None:
        self.library = library
        """What is asked."""
        self.state = state or _nothing_asked()
        """The conversation so far; assign a saved one to go on from it."""

    def ask(self, question: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None) -> Answer:
        """Ask, or follow up. Filters hold for this question. Raises as `Library.ask` does."""
        answer, self.state = self.library.turn(self.state, question, k, within, voice)
        return answer

    def reset(self) -> None:
        """Forget the conversation."""
        self.state = _nothing_asked()


def _nothing_asked() -> ChatState:
    from ncrelations.conversations.state import ChatState

    return ChatState()
