"""The shapes of what is answered, as types: the OpenAPI description and the tools' schemas are made from them.

Annotations are values here, not texts, for pydantic to read.
"""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict  # with `extra_items`; pydantic wants this one before Python 3.12


class ExcerptData(TypedDict):
    """A verbatim passage with its citation and voice."""

    text: str
    citation: str
    human: str
    document: str
    section: str
    heading: str | None
    page: int | None
    page_label: NotRequired[str | None]
    voice: str
    voice_label: str
    span: list[int]
    sentences: list[str]
    highlights: list[list[int]]
    score: float
    also: NotRequired[list[str]]


class NearbyData(TypedDict):
    """A passage that bears on a question and does not answer it."""

    citation: str
    human: str
    voice: str
    headline: str


class AnswerData(TypedDict):
    """What the documents say to a question, and whether they answer it."""

    question: str
    understood_as: str | None
    status: Literal["answered", "partial", "not_found"]
    confidence: float
    reasons: list[str]
    voice: str | None
    note: str | None
    excerpts: list[ExcerptData]
    nearby: list[NearbyData]
    language: str


class ChatStateData(TypedDict):
    """What a follow-up needs to know of the conversation; whoever asks keeps it and sends it with the next turn."""

    question: str
    citations: list[str]
    voice: str | None
    document: str | None
    listed: bool


class ChatData(TypedDict):
    """The answer to a turn, and what the conversation has become."""

    answer: AnswerData
    state: ChatStateData


class SearchData(TypedDict):
    """The passages nearest to some words, best first."""

    query: str
    excerpts: list[ExcerptData]


class ComparisonData(TypedDict, extra_items=list[ExcerptData]):  # type: ignore[call-arg]  # PEP 728: mypy does not know it
    """What each voice says on a topic: under its name its excerpts; `themes` are the editors' pairing."""

    topic: str
    silent: list[str]
    themes: list[dict[str, Any]]


class SentenceData(TypedDict):
    """A sentence."""

    kind: Literal["sentence"]
    citation: str
    human: str
    span: list[int]
    text: str
    voice: str
    voice_label: str


class BlockData(TypedDict):
    """A paragraph, bullet, milestone, row or note with its sentences."""

    kind: Literal["paragraph", "bullet", "milestone", "row", "note"]
    citation: str
    human: str
    span: list[int]
    text: str
    page: NotRequired[int]
    page_label: NotRequired[str | None]
    voice: str
    voice_label: str
    sentences: list[SentenceData]


class SectionData(TypedDict):
    """A section with everything inside it."""

    kind: Literal["section"]
    citation: str
    human: str
    span: list[int]
    number: str | None
    heading: str | None
    page: int | None
    voice: str
    voice_label: str
    parent: str | None
    block_count: int
    blocks: list[BlockData]
    children: list["SectionData"]


class DocumentFacts(TypedDict):
    """A document, without its text."""

    kind: Literal["document"]
    citation: str
    human: str
    title: str
    authors: list[str]
    sha256: str
    characters: int


class DocumentData(DocumentFacts):
    """A document with everything inside it."""

    sections: list[SectionData]


class DocumentsData(TypedDict):
    """The documents that answer."""

    documents: list[DocumentFacts]


class ShownData(TypedDict):
    """Places, whole; `standing` says of each whose text was replaced or withdrawn that it was."""

    places: list[DocumentData | SectionData | BlockData | SentenceData]
    standing: list[str]


class CitedData(TypedDict):
    """A citation in one of the printed forms."""

    citation: str
    format: str
    text: str


class QuotedData(TypedDict):
    """A piece of a quotation as it stands in a document."""

    text: str
    citation: str
    human: str
    page: int | None
    voice: str
    voice_label: str


class ChangeData(TypedDict):
    """What differs between the draft's words and the source's."""

    source: str
    draft: str
    kind: str
    grave: bool


class FindingData(TypedDict):
    """A quotation of a draft, with what was found of it."""

    quotation: str
    line: int
    column: int
    span: list[int]
    verdict: Literal["verbatim", "edited", "altered", "stitched", "not_found", "ignored"]
    citation: str | None
    voice: str | None
    pieces: list[QuotedData]
    changes: list[ChangeData]
    grave: bool
    place_right: bool | None
    credit_right: bool | None
    to_mend: bool
    remarks: list[str]


class ProofData(TypedDict):
    """A draft with a finding for each of its quotations, in order."""

    format: str
    counts: dict[str, int]
    to_mend: int
    findings: list[FindingData]


class ProblemData(TypedDict):
    """Why something was not answered (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    suggestions: NotRequired[list[str]]
