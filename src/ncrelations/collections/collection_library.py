"""A collection at one moment as a library: asked, shown and cited like the edition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from ncrelations.answers.answer import Answer, Filters
from ncrelations.answers.comparison import Comparison
from ncrelations.answers.structure_answers import StructureAnswers
from ncrelations.collections.old_citations import standing
from ncrelations.collections.stored_corpus import StoredCorpus
from ncrelations.conversations.state import ChatState
from ncrelations.document.corpus import Place, Where
from ncrelations.document.excerpt import Excerpt
from ncrelations.document.typed_places import blocks_of, places_at
from ncrelations.document.voice import Voice
from ncrelations.errors import EncoderUnavailable, InvalidCitation, NoSuchPlace
from ncrelations.library import Library, undisturbed
from ncrelations.questions.structure import Structure
from ncrelations.text.words import clean_question
from ncrelations.texts import Reason

if TYPE_CHECKING:
    from ncrelations.collections.collection_answers import CollectionAnswers
    from ncrelations.collections.passage_text import Allowed
    from ncrelations.collections.search_files import SearchFiles
    from ncrelations.models.encoder import TokenEncoder
    from ncrelations.retrieval.passages import BankQuestion


_CITATION = re.compile(
    r"(?:(?:please|show|read|open|quote|give|print|me) ){0,4}\W{0,3}[a-z][a-z0-9-]*/[\w./-]+\W{0,3}", re.ASCII
)
_OF_STRUCTURE = re.compile(
    r"[\"“”«»/]|\b(?:mention\w*|section|chapter|annex|appendix|paragraph|para|page|list|contents|outline|title|titled"
    r"|wrote|written|author\w*|published|dated|documents?|hello|hi|hey|thanks?|thank you|bye|help|who are you)\b",
    re.IGNORECASE,
)
"""What a request for the documents' own structure may have; most questions have nothing of it."""


class CollectionLibrary(Library):
    """The live documents of a collection with what finds their passages. Safe to share between threads."""

    def __init__(self, corpus: StoredCorpus, search: SearchFiles, encoder: TokenEncoder | None = None) -> None:
        """`encoder` is by default the packaged model, loaded by the first question."""
        super().__init__(corpus)
        self.stored = corpus
        """The documents."""
        self.search_files = search
        """What finds their passages."""
        self._own_encoder = encoder

    @property
    def encoder(self) -> TokenEncoder | None:
        """What reads questions; `None` where the model is not there: then words alone count."""
        if self._own_encoder is None:
            from ncrelations.models.minilm import packaged

            try:
                self._own_encoder = packaged()
            except EncoderUnavailable:
                return None
        return self._own_encoder

    def prepare(self, questions: Iterable[str]) -> None:
        """Nothing is gained by embedding questions together."""

    def standing(self, place: Place) -> Reason | None:
        """What must be said of a place whose document has other texts; `None` for one that stands as it stood."""
        found = standing(self.stored, place)
        return None if found.state == "current" else found.told(place.citation)

    @property
    def bank(self) -> Sequence[BankQuestion]:
        """None: those that `Collection.add_questions` keeps are compared where a question is answered."""
        return ()

    @cached_property
    def answers(self) -> CollectionAnswers:
        """What answers questions."""
        from ncrelations.collections.collection_answers import CollectionAnswers

        return CollectionAnswers(self.stored, self.search_files, self.encoder)

    @undisturbed()
    def ask(self, question: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None) -> Answer:
        """What the documents have to say to a question: up to `k` excerpts with status, confidence and reasons."""
        from ncrelations.answers.answering import at_least_one

        text, filters, k = clean_question(question), self.filters(within, voice), at_least_one(k)
        return self._structure(text, filters) or self.answers.answer(text, k, filters, self.allowed(filters))

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
        from ncrelations.answers.answering import at_least_one
        from ncrelations.collections.collection_turns import CollectionTurns, after_structure

        text, filters, k = clean_question(question), self.filters(within, voice), at_least_one(k)
        if found := self._structure(text, filters):
            return found, after_structure(state, found)
        return CollectionTurns(self.stored, self.answers).turn(state, text, k, filters, self.allowed(filters))

    def _structure(self, text: str, filters: Filters) -> Answer | None:
        """The answer to a text that asks for a place, a section, mentions or exact words.

        To tell, every document must be read: so that is done only where a word of the text speaks for it.
        """
        if _CITATION.fullmatch(text):
            with suppress(InvalidCitation, NoSuchPlace):
                places = Structure("place", places_at(self.corpus, text.rsplit(" ", maxsplit=1)[-1]))
                return StructureAnswers(self.corpus).answer(text, places, filters)
        found = self.structures.answer(text, filters) if _OF_STRUCTURE.search(text) else None
        return found[0] if found else None

    @undisturbed()
    def search(
        self, query: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None
    ) -> tuple[Excerpt, ...]:
        """The `k` best excerpts for a query, best first, without judgement."""
        text, filters = clean_question(query), self.filters(within, voice)
        return self.answers.search(text, k, self.allowed(filters))

    @undisturbed()
    def compare(self, topic: str, k: int = 2) -> Comparison:
        """What each voice says on a topic: up to `k` excerpts a voice, or none where it says nothing."""
        return self.answers.compare(topic, k)

    def allowed(self, filters: Filters) -> Allowed | None:
        """Which passages a filter leaves; `None` for all."""
        if filters.within is None and filters.voice is None:
            return None
        spoken = None if filters.voice is None else self.stored.positions(filters.voice.value)
        if filters.within is None:
            return spoken
        document = self.stored.document(filters.within.document)
        version = next(each.version for each in self.stored.live if each.id == document.id)
        wanted = set(blocks_of(self.resolve(filters.within)))
        inside = {position for position, block in enumerate(document.blocks) if block in wanted}
        return {version: inside if spoken is None else inside & set(spoken.get(version, ()))}
