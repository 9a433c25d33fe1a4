"""The typed records: counts, verbatim phrases, evidence that resolves, nothing filled in."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest

import ncrelations as ncr
import typing_cases
from ncrelations.document.tree import Sentence
from ncrelations.editions.nato_china.records import Milestone, Phrase, Recommendation
from ncrelations.editions.nato_china.voices import Voice


def every_record() -> list[object]:
    """Every record of both documents."""
    report, article = ncr.report, ncr.article
    vivendi = article.modus_vivendi
    return [
        *report.nato_perceptions.perceptions,
        *report.chinese_perceptions.perceptions,
        *report.risks.risks,
        *report.recommendations.recommendations,
        report.roadmap.joint_roadmap,
        *report.milestones,
        *article.reality_check.realities,
        vivendi.baselines,
        *vivendi.reserved_domains,
        *vivendi.competition,
        *vivendi.cooperation,
        *vivendi.models,
        *article.benefits.nato,
        *article.benefits.china,
        *article.benefits.both,
    ]


def evidence(value: object) -> Iterator[Phrase | Sentence]:
    """Every phrase and sentence in a record, however deep."""
    if isinstance(value, Phrase | Sentence):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from evidence(each)
    elif type(value).__module__ == "ncrelations.editions.nato_china.records" and dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in ("block", "section"):
                yield from evidence(getattr(value, field.name))


def texts(pieces: tuple[Phrase, ...] | tuple[Sentence, ...]) -> list[str]:
    """The words of phrases or sentences."""
    return [piece.text for piece in pieces]


def test_accessors_exist() -> None:
    """Every accessor whose type mypy checks exists at run time too."""
    typing_cases.check()


def test_every_record_has_evidence() -> None:
    """No record stands without a sentence or phrase of its document."""
    for record in every_record():
        assert list(evidence(record)), record


def test_phrases_are_verbatim() -> None:
    """Every phrase stands, letter for letter and once, in the sentence it points to."""
    phrases = [each for record in every_record() for each in evidence(record) if isinstance(each, Phrase)]
    assert len(phrases) > 40
    for phrase in phrases:
        assert phrase.sentence.text.count(phrase.text) >= 1, phrase
        assert str(phrase) == phrase.text
        assert re.search(rf"(?<!\w){re.escape(phrase.text)}(?!\w)", phrase.sentence.text), phrase


def test_evidence_resolves() -> None:
    """The citation of every piece of evidence leads to that very sentence."""
    for record in every_record():
        for each in evidence(record):
            sentence = each.sentence if isinstance(each, Phrase) else each
            assert ncr.resolve(str(sentence.citation)) is sentence


def test_evidence_is_in_order_and_not_repeated() -> None:
    """Each list of sentences is in document order and names no sentence twice."""
    for record in every_record():
        if isinstance(record, Phrase | Sentence):
            continue
        for field in dataclasses.fields(record):  # type: ignore[arg-type]  # records are dataclasses
            value = getattr(record, field.name)
            if isinstance(value, tuple) and value and isinstance(value[0], Sentence):
                assert list(value) == sorted(set(value), key=lambda sentence: sentence.span), field.name


# ------------------------------------------------------------------ the report


def test_sixteen_perceptions() -> None:
    """Eight perceptions of each side, each a bullet with its first sentence as headline."""
    report = ncr.report
    for section, holder, subject in (
        (report.nato_perceptions, Voice.NATO, "China"),
        (report.chinese_perceptions, Voice.CHINA, "NATO"),
    ):
        assert len(section.perceptions) == 8
        for number, perception in enumerate(section.perceptions, 1):
            assert (perception.holder, perception.subject) == (holder, subject)
            assert perception.block is ncr.resolve(f"report/{section.id}/b{number}")
            assert perception.statements == perception.block.sentences
            assert perception.headline == perception.statements[0].text
            assert all(statement.voice is holder for statement in perception.statements)


def test_headlines_of_perceptions() -> None:
    """The headlines are the bullets' own first sentences."""
    assert ncr.report.nato_perceptions.perceptions[0].headline == (
        "China is an authoritarian state that does not share NATO’s values."
    )
    assert ncr.report.chinese_perceptions.perceptions[0].headline == "NATO is still a Cold War organization."


def test_seven_risks() -> None:
    """Seven risks, each a bullet of section V in the experts' voice."""
    risks = ncr.report.risks.risks
    assert [str(risk.block.citation) for risk in risks] == [f"report/V/b{n}" for n in range(1, 8)]
    assert all(risk.headline == risk.statements[0].text for risk in risks)
    assert all(risk.block.voice is Voice.EXPERTS for risk in risks)


@pytest.mark.parametrize("recommendation", ncr.report.recommendations.recommendations, ids=lambda each: each.section.id)
def test_recommendation(recommendation: Recommendation) -> None:
    """A recommendation has reasons, both sides' interest and a proposal, all from its own section."""
    assert recommendation.topic == recommendation.section.heading
    for part in ("rationale", "nato_interest", "china_interest", "proposal"):
        sentences = getattr(recommendation, part)
        assert sentences, part
        assert all(sentence.citation.section == recommendation.section.id for sentence in sentences)


@pytest.mark.parametrize("recommendation", ncr.report.recommendations.recommendations, ids=lambda each: each.section.id)
def test_recommendations_leave_out_no_sentence(recommendation: Recommendation) -> None:
    """Every sentence of the section belongs to one part of the recommendation at least."""
    used = {each.citation for each in evidence(recommendation) if isinstance(each, Sentence)}
    section = {sentence.citation for block in recommendation.section.blocks for sentence in block.sentences}
    assert used == section


def test_five_recommendations() -> None:
    """The five topics, in order, reached by name and by number."""
    section = ncr.report.recommendations
    named = (
        section.maritime_security,
        section.climate_change,
        section.regional_security,
        section.military_transparency,
        section.counterterrorism,
    )
    assert named == section.children
    assert section.recommendations == tuple(topic.recommendation for topic in named)


def test_places_and_agreements_of_a_recommendation() -> None:
    """A recommendation names the places and agreements that its section names."""
    maritime = ncr.report.recommendations.maritime_security.recommendation
    assert "Gulf of Aden" in [place.text for place in maritime.places]
    regional = ncr.report.recommendations.regional_security.recommendation
    assert any("Non-Proliferation" in each.text for each in regional.agreements)


def test_joint_roadmap() -> None:
    """The roadmap spells out themes, deliverables and a meeting calendar, supported by a Track II process."""
    roadmap = ncr.report.roadmap.joint_roadmap
    assert str(roadmap.themes) == "precise themes for discussions"
    assert str(roadmap.deliverables) == "expected deliverables"
    assert str(roadmap.meeting_calendar) == "a concrete meeting calendar for diplomatic and military representatives"
    assert "Track II" in roadmap.track_two[0].text
    assert [str(each.citation.of_block) for each in roadmap.track_two] == ["report/VII/p3"] * 3


def test_who_decided_what() -> None:
    """The group agreed, its experts concurred, the experts of both institutes decided: each in the report's words."""
    decisions = ncr.report.roadmap.joint_roadmap.decisions
    assert [str(decision.who) for decision in decisions] == [
        "The CSDR–CIISS group of experts",
        "CSDR–CIISS experts",
        "CSDR and CIISS experts",
    ]
    for decision, verb in zip(decisions, ("agreed", "concurred", "decided"), strict=True):
        assert decision.what
        assert decision.who.sentence == decision.what[0]
        assert verb in decision.what[0].text


def test_eleven_milestones() -> None:
    """Eleven milestones, each with those who took part; the section is their sequence."""
    section = ncr.report.milestones
    assert len(section) == len(section.milestones) == 11
    assert list(section) == list(section.milestones)
    assert section[-1] == section.milestones[-1]
    assert all(milestone.participants for milestone in section)
    assert [milestone.block for milestone in section] == list(section.blocks)
    assert all(milestone.text == milestone.block.text for milestone in section)


def test_a_milestone_that_does_not_exist() -> None:
    """There is no twelfth milestone."""
    with pytest.raises(IndexError):
        ncr.report.milestones[11]


def test_only_two_milestones_have_a_date() -> None:
    """A date stands only where the milestone's own text gives one."""
    dates = {number: str(each.date) for number, each in enumerate(ncr.report.milestones, 1) if each.date}
    assert dates == {10: "5 June 2018", 11: "26 September"}


@pytest.mark.parametrize("milestone", ncr.report.milestones.milestones, ids=lambda each: str(each.block.citation.block))
def test_nothing_is_filled_into_milestones(milestone: Milestone) -> None:
    """Participants, place and date of a milestone stand in that milestone."""
    own = [*milestone.participants, *(phrase for phrase in (milestone.place, milestone.date) if phrase)]
    for phrase in own:
        assert phrase.sentence.citation.of_block == milestone.block.citation
        assert phrase.text in milestone.text
    has_year = re.search(r"\b(19|20)\d\d\b", milestone.text)
    assert bool(has_year) == (milestone.date is not None and "2018" in milestone.date.text)


def test_participants_in_the_sources_order() -> None:
    """Participants come in the order in which the milestone names them."""
    for milestone in ncr.report.milestones:
        offsets = [milestone.text.index(phrase.text) for phrase in milestone.participants]
        assert offsets == sorted(offsets), milestone.block.citation


def test_last_milestone_is_dated_elsewhere() -> None:
    """The year of the last milestone stands in section VII, and is shown as standing there."""
    last = ncr.report.milestones[-1]
    assert texts(last.participants) == ["Jens Stoltenberg", "Wang Yi"]
    assert last.place is None
    assert last.dated_elsewhere is not None
    assert last.dated_elsewhere.text == "26 September 2021"
    assert last.dated_elsewhere.sentence in last.see
    assert [str(sentence.citation) for sentence in last.see] == ["report/VII/p1/s2"]
    others = ncr.report.milestones.milestones[:-1]
    assert all(milestone.dated_elsewhere is None for milestone in others)


# ------------------------------------------------------------------ the article


def test_three_realities() -> None:
    """The reality check makes three points, and says itself that they are three."""
    section = ncr.article.reality_check
    assert len(section.realities) == 3
    assert "the three points outlined above" in section.text
    for reality in section.realities:
        assert reality.headline
        assert all(sentence.citation.section == "reality-check" for sentence in reality.statements)


def test_baselines() -> None:
    """China has three non-negotiable interests and NATO two, in the article's words."""
    baselines = ncr.article.modus_vivendi.baselines
    assert texts(baselines.china) == [
        "territorial integrity concerning disputed territories",
        "the economic stability and vitality of its population",
        "the elimination of foreign interference within domestic political affairs",
    ]
    assert texts(baselines.nato) == [
        "a favorable resolution to the Ukrainian crisis",
        "China’s adherence to international norms governing nuclear non-proliferation and arms build-up",
    ]
    assert all(phrase.sentence.text.startswith("For China") for phrase in baselines.china)
    assert all(phrase.sentence.text.startswith("For NATO") for phrase in baselines.nato)
    assert any("mutually agreed-upon" in sentence.text for sentence in baselines.terms)


def test_reserved_domains() -> None:
    """Three flashpoints to keep away from."""
    domains = ncr.article.modus_vivendi.reserved_domains
    assert texts(domains) == ["Eastern Europe", "the South China Sea", "the Middle East"]


def test_competition_and_cooperation() -> None:
    """The second part begins with "Second", the third with "Finally"."""
    vivendi = ncr.article.modus_vivendi
    assert vivendi.competition[0].text.startswith("Second, NATO and China should continue to compete")
    assert vivendi.cooperation[0].text.startswith("Finally, NATO and China must continually cooperate")
    assert not set(vivendi.competition) & set(vivendi.cooperation)


def test_models_drawn_upon() -> None:
    """Rudd's managed strategic competition and Wang Jisi's Hot Peace."""
    assert [(str(model.thinker), str(model.name), str(model.work)) for model in ncr.article.modus_vivendi.models] == [
        ("Kevin Rudd", "managed strategic competition", "The Avoidable War (2022)"),
        ("Wang Jisi", "Hot Peace", "China-US Focus (2022)"),
    ]


def test_benefits() -> None:
    """What NATO gains, what China gains and what both gain are each from their own paragraph."""
    benefits = ncr.article.benefits
    for number, sentences in enumerate((benefits.nato, benefits.china, benefits.both), 1):
        assert sentences
        assert {str(sentence.citation.of_block) for sentence in sentences} == {f"article/benefits/p{number}"}
    assert benefits.nato[0].text.startswith("For NATO")


def test_records_are_frozen() -> None:
    """No field of a record can be assigned."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        ncr.report.risks.risks[0].headline = "other"  # type: ignore[misc]


def test_no_accessor_is_dynamic() -> None:
    """Sections and documents answer no made-up names: what editors complete is all there is."""
    for owner in (ncr.report, ncr.article, *ncr.report.walk(), *ncr.article.walk()):
        assert not hasattr(type(owner), "__getattr__")
        with pytest.raises(AttributeError):
            getattr(owner, "no_such_accessor")  # noqa: B009 -- mypy would refuse it otherwise
