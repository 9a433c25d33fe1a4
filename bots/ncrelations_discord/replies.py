"""From answers to cards, and from cards to the state of a conversation. Pure functions."""

from __future__ import annotations

from ncrelations.answers.answer import Answer
from ncrelations.answers.comparison import Comparison
from ncrelations.conversations.state import ChatState
from ncrelations.document.tree import Section
from ncrelations.texts import Texts
from ncrelations_discord.answers import Documents
from ncrelations_discord.cards import Card, Kind, Quote, quotes_of
from ncrelations_discord.quotations import NEAR, REMARKS, mark, remark, shown_quotes
from ncrelations_discord.safe import clean, escape, fitting, shortened

_LINE, _NOTE = 300, 600
_NEARBY = 4


def answer_card(
    documents: Documents, answer: Answer, state: ChatState, language: str, document: str | None, asker: int
) -> Card:
    """The card of an answer; `state` is the conversation after it."""
    question, texts = clean(answer.question), Texts(language)
    read_as = clean(state.question)
    said = answer.note is not None and not answer.excerpts and not answer.reasons  # nothing was asked of the documents
    return Card(
        documents,
        Kind.ANSWER,
        language,
        question,
        quotes_of(answer.excerpts, documents.most),
        status="answered" if said else answer.status,
        voice=state.voice,
        document=document or state.document,
        remarks=_remarks(answer, texts, hidden=read_as),
        near=_near(answer, documents, texts),
        confidence="" if said else texts("answer.confidence", percent=round(answer.confidence * 100)),
        read_as=read_as if read_as != question else "",
        asker=asker,
    )


def _near(answer: Answer, documents: Documents, texts: Texts) -> str:
    """The passages that bear on the question, as a line of citations."""
    near = [f"{mark(each.voice, documents)} `{each.citation}`" for each in answer.nearby[:_NEARBY]]
    return NEAR + texts("answer.further", places=" · ".join(near)) if near else ""


def _remarks(answer: Answer, texts: Texts, hidden: str) -> str:
    """Status, reasons, reading and note, a line each; what the footer or a reason says is said once."""
    lines = [f"**{texts('answer.partial')}**"] if answer.status == "partial" else []
    lines += [_line(texts.said(reason)) for reason in answer.reasons]
    understood = clean(answer.understood_as or "")
    if understood and understood not in (clean(answer.question), hidden):
        lines.append(texts("answer.understood", text=_line(understood)))
    if answer.note is not None and answer.note not in answer.reasons:
        lines.append(_line(texts.said(answer.note), _NOTE))
    return fitting([remark(line) for line in lines], REMARKS, "\n") if lines else ""


def _line(text: str, limit: int = _LINE) -> str:
    return shortened(escape(clean(text)), limit)


def comparison_card(documents: Documents, comparison: Comparison, language: str, asker: int) -> Card:
    """The card of a comparison: two passages a voice, or one where there are many voices."""
    each = 2 if 2 * len(documents.voices) <= documents.most else 1
    excerpts = [excerpt for some in comparison.views.values() for excerpt in some[:each]]
    quotes = quotes_of(excerpts, documents.most)
    texts = Texts(language)
    titles = [texts("answer.theme", title=_line(texts.said(theme.title))) for theme in comparison.themes]
    remarks = fitting(map(remark, titles), REMARKS, "\n") if titles else ""
    return Card(documents, Kind.COMPARISON, language, clean(comparison.topic), quotes, remarks=remarks, asker=asker)


def section_card(documents: Documents, section: Section, language: str, asker: int = 0) -> Card:
    """The card of a section, at its first page."""
    timeline = documents.timeline
    kind = Kind.TIMELINE if timeline is not None and section.citation == timeline.citation else Kind.SECTION
    return Card(documents, kind, language, quotes=(Quote.whole(section.blocks[0]),), asker=asker)


def context_card(documents: Documents, quote: Quote, language: str) -> Card:
    """The card of a paragraph between its neighbours."""
    marked = 0
    if (quote.first, quote.last) != (0, len(quote.block.sentences) - 1) or quote.marks:
        marked = (quote.marks or (1 << (quote.last - quote.first + 1)) - 1) << quote.first
    whole = Quote.whole(quote.block)
    kept = Quote(whole.block, whole.first, whole.last, marked % (1 << 12))
    return Card(documents, Kind.CONTEXT, language, quotes=(kept,))


def state_of(card: Card) -> ChatState:
    """The conversation that a reply to the card continues: what its reader sees comes first."""
    shown = shown_quotes(card)
    citations = [quote.block.citation for quote in (*shown, *card.quotes)]
    return ChatState(
        question=card.read_as or card.question,
        citations=tuple(dict.fromkeys(citations)),
        voice=card.voice,
        document=card.document,
    )
