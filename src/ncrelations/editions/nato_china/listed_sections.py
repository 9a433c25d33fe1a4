"""The sections that are lists, what their items are called, and what sections are called beside their numbers."""

from __future__ import annotations

from ncrelations.document.lists import ItemList, bullets_of
from ncrelations.editions.nato_china.two_documents import article, report
from ncrelations.editions.nato_china.voices import Voice

_VIEWS = (
    "perception", "belief", "complaint", "grievance", "criticism", "accusation", "concern", "worry", "fear", "view",
    "charge", "reproach", "objection", "misgiving", "suspicion", "allegation", "opinion",
)  # fmt: skip
_PLURALS = ("worries", "misperceptions?", "bullet points?")

SECTION_NAMES = {
    r"(?:the )?(?:executive )?summary|abstract": "report/ES",
    r"(?:list of|the|these|all) milestones|milestones?(?= (?:section|part|list|chapter))": "report/MS",
    r"(?:the |report'?s? )?outlook(?: section| chapter| part)?": "report/VIII",
    r"(?:the )?(?:(?:joint |agreed )?road ?map)(?: section| chapter| part)": "report/VII",
    r"(?:few points of )?reality[- ]check": "article/reality-check",
    r"modus[- ]vivendi (?:section|part|chapter|bit)"
    r"|(?:section|part|chapter|bit) (?:on|about) (?:the |a )?modus[- ]vivendi": "article/modus-vivendi",
    r"(?:article'?s?|his|wong'?s?|the|its) (?:introduction|intro|opening)"
    r"|(?:introduction|intro|opening) (?:of|to) the article": "article/intro",
    r"(?:article'?s?|his|wong'?s?|the|its) conclusions?"
    r"|conclusion (?:of|to) the article|benefits (?:section|part|chapter)": "article/benefits",
    r"(?:the |closing |his )*(?:notes|disclaimer)(?: (?:section|part)| of the article)": "article/notes",
    r"(?:the )?counter-?terror(?:ism)? (?:section|part|chapter|bit|paragraphs)": "report/VI.5",
    r"(?:the )?transparency (?:section|part|chapter|bit|paragraphs)": "report/VI.4",
    r"(?:the )?climate (?:section|part|chapter|bit|paragraphs)": "report/VI.2",
    r"(?:the )?risks? (?:section|part|chapter)": "report/V",
    r"(?:the )?(?:title page|front matter)": "article/front",
}  # fmt: skip
"""What sections are called beside their numbers and headings: regular expressions, without case."""


def listed_sections() -> tuple[ItemList, ...]:
    """The lists of both documents."""
    return (*_perceptions(), *_of_the_experts(), *_of_the_proposal(), *_of_the_case())


def _perceptions() -> tuple[ItemList, ...]:
    nato, china = report().nato_perceptions, report().chinese_perceptions
    return (
        ItemList(nato, _VIEWS, bullets_of(nato), _PLURALS, voice=Voice.NATO, title="NATO's perceptions of China"),
        ItemList(china, _VIEWS, bullets_of(china), _PLURALS, voice=Voice.CHINA, title="Chinese perceptions of NATO"),
    )


def _of_the_experts() -> tuple[ItemList, ...]:
    risks, topics, milestones = report().risks, report().recommendations, report().milestones
    return (
        ItemList(risks, ("risk", "consequence", "danger"), bullets_of(risks), title="the risks the experts warn of"),
        ItemList(
            topics,
            ("topic", "area", "recommendation", "domain", "field"),
            tuple(topic.blocks for topic in topics.children),
            ("areas? of (?:convergence|common interest|shared interest|cooperation)",),
            named=(report().executive_summary.blocks[3],),
            title="the topics the experts recommend for a dialogue",
        ),
        ItemList(milestones, ("milestone",), bullets_of(milestones), title="the milestones of the relations"),
    )


def _of_the_proposal() -> tuple[ItemList, ...]:
    parts = article().modus_vivendi
    p = parts.blocks
    return (
        ItemList(parts, ("part", "step", "pillar"), (p[1:3], p[3:5], p[5:6]), title="the parts of Wong's proposal"),
        ItemList(
            parts, ("baseline", "red line"), (p[1:2],), ("non-negotiables?",), title="the baselines of both sides"
        ),
        ItemList(
            parts, ("reserved domain",), (p[1:2], p[2:3]), ("domains? of reservation",), title="the reserved domains"
        ),
    )


def _of_the_case() -> tuple[ItemList, ...]:
    realities, benefits = article().reality_check, article().benefits
    q = realities.blocks
    return (
        ItemList(
            realities,
            ("reality", "obstacle", "hurdle"),
            (q[1:3], q[3:4], q[4:5]),
            ("realities",),
            title="the realities Wong points to",
        ),
        ItemList(
            benefits,
            ("benefit", "advantage", "gain"),
            tuple((block,) for block in benefits.blocks),
            title="what each side would gain, by Wong",
        ),
    )
