"""What mypy must know of the public API: no test runs this for its values, the type checker reads it.

`test_records.py` calls `check` once, so that every accessor named here also exists at run time.
"""

from __future__ import annotations

from typing import Any, assert_type

import ncrelations as ncr
from ncrelations.document.entities import Mention
from ncrelations.document.voice import Voice
from ncrelations.editions.nato_china.knowledge import Theme
from ncrelations.editions.nato_china.records import (
    Baselines,
    Decision,
    Milestone,
    Model,
    Perception,
    Phrase,
    Reality,
    Recommendation,
    Risk,
    Roadmap,
)
from ncrelations.editions.nato_china.sections import (
    BenefitsSection,
    MilestonesSection,
    ModusVivendiSection,
    PerceptionSection,
    RealitySection,
    RecommendationsSection,
    RiskSection,
    RoadmapSection,
    TopicSection,
)
from ncrelations.editions.nato_china.two_documents import Article, Report

Sentences = tuple[ncr.Sentence, ...]
Phrases = tuple[Phrase, ...]


def check() -> None:
    """Every accessor of the typed documents, with its type."""
    check_documents()
    check_report()
    check_report_records()
    check_report_plans()
    check_article()
    check_places()
    check_gazetteer()


def check_documents() -> None:
    """The two documents."""
    assert_type(ncr.report, Report)
    assert_type(ncr.article, Article)
    assert_type(ncr.documents(), tuple[ncr.Document, ...])
    assert_type(ncr.report.title, str)
    assert_type(ncr.report.sha256, str)
    assert_type(ncr.report.source, str)
    assert_type(ncr.article.title, str)
    assert_type(ncr.article.author, str)
    assert_type(ncr.article.date, str)
    assert_type(ncr.resolve("report"), ncr.Document | ncr.Section | ncr.Block | ncr.Sentence | ncr.Range)
    assert_type(ncr.resolve(ncr.Citation("report")), ncr.Document | ncr.Section | ncr.Block | ncr.Sentence)
    assert_type(ncr.resolve(ncr.report.outlook), ncr.Document | ncr.Section | ncr.Block | ncr.Sentence)
    assert_type(ncr.places("report/VI.1/p2-p4"), tuple[ncr.Document | ncr.Section | ncr.Block | ncr.Sentence, ...])
    assert_type(ncr.bibliography(["report", ncr.article]), str)
    assert_type(ncr.documents()[0].date, str | None)
    assert_type(ncr.report.text, str)


def check_report() -> None:
    """The sections of the report."""
    report = ncr.report
    assert_type(report.executive_summary, ncr.Section)
    assert_type(report.strategic_landscape, ncr.Section)
    assert_type(report.misperceptions, ncr.Section)
    assert_type(report.nato_perceptions, PerceptionSection)
    assert_type(report.chinese_perceptions, PerceptionSection)
    assert_type(report.risks, RiskSection)
    assert_type(report.recommendations, RecommendationsSection)
    assert_type(report.recommendations.maritime_security, TopicSection)
    assert_type(report.recommendations.climate_change, TopicSection)
    assert_type(report.recommendations.regional_security, TopicSection)
    assert_type(report.recommendations.military_transparency, TopicSection)
    assert_type(report.recommendations.counterterrorism, TopicSection)
    assert_type(report.roadmap, RoadmapSection)
    assert_type(report.outlook, ncr.Section)
    assert_type(report.milestones, MilestonesSection)


def check_report_records() -> None:
    """The records of the report."""
    perception = ncr.report.nato_perceptions.perceptions[0]
    assert_type(perception, Perception)
    assert_type(perception.holder, ncr.Voice)
    assert_type(perception.subject, str)
    assert_type(perception.headline, str)
    assert_type(perception.statements, Sentences)
    assert_type(perception.block, ncr.Block)
    assert_type(ncr.report.risks.risks[0], Risk)
    assert_type(ncr.report.risks.risks[0].statements, Sentences)
    recommendation = ncr.report.recommendations.maritime_security.recommendation
    assert_type(recommendation, Recommendation)
    assert_type(ncr.report.recommendations.recommendations, tuple[Recommendation, ...])
    assert_type(recommendation.topic, str)
    assert_type(recommendation.rationale, Sentences)
    assert_type(recommendation.nato_interest, Sentences)
    assert_type(recommendation.china_interest, Sentences)
    assert_type(recommendation.proposal, Sentences)


def check_report_plans() -> None:
    """The roadmap and the milestones."""
    roadmap = ncr.report.roadmap.joint_roadmap
    assert_type(roadmap, Roadmap)
    assert_type(roadmap.themes, Phrase)
    assert_type(roadmap.deliverables, Phrase)
    assert_type(roadmap.meeting_calendar, Phrase)
    assert_type(roadmap.track_two, Sentences)
    assert_type(roadmap.decisions, tuple[Decision, ...])
    assert_type(roadmap.decisions[0].who, Phrase)
    assert_type(roadmap.decisions[0].what, Sentences)
    milestone = ncr.report.milestones[-1]
    assert_type(milestone, Milestone)
    assert_type(len(ncr.report.milestones), int)
    assert_type(list(ncr.report.milestones), list[Milestone])
    assert_type(ncr.report.milestones[1:3], tuple[Milestone, ...])
    assert_type(ncr.report.nato_perceptions[0], Perception)
    assert_type(list(ncr.report.risks), list[Risk])
    assert_type(ncr.report.recommendations[0], Recommendation)
    assert_type(ncr.article.reality_check[0], Reality)
    assert_type(milestone.text, str)
    assert_type(milestone.participants, Phrases)
    assert_type(milestone.place, Phrase | None)
    assert_type(milestone.date, Phrase | None)
    assert_type(milestone.see, Sentences)
    assert_type(milestone.dated_elsewhere, Phrase | None)
    assert_type(milestone.block, ncr.Block)
    assert_type(milestone.events, tuple[ncr.Event, ...])
    assert_type(milestone.events[0].date, Phrase | None)


def check_article() -> None:
    """The sections and records of the article."""
    article = ncr.article
    assert_type(article.front, ncr.Section)
    assert_type(article.introduction, ncr.Section)
    assert_type(article.reality_check, RealitySection)
    assert_type(article.reality_check.realities, tuple[Reality, ...])
    assert_type(article.reality_check.realities[0].headline, str)
    assert_type(article.reality_check.realities[0].statements, Sentences)
    assert_type(article.modus_vivendi, ModusVivendiSection)
    assert_type(article.modus_vivendi.baselines, Baselines)
    assert_type(article.modus_vivendi.baselines.china, Phrases)
    assert_type(article.modus_vivendi.baselines.nato, Phrases)
    assert_type(article.modus_vivendi.baselines.terms, Sentences)
    assert_type(article.modus_vivendi.reserved_domains, Phrases)
    assert_type(article.modus_vivendi.competition, Sentences)
    assert_type(article.modus_vivendi.cooperation, Sentences)
    assert_type(article.modus_vivendi.models, tuple[Model, ...])
    assert_type(article.modus_vivendi.models[0].thinker, Phrase)
    assert_type(article.modus_vivendi.models[0].name, Phrase)
    assert_type(article.modus_vivendi.models[0].work, Phrase)
    assert_type(article.benefits, BenefitsSection)
    assert_type(article.benefits.nato, Sentences)
    assert_type(article.benefits.china, Sentences)
    assert_type(article.benefits.both, Sentences)
    assert_type(article.notes, ncr.Section)


def check_places() -> None:
    """What every section, block and sentence knows."""
    section = ncr.report.outlook
    assert_type(section.number, str | None)
    assert_type(section.heading, str | None)
    assert_type(section.page, int | None)
    assert_type(section.parent, ncr.Section | None)
    assert_type(section.children, tuple[ncr.Section, ...])
    assert_type(section.blocks, tuple[ncr.Block, ...])
    assert_type(section.text, str)
    assert_type(section.span, ncr.Span)
    assert_type(section.voice, Voice)
    assert_type(section.next, ncr.Section | None)
    assert_type(section.previous, ncr.Section | None)
    assert_type(list(section.walk()), list[ncr.Section])
    block = section.blocks[0]
    assert_type(block.sentences, Sentences)
    assert_type(block.next, ncr.Block | None)
    assert_type(block.cite("bibtex"), str)
    assert_type(block.citation, ncr.Citation)
    assert_type(block.sentences[0].block, ncr.Block)


def check_gazetteer() -> None:
    """Entities, their mentions, and themes."""
    entity = ncr.entity("DPRK")
    assert_type(entity, ncr.Entity)
    assert_type(ncr.entities(), tuple[ncr.Entity, ...])
    assert_type(entity.mentions, tuple[Mention, ...])
    assert_type(entity.mentions[0].span, ncr.Span)
    assert_type(entity.mentions[0].sentence, ncr.Sentence)
    assert_type(ncr.themes(), tuple[Theme, ...])


def check_questions() -> None:
    """Questions and their answers; never run, for it would load the model."""
    answer = ncr.ask("Why?", k=3, within="report", voice="china")
    assert_type(answer, ncr.Answer)
    assert_type(answer.confidence, float)
    assert_type(answer.reasons, tuple[str, ...])
    assert_type(answer.excerpts, tuple[ncr.Excerpt, ...])
    assert_type(answer.to_dict(), dict[str, Any])
    assert_type(ncr.search("maritime security", k=5), tuple[ncr.Excerpt, ...])
    assert_type(ncr.compare("Huawei"), ncr.Comparison)
    assert_type(ncr.compare("Huawei").china, tuple[ncr.Excerpt, ...])
    assert_type(ncr.Chat().ask("Why?"), ncr.Answer)
