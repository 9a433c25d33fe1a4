"""The search files of a collection: append-only segments of words and of meaning, one a version until they are merged.

A file is written whole and moved into its place, so at any moment the folder opens; files of versions that do not
count are ignored until the writer sweeps them. One process writes, any number read.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from ncrelations.collections.encoding import encoded
from ncrelations.collections.live_meaning import AskedMeaning, LiveMeaning
from ncrelations.collections.live_near import IndexedNear, Near, PlacedNear
from ncrelations.collections.live_passages import LivePassages
from ncrelations.collections.live_words import LiveWords
from ncrelations.collections.meaning_segments import MeaningSegment
from ncrelations.collections.near_segment import NearSegment
from ncrelations.collections.passage_ranking import Searched, ranked
from ncrelations.collections.passage_text import Allowed, PassageText, RankedPassage
from ncrelations.collections.segment_files import MEANING, NEAR, WORDS, Rows, SegmentFolder, SegmentPlace, Stamp
from ncrelations.collections.thresholds import Thresholds, measured, read_thresholds, write_thresholds
from ncrelations.collections.word_segments import WordSegment
from ncrelations.models.encoder import TokenEncoder
from ncrelations.models.one_thread import one_thread, openmp_threads
from ncrelations.models.recent import Recent
from ncrelations.retrieval.arrays import Array

__all__ = ["PassageText", "RankedPassage", "SearchFiles"]

_MERGED = "merged-"
EXACT = 50_000
"""The passages up to which the signs of all vectors are looked at, also where something else finds near ones."""

_INDEX, _STALE = f"vectors{NEAR}", 0.2
"""The file of the index, and the share of passages that it lacks, or has too many, from which it is made anew."""

_MANY, _SMALL = 64, 8_192
"""Files of one kind that are merged, and the passages from which one is left alone."""


class _Segment(Protocol):
    @property
    def rows(self) -> Rows: ...


_S = TypeVar("_S", bound=_Segment)


class SearchFiles:
    """The search files in a folder. Safe to share between threads."""

    def __init__(self, place: Path | SegmentPlace) -> None:
        """A folder is made by the first file."""
        self.place: SegmentPlace = SegmentFolder(place) if isinstance(place, Path) else place
        """Where the segments lie."""
        self._opened: dict[str, tuple[Stamp, Any]] = {}
        self._searched: tuple[object, Searched] | None = None
        self._asked: Recent[tuple[str, str], AskedMeaning] = Recent(64)
        self._turn = threading.Lock()

    def add_words(self, version: int, passages: Sequence[PassageText]) -> None:
        """Make the passages of a version found by their words: durable when it returns, harmless when repeated."""
        if version not in self.with_words():
            self.place.write(f"{version}{WORDS}", WordSegment.of(version, passages).stored())

    def add_meaning(self, version: int, passages: Sequence[PassageText], encoder: TokenEncoder) -> None:
        """Make them found by their meaning: durable when it returns, harmless when repeated."""
        if version not in self.with_meaning(encoder):
            self.place.write(f"{version}{MEANING}", encoded(version, passages, encoder).stored())

    def with_words(self) -> frozenset[int]:
        """The versions that are found by words."""
        return _versions(self._words())

    def with_meaning(self, encoder: TokenEncoder | None = None) -> frozenset[int]:
        """The versions that are found by meaning: with any encoder, or with one."""
        return _versions(self._meaning(encoder))

    def sweep(self, live: Collection[int]) -> None:
        """Remove what belongs to no live version, and merge small files. For the one process that writes words."""
        self.place.clear(live)
        kept = frozenset(live)
        self._sweep(self._words_by_name(), kept, WORDS, lambda some: _words_joined(some, kept))
        self.sweep_meaning(live)

    def sweep_meaning(self, live: Collection[int]) -> None:
        """The same for the files of meaning alone. For the one process that encodes."""
        kept = frozenset(live)
        self._sweep(self._meaning_by_name(), kept, MEANING, lambda some: _meaning_joined(some, kept))

    def index_meaning(self, live: Collection[int], encoder: TokenEncoder) -> None:
        """Make the index of very many vectors, where there is none that is up to date. For the one that encodes.

        A place that has an index of its own needs none.
        """
        segments = self._meaning(encoder)
        keep = _keep(segments, frozenset(live))
        there = [each.rows.kept(kept) for each, kept in zip(segments, keep, strict=True)]
        if self.place.vectors is not None or sum(map(len, there)) <= EXACT:
            return
        known = self._index(encoder)
        if known is None or _apart(known.rows, Rows.joined(there)) > _STALE:
            with openmp_threads(1):
                self.place.write(_INDEX, NearSegment.of(segments, keep).stored())

    def rank(
        self,
        question: str,
        live: Sequence[int],
        encoder: TokenEncoder | None,
        count: int,
        allowed: Allowed | None = None,
    ) -> tuple[RankedPassage, ...]:
        """The best passages of the live versions, best first: by words alone without an encoder.

        `allowed` keeps to some positions of some versions.
        """
        return self.rank_in(self.searched(live, encoder), question, encoder, count, allowed)

    def rank_in(
        self,
        searched: Searched,
        question: str,
        encoder: TokenEncoder | None,
        count: int,
        allowed: Allowed | None = None,
    ) -> tuple[RankedPassage, ...]:
        """The best passages of what `searched` gave: for several questions of the same moment."""
        asked = None
        if encoder is not None and searched.meaning.encoded.any():
            asked = self.asked(question, encoder)
        with one_thread():
            return ranked(searched, question, asked, count, searched.passages.allowed(allowed))

    def asked(self, question: str, encoder: TokenEncoder) -> AskedMeaning:
        """The meaning of a question, remembered for the next time."""
        key = (question, encoder.fingerprint)
        found = self._asked.get(key)
        if found is None:
            found = AskedMeaning.of(question, encoder)
            self._asked.put(key, found)
        return found

    def searched(self, live: Sequence[int], encoder: TokenEncoder | None) -> Searched:
        """The live passages with their words, and their meaning as far as `encoder` made it."""
        with self._turn:
            versions = tuple(live)
            key = (self._stamps(), versions, encoder and encoder.fingerprint)
            if self._searched is None or self._searched[0] != key:
                self._forget_all_but(key[0])
                words, meaning = self._words(), self._meaning(encoder)
                passages = LivePassages.of(versions, [each.rows for each in words])
                near = self._near(passages, encoder) if encoder and len(passages) > EXACT else None
                found = Searched(passages, LiveWords(passages, words), LiveMeaning(passages, meaning, near))
                self._searched = key, found
            return self._searched[1]

    @property
    def thresholds(self) -> Thresholds:
        """How near a question must come to the collection."""
        return read_thresholds(self.place)

    def measure(self, live: Sequence[int], encoder: TokenEncoder, own: Callable[[], Sequence[str]]) -> None:
        """Measure the thresholds anew where the collection has changed much; `own` gives some of its sentences."""
        searched = self.searched(live, encoder)
        if len(searched.passages) and not self.thresholds.fit(len(searched.passages), encoder.fingerprint):
            write_thresholds(self.place, measured(searched, encoder, own()))

    def _stamps(self) -> dict[str, Stamp]:
        """The segments that there are, merged ones first, each with what tells it from one of that name before it."""
        found = self.place.stamps().items()
        return dict(sorted(found, key=lambda each: (not each[0].startswith(_MERGED), len(each[0]), each[0])))

    def _words(self) -> list[WordSegment]:
        return list(self._words_by_name().values())

    def _meaning(self, encoder: TokenEncoder | None) -> list[MeaningSegment]:
        found = self._meaning_by_name().values()
        return [each for each in found if encoder is None or each.encoder == encoder.fingerprint]

    def _words_by_name(self) -> dict[str, WordSegment]:
        return self._read(WORDS, WordSegment.read)

    def _meaning_by_name(self) -> dict[str, MeaningSegment]:
        return self._read(MEANING, MeaningSegment.read)

    def _near(self, passages: LivePassages, encoder: TokenEncoder) -> Near | None:
        """What finds near passages of very many; `None` where nothing does."""
        if (vectors := self.place.vectors) is not None:
            return PlacedNear(passages, vectors) if vectors.width == encoder.width else None
        index = self._index(encoder)
        return IndexedNear(passages, index) if index else None

    def _index(self, encoder: TokenEncoder) -> NearSegment | None:
        """The index of an encoder's vectors; one that is damaged counts as missing."""
        found = self._read(NEAR, NearSegment.read).get(_INDEX)
        return found if found and found.encoder == encoder.fingerprint else None

    def _read(self, suffix: str, read: Callable[[Mapping[str, Array]], _S]) -> dict[str, _S]:
        """The segments of one kind by file; a damaged one, or one just swept, counts as missing."""
        found: dict[str, _S] = {}
        for name, stamp in self._stamps().items():
            if name.endswith(suffix):
                known, segment = self._opened.get(name, (None, None))
                if known != stamp:
                    segment = None
                    with suppress(OSError, ValueError, LookupError, TypeError):
                        segment = read(self.place.read(name))
                    self._opened[name] = stamp, segment
                if segment is not None:
                    found[name] = segment
        return found

    def _forget_all_but(self, names: Collection[str]) -> None:
        """Let go of files that are there no longer: another process may have swept them."""
        for name in self._opened.keys() - names:
            self._opened.pop(name, None)

    def _sweep(
        self,
        segments: Mapping[str, _S],
        live: frozenset[int],
        suffix: str,
        joined: Callable[[Sequence[_S]], Mapping[str, Array]],
    ) -> None:
        """Remove the files without a live version; merge the small and the half dead ones where there are many."""
        damaged = {name for name in self._stamps() if name.endswith(suffix)} - segments.keys()
        counts = {name: _live_rows(each.rows, live) for name, each in segments.items()}
        dead = {name for name, count in counts.items() if not count}
        small = [name for name, count in counts.items() if 0 < count < _SMALL]
        wasteful = [name for name, count in counts.items() if 0 < 2 * count < len(segments[name].rows)]
        for group in _alike(segments, small if len(small) > _MANY else wasteful):
            self.place.write(f"{_MERGED}{self._next_number()}{suffix}", joined([segments[name] for name in group]))
            dead |= set(group)
        for name in dead | damaged:
            self._opened.pop(name, None)
            self.place.remove(name)

    def _next_number(self) -> int:
        """A number that no merged file has."""
        taken = [Path(name).stem.removeprefix(_MERGED) for name in self._stamps() if name.startswith(_MERGED)]
        return 1 + max(map(int, taken), default=0)


def _apart(some: Rows, others: Rows) -> float:
    """The passages that only one of two has, as a share of those of the second."""
    common = _live_rows(some, frozenset(others.versions.tolist()))
    return (len(some) + len(others) - 2 * common) / max(len(others), 1)


def _live_rows(rows: Rows, live: frozenset[int]) -> int:
    """How many passages of a segment are of live versions."""
    return int(rows.counts[np.isin(rows.versions, list(live))].sum())


def _alike(segments: Mapping[str, _S], names: Sequence[str]) -> list[list[str]]:
    """The names of segments in groups that can be merged: those of one encoder."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(getattr(segments[name], "encoder", ""), []).append(name)
    return list(groups.values())


def _keep(some: Sequence[_Segment], live: frozenset[int]) -> list[NDArray[np.bool_]]:
    """Which versions of each segment to keep: the live ones, each once."""
    seen, kept = set[int](), list[NDArray[np.bool_]]()
    for each in some:
        versions = each.rows.versions.tolist()
        kept.append(np.array([version in live and version not in seen for version in versions], bool))
        seen.update(versions)
    return kept


def _versions(segments: Iterable[_Segment]) -> frozenset[int]:
    return frozenset(version for each in segments for version in each.rows.versions.tolist())


def _words_joined(some: Sequence[WordSegment], live: frozenset[int]) -> Mapping[str, Array]:
    return WordSegment.joined(some, _keep(some, live)).stored()


def _meaning_joined(some: Sequence[MeaningSegment], live: frozenset[int]) -> Mapping[str, Array]:
    kept = [each.kept(keep) for each, keep in zip(some, _keep(some, live), strict=True)]
    return MeaningSegment.joined(kept).stored()
