"""The scorer of each question: by its language, loaded when first wanted."""

from __future__ import annotations

from functools import cached_property, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from ncrelations.answers.english_scorer import EnglishScorer
from ncrelations.answers.scoring import Scorer
from ncrelations.document.corpus import Corpus
from ncrelations.errors import EncoderUnavailable, LanguageUnavailable
from ncrelations.languages.detection import ENGLISH, language_of, may_be_english
from ncrelations.languages.glossary import Glossary
from ncrelations.models.encoder import Encoder
from ncrelations.retrieval.index import Index
from ncrelations.text.words import MAX_QUESTION

if TYPE_CHECKING:  # a question in English loads none of them
    from ncrelations.languages.cues import Cues
    from ncrelations.languages.multilingual_index import Space
    from ncrelations.languages.multilingual_scorer import MultilingualScorer


class Scorers:
    """Those of one corpus. Safe to share between threads."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        """Raises `IndexMismatch` for an index that another model built."""
        self.corpus: Corpus = index.corpus
        self.english = EnglishScorer(index, encoder)
        self._glossary = Glossary(index.corpus.glossary_folder)
        self._others = lru_cache(maxsize=16)(self._other)
        self._loading = Lock()

    @cached_property
    def cues(self) -> Cues:
        """What looks for the words of the corpus in texts of other languages."""
        from ncrelations.languages.cues import Cues

        return Cues(self.corpus, self._glossary)

    def language_of(self, text: str) -> str:
        """The language of a line, as a BCP 47 tag."""
        return language_of(text[:MAX_QUESTION], self._glossary, self._ours)

    def _ours(self, word: str) -> bool:
        """Whether a word is one of the documents' or of the questions written for them."""
        return word in self.english.index.vocabulary

    def of(self, text: str) -> Scorer:
        """The scorer of a question.

        Raises `LanguageUnavailable` for one in another language than English where the extra is not installed;
        a line that may as well be English is read as such there.
        """
        language = self.language_of(text)
        if language == ENGLISH:
            return self.english
        try:
            return self.other(language)
        except LanguageUnavailable:
            if may_be_english(text[:MAX_QUESTION], language, self._ours):
                return self.english
            raise

    def other(self, language: str) -> MultilingualScorer:
        """The scorer of a language but English: what it needs is loaded once, however many threads ask first."""
        with self._loading:
            return self._others(language)

    def _other(self, language: str) -> MultilingualScorer:
        from ncrelations.languages.multilingual_scorer import MultilingualScorer
        from ncrelations.models.e5 import REMEDY, packaged_e5

        try:
            encoder = packaged_e5()
        except EncoderUnavailable as error:
            raise LanguageUnavailable(language, error.problem, REMEDY) from error
        index, space = self._multilingual
        return MultilingualScorer(index, encoder, space, self.english, self.cues, language)

    @cached_property
    def _multilingual(self) -> tuple[Index, Space]:
        """The index with the multilingual vectors, and these as they are compared."""
        from ncrelations.languages.multilingual_index import load, load_space

        index = load(self.english.index)
        return index, load_space(index)
