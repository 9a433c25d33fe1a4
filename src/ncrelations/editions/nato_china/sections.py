"""The sections with their records, as real attributes.

Editors complete them and mypy checks them: nothing here is found at run time by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from ncrelations.document.tree import Block, Section, Sentence
from ncrelations.editions.nato_china.readings import readings, sentences
from ncrelations.editions.nato_china.voices import Voice

if TYPE_CHECKING:  # a question makes no records
    from ncrelations.editions.nato_china.records import (
        Baselines,
        Milestone,
        Model,
        Perception,
        Phrase,
        Reality,
        Recommendation,
        Risk,
        Roadmap,
    )

_R = TypeVar("_R")


class _Listed(Generic[_R]):
    """A section that is also the sequence of its records."""

    __slots__ = ()

    @property
    def _records(self) -> tuple[_R, ...]:
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[_R]:
        return iter(self._records)

    @overload
    def __getitem__(self, index: int) -> _R: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[_R, ...]: ...

    def __getitem__(self, index: int | slice) -> _R | tuple[_R, ...]:
        return self._records[index]


class PerceptionSection(Section, _Listed["Perception"]):
    """Section III or IV: what one side believes about the other."""

    __slots__ = ()

    @property
    def perceptions(self) -> tuple[Perception, ...]:
        """The eight perceptions, in order."""
        from ncrelations.editions.nato_china.records import Perception

        holder, subject = (Voice.NATO, "China") if self.voice == Voice.NATO else (Voice.CHINA, "NATO")
        bullets = (block for block in self.blocks if block.kind == "bullet")
        return tuple(Perception(holder, subject, b.sentences[0].text, b.sentences, b) for b in bullets)

    _records = perceptions


class RiskSection(Section, _Listed["Risk"]):
    """Section V: the consequences and risks of the perceptions."""

    __slots__ = ()

    @property
    def risks(self) -> tuple[Risk, ...]:
        """The seven risks, in order."""
        from ncrelations.editions.nato_china.records import Risk

        bullets = (block for block in self.blocks if block.kind == "bullet")
        return tuple(Risk(b.sentences[0].text, b.sentences, b) for b in bullets)

    _records = risks


class TopicSection(Section):
    """One of the sections VI.1 to VI.5."""

    __slots__ = ()

    @property
    def recommendation(self) -> Recommendation:
        """What the experts recommend on this topic, and why."""
        from ncrelations.editions.nato_china.records import Recommendation, phrases

        reading = readings()["recommendations"][self.id]
        parts = ("rationale", "nato_interest", "china_interest", "proposal")
        rationale, nato, china, proposal = (sentences(self.document, reading[part]) for part in parts)
        places, agreements = (phrases(self.document, reading[part]) for part in ("places", "agreements"))
        return Recommendation(self.heading or "", rationale, nato, china, proposal, places, agreements, self)


class RecommendationsSection(Section, _Listed["Recommendation"]):
    """Section VI: the five topics on which a dialogue makes sense."""

    __slots__ = ()

    def _topic(self, id: str) -> TopicSection:
        return cast("TopicSection", self.document.section(id))

    @property
    def maritime_security(self) -> TopicSection:
        """Section VI.1."""
        return self._topic("VI.1")

    @property
    def climate_change(self) -> TopicSection:
        """Section VI.2."""
        return self._topic("VI.2")

    @property
    def regional_security(self) -> TopicSection:
        """Section VI.3."""
        return self._topic("VI.3")

    @property
    def military_transparency(self) -> TopicSection:
        """Section VI.4."""
        return self._topic("VI.4")

    @property
    def counterterrorism(self) -> TopicSection:
        """Section VI.5."""
        return self._topic("VI.5")

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """The five recommendations, in order."""
        return tuple(self._topic(topic.id).recommendation for topic in self.children)

    _records = recommendations


class RoadmapSection(Section):
    """Section VII: an agreed roadmap."""

    __slots__ = ()

    @property
    def joint_roadmap(self) -> Roadmap:
        """What the Joint Roadmap spells out, and who agreed on what."""
        from ncrelations.editions.nato_china.records import Decision, Roadmap, phrase

        reading, document = readings()["roadmap"], self.document
        decisions = tuple(
            Decision(phrase(document, each["who"]), sentences(document, each["what"])) for each in reading["decisions"]
        )
        return Roadmap(
            themes=phrase(document, reading["themes"]),
            deliverables=phrase(document, reading["deliverables"]),
            meeting_calendar=phrase(document, reading["meeting_calendar"]),
            track_two=sentences(document, reading["track_two"]),
            decisions=decisions,
        )


class MilestonesSection(Section, _Listed["Milestone"]):
    """The milestones of NATO-China relations."""

    __slots__ = ()

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """The eleven milestones, in the source's order."""
        return tuple(map(self._milestone, self.blocks, readings()["milestones"]))

    _records = milestones

    def _milestone(self, block: Block, reading: dict[str, Any]) -> Milestone:
        from ncrelations.editions.nato_china.records import Milestone, events, phrase, phrases

        document = self.document
        place, date, elsewhere = (
            phrase(document, reading[part]) if part in reading else None for part in ("place", "date", "see_date")
        )
        participants = phrases(document, reading["participants"])
        see = sentences(document, reading.get("see", []))
        said = events(block, reading, elsewhere)
        return Milestone(block.text, participants, place, date, see, elsewhere, block, said)


class RealitySection(Section, _Listed["Reality"]):
    """The article's reality check."""

    __slots__ = ()

    @property
    def realities(self) -> tuple[Reality, ...]:
        """The three points, in order."""
        from ncrelations.editions.nato_china.records import Reality

        found = readings()["realities"]
        return tuple(Reality(each["headline"], sentences(self.document, each["statements"])) for each in found)

    _records = realities


class ModusVivendiSection(Section):
    """The article's proposal: baselines and reserved domains, competition, cooperation."""

    __slots__ = ()

    @property
    def _reading(self) -> dict[str, Any]:
        return cast("dict[str, Any]", readings()["modus_vivendi"])

    @property
    def baselines(self) -> Baselines:
        """The non-negotiable interests of each side."""
        from ncrelations.editions.nato_china.records import Baselines, phrases

        china, nato = (phrases(self.document, self._reading[f"baselines_{side}"]) for side in ("china", "nato"))
        return Baselines(china, nato, sentences(self.document, self._reading["baselines_terms"]))

    @property
    def reserved_domains(self) -> tuple[Phrase, ...]:
        """The flashpoints from which both sides should keep their distance."""
        from ncrelations.editions.nato_china.records import phrases

        return phrases(self.document, self._reading["reserved_domains"])

    @property
    def competition(self) -> tuple[Sentence, ...]:
        """How both sides should compete."""
        return sentences(self.document, self._reading["competition"])

    @property
    def cooperation(self) -> tuple[Sentence, ...]:
        """Where both sides must cooperate."""
        return sentences(self.document, self._reading["cooperation"])

    @property
    def models(self) -> tuple[Model, ...]:
        """The models that the proposal draws upon."""
        from ncrelations.editions.nato_china.records import Model, phrase

        parts = ("thinker", "name", "work")
        return tuple(Model(*(phrase(self.document, each[p]) for p in parts)) for each in self._reading["models"])


class BenefitsSection(Section):
    """The article's case for each side."""

    __slots__ = ()

    def _benefits(self, side: str) -> tuple[Sentence, ...]:
        return sentences(self.document, readings()["benefits"][side])

    @property
    def nato(self) -> tuple[Sentence, ...]:
        """What NATO would gain."""
        return self._benefits("nato")

    @property
    def china(self) -> tuple[Sentence, ...]:
        """What China would gain."""
        return self._benefits("china")

    @property
    def both(self) -> tuple[Sentence, ...]:
        """What both would gain."""
        return self._benefits("both")


SECTION_KINDS: dict[str, dict[str, type[Section]]] = {
    "report": {
        "III": PerceptionSection,
        "IV": PerceptionSection,
        "V": RiskSection,
        "VI": RecommendationsSection,
        "VII": RoadmapSection,
        "MS": MilestonesSection,
        **{f"VI.{number}": TopicSection for number in range(1, 6)},
    },
    "article": {
        "reality-check": RealitySection,
        "modus-vivendi": ModusVivendiSection,
        "benefits": BenefitsSection,
    },
}
"""The class of each section that has records of its own."""
