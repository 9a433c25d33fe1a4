"""The edition: the two documents as a library, and the package's public functions over it."""

from __future__ import annotations

from functools import cache
from threading import Lock

from ncrelations.answers.comparison import Comparison as ComparedViews
from ncrelations.document.excerpt import Excerpt
from ncrelations.editions.nato_china.knowledge import Theme, two_documents
from ncrelations.editions.nato_china.voices import Voice
from ncrelations.library import Library
from ncrelations.models.forking import before_forks


class Comparison(ComparedViews):
    """What each of the four voices says on one topic."""

    @property
    def nato(self) -> tuple[Excerpt, ...]:
        """NATO's perceptions of China (section III); empty where they say nothing."""
        return self.of(Voice.NATO)

    @property
    def china(self) -> tuple[Excerpt, ...]:
        """Chinese perceptions of NATO (section IV); empty where they say nothing."""
        return self.of(Voice.CHINA)

    @property
    def experts(self) -> tuple[Excerpt, ...]:
        """The joint group of experts; empty where it says nothing."""
        return self.of(Voice.EXPERTS)

    @property
    def author(self) -> tuple[Excerpt, ...]:
        """Brian Wong; empty where he says nothing."""
        return self.of(Voice.AUTHOR)


class Edition(Library):
    """The two documents as a library."""

    def compare(self, topic: str, k: int = 2) -> Comparison:
        """What each voice says on a topic: up to `k` excerpts a voice, or none where it says nothing."""
        found = super().compare(topic, k)
        return Comparison(found.topic, found.views, found.themes)

    def themes(self) -> tuple[Theme, ...]:
        """The editors' themes, in their order."""
        return two_documents().themes


_FIRST = Lock()


def edition() -> Edition:
    """The packaged edition, put together once a process, however many threads ask first."""
    with before_forks, _FIRST:
        return _edition()


@cache
def _edition() -> Edition:
    return Edition(two_documents())
