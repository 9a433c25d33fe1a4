"""A collection at one moment as a library: asked, shown and cited like the edition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ncrelations.answers.answer import Answer, Filters
from ncrelations.answers.comparison import Comparison
from ncrelations.collections.old_citations import standing
from ncrelations.collections.stored_corpus import StoredCorpus
from ncrelations.document.corpus import Place, Where
from ncrelations.document.excerpt import Excerpt
from ncrelations.document.typed_places import blocks_of
from ncrelations.document.voice import Voice
from ncrelations.errors import EncoderUnavailable
from ncrelations.library import Library
from ncrelations.text.words import clean_question
from ncrelations.texts import Reason

if TYPE_CHECKING:
    from ncrelations.collections.collection_answers import CollectionAnswers
    from ncrelations.collections.passage_text import Allowed
    from ncrelations.collections.search_files import SearchFiles
    from ncrelations.models.encoder import TokenEncoder
    from ncrelations.retrieval.passages import BankQuestion


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

    def standing(self, place: Place) -> Reason | None:
        """What must be said of a place whose document has other texts; `None` for one that stands as it stood."""
        found = standing(self.stored, place)
        return None if found.state == "current" else found.told(place.citation)

    @property
    def bank(self) -> Sequence[BankQuestion]:
        """No questions are written for documents of one's own."""
        return ()

    @property
    def answers(self) -> CollectionAnswers:
        """What answers questions."""
        from ncrelations.collections.collection_answers import CollectionAnswers

        return CollectionAnswers(self.stored, self.search_files, self.encoder)

    def ask(self, question: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None) -> Answer:
        """What the documents have to say to a question: up to `k` excerpts with status, confidence and reasons."""
        text, filters = clean_question(question), self.filters(within, voice)
        return self.answers.answer(text, k, filters, self.allowed(filters))

    def search(
        self, query: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None
    ) -> tuple[Excerpt, ...]:
        """The `k` best excerpts for a query, best first, without judgement."""
        text, filters = clean_question(query), self.filters(within, voice)
        return self.answers.search(text, k, self.allowed(filters))

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
