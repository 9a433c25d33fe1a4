"""The MCP server: six read-only tools, every section as a resource, one prompt. The only module that imports `mcp`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Literal, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.resources import FunctionResource
from mcp.types import ToolAnnotations
from pydantic import Field
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

import ncrelations as ncr
from ncrelations.cli.reading import places_of
from ncrelations.cli.streams import prepare_streams
from ncrelations.render.data import milestone_dict, place_dict
from ncrelations.render.places import place_page
from ncrelations.render.write import plain

_P = ParamSpec("_P")
_R = TypeVar("_R")

VoiceName = Literal["nato", "china", "experts", "author"]
Question = Annotated[str, Field(description="A question in English, at most 2,000 characters.")]
Count = Annotated[int, Field(ge=1, le=20, description="How many excerpts.")]
Within = Annotated[str | None, Field(description="Only inside this place: report, article, report/VI, report/VI.1/p2.")]
Whose = Annotated[VoiceName | None, Field(description="Only this voice.")]
Place = Annotated[
    str, Field(description="A citation: report/VI.1, report/VI.1/p2, report/VI.1/p2/s1 or report/VI.1/p2-p4.")
]


class ExcerptData(TypedDict):
    """A verbatim passage with its citation and voice."""

    text: str
    citation: str
    human: str
    document: str
    section: str
    heading: str | None
    page: int | None
    voice: VoiceName
    voice_label: str
    span: list[int]
    sentences: list[str]
    highlights: list[list[int]]
    score: float


class AnswerData(TypedDict):
    """What the documents say to a question, and whether they answer it."""

    question: str
    understood_as: str | None
    status: Literal["answered", "partial", "not_found"]
    confidence: float
    reasons: list[str]
    voice: VoiceName | None
    excerpts: list[ExcerptData]
    language: str


class MilestoneData(TypedDict):
    """A milestone; `date` is null where the text gives none."""

    citation: str
    human: str
    voice: VoiceName
    voice_label: str
    text: str
    date: str | None
    place: str | None
    participants: list[str]
    editorial: dict[str, Any]


INSTRUCTIONS = """
Two documents on NATO-China relations: `report` (CSDR-CIISS) and `article` (Brian Wong, TI Observer).
Quote only the text of excerpts, word for word, each with its citation. Name the voice of every quotation:
sections III and IV of the report state what one side believes about the other, not facts. Where the
status is "partial" or "not_found", say so and give the reasons; do not fill the gap from elsewhere.
""".strip()


def _tool(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Errors of the library become the tool's error, in one line that says what to try."""

    @wraps(function)
    def safely(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return function(*args, **kwargs)
        except ncr.NCRelationsError as error:
            raise ToolError(str(error)) from error

    return safely


@_tool
def ask(question: Question, k: Count = 5, within: Within = None, voice: Whose = None) -> AnswerData:
    """Answer a question with cited excerpts, and say whether the documents answer it."""
    return ncr.ask(question, k, within, voice).to_dict()  # type: ignore[return-value]  # a test holds the keys


@_tool
def search(query: Question, k: Count = 5, within: Within = None, voice: Whose = None) -> list[ExcerptData]:
    """The passages nearest to some words, best first, without judgement."""
    return [excerpt.to_dict() for excerpt in ncr.search(query, k, within, voice)]  # type: ignore[misc]


@_tool
def compare(topic: Question, k: Count = 2) -> dict[str, Any]:
    """One topic, every voice side by side; `themes` are the editors' pairing."""
    return ncr.compare(topic, k).to_dict()


@_tool
def show(citation: Place) -> list[dict[str, Any]]:
    """A place of the documents, whole, with everything inside it."""
    return [place_dict(place) for place in places_of(citation)]


@_tool
def cite(citation: Place, format: Literal["text", "markdown", "bibtex", "ris", "csl-json"] = "text") -> str:
    """A citation for a bibliography or a footnote."""
    return "\n\n".join(place.cite(format) for place in places_of(citation))


@_tool
def timeline() -> list[MilestoneData]:
    """The milestones in the source's order, dated only where the text gives a date."""
    return [milestone_dict(each) for each in ncr.report.milestones.milestones]  # type: ignore[misc]


def quote_the_documents(question: Question) -> str:
    """How to answer a question from these documents: quotations only, each with its voice."""
    return f"{INSTRUCTIONS}\n\nCall the tool `ask` with this question and answer from its excerpts alone:\n{question}"


def server() -> MCPServer[Any]:
    """The server, ready to run."""
    prepare_streams()
    made: MCPServer[Any] = MCPServer(
        "ncrelations",
        title="NATO-China relations",
        instructions=INSTRUCTIONS,
        version=ncr.__version__,
        log_level="WARNING",
    )
    for function in (ask, search, compare, show, cite, timeline):
        annotations = ToolAnnotations(read_only_hint=True, open_world_hint=False, idempotent_hint=True)
        made.tool(annotations=annotations)(function)
    for document in ncr.documents():
        for section in document.walk():
            made.add_resource(_resource(section))
    made.prompt()(quote_the_documents)
    return made


def _resource(section: ncr.Section) -> FunctionResource:
    return FunctionResource(
        uri=f"ncr://{section.citation}",
        name=str(section.citation),
        title=section.human,
        description=f"Voice: {section.voice.label}",
        fn=lambda: plain(place_page(section), None),
    )
