"""The items of the sections that are lists, and what a section says of one side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import cast

from ncrelations.citation import Citation
from ncrelations.corpus import article, report, resolve
from ncrelations.document import Block, Section, Sentence, Voice
from ncrelations.sections import BenefitsSection, TopicSection

LISTS = {
    "risk": "report/V", "consequence": "report/V", "danger": "report/V",
    "topic": "report/VI", "area": "report/VI", "recommendation": "report/VI", "domain": "report/VI",
    "field": "report/VI",
    "milestone": "report/MS",
    "part": "article/modus-vivendi", "step": "article/modus-vivendi", "pillar": "article/modus-vivendi",
    "reality": "article/reality-check", "obstacle": "article/reality-check", "hurdle": "article/reality-check",
}  # fmt: skip
"""What the items of a section are called."""


def list_items(section: Section) -> tuple[tuple[Block, ...], ...]:
    """The items of a section that is a list: bullets, milestones, topics, or the article's parts."""
    if section == report.recommendations:
        return tuple(topic.blocks for topic in section.children)
    if section == article.modus_vivendi:
        p = section.blocks
        return (p[1:3], p[3:5], p[5:6])
    if section == article.reality_check:
        p = section.blocks
        return (p[1:3], p[3:4], p[4:5])
    return tuple((block,) for block in section.blocks if block.kind != "paragraph")


def blocks_about(side: Voice, near: Citation) -> frozenset[Citation]:
    """The blocks that say what concerns one side: its interest in a topic, its benefits.

    They come from the typed records of the section that `near` is in.
    """
    section = resolve(Citation(near.document, near.section))
    sentences: Sequence[Sentence] = ()
    if isinstance(section, TopicSection):
        topic = section.recommendation
        sentences = topic.nato_interest if side is Voice.NATO else topic.china_interest
    elif isinstance(section, BenefitsSection):
        sentences = section.nato if side is Voice.NATO else section.china
    return frozenset(sentence.citation.of_block for sentence in sentences)


@cache
def proposals() -> frozenset[Citation]:
    """The blocks that say what the experts propose on each topic, and what they recommend on the whole."""
    said = [s for topic in report.recommendations.children for s in cast("TopicSection", topic).recommendation.proposal]
    return frozenset(sentence.citation.of_block for sentence in said)
