"""The MCP server: read-only tools, every section as a resource, one prompt. The only module that imports `mcp`.

Annotations are values here, not texts: what a tool accepts depends on the library that it is made for.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from itertools import islice
from typing import Annotated, Any, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.resources import FunctionResource
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import Field
from starlette.applications import Starlette
from typing_extensions import TypedDict  # pydantic wants this one before Python 3.12

import ncrelations as ncr
from ncrelations.cli.current import current, has_records
from ncrelations.cli.docstrings import docstring_of
from ncrelations.cli.streams import prepare_streams
from ncrelations.document.citation import Citation
from ncrelations.document.reference import CiteFormat
from ncrelations.library import Library
from ncrelations.proofing.draft_reading import DraftFormat
from ncrelations.render.places import place_page
from ncrelations.render.record_data import milestone_dict
from ncrelations.render.write import plain
from ncrelations.service import request_data as asked
from ncrelations.service.operations import OPERATIONS
from ncrelations.service.response_data import AnswerData, ExcerptData

_P = ParamSpec("_P")
_R = TypeVar("_R")

Question = Annotated[str, Field(description="A question in English, at most 2,000 characters.")]
Draft = Annotated[str, Field(max_length=asked.LONGEST_DRAFT, description="The draft, whole.")]

Run = Callable[[str, asked.Asked], Any]
"""What works out an operation (`ncrelations.service.operations`) and gives its data."""


class EventData(TypedDict):
    """One sentence of a milestone; `date` and `place` are null where that sentence gives none."""

    text: str
    citation: str
    date: str | None
    place: str | None
    editorial: dict[str, Any]


class MilestoneData(TypedDict):
    """A milestone, sentence by sentence."""

    citation: str
    human: str
    voice: str
    voice_label: str
    text: str
    events: list[EventData]
    participants: list[str]
    editorial: dict[str, Any]


_MOST_NAMED, _MOST_RESOURCES = 40, 400
"""How many documents and voices an assistant is told of, and sections it is offered: of a large collection, some."""

INSTRUCTIONS = """
Two documents on NATO-China relations: `report` (CSDR-CIISS) and `article` (Brian Wong, TI Observer).
Quote only the text of excerpts, word for word, each with its citation. Name the voice of every quotation:
sections III and IV of the report state what one side believes about the other, not facts. Where the
status is "partial" or "not_found", say so and give the reasons; do not fill the gap from elsewhere.
""".strip()
"""What an assistant is told of the packaged edition."""

_OF_OTHERS = """
The documents are {documents}; the voices that speak in them are {voices}.
Quote only the text of excerpts, word for word, each with its citation. Name the voice of every quotation:
what a voice says is its view, not a fact. Where the status is "partial" or "not_found", say so and give
the reasons; do not fill the gap from elsewhere.
""".strip()


def instructions(library: Library) -> str:
    """What an assistant is told of a library."""
    if has_records(library):
        return INSTRUCTIONS
    documents = ", ".join(f"`{each.id}` ({each.work.name})" for each in library.documents()[:_MOST_NAMED])
    voices = ", ".join(f"`{each.value}` ({each.label})" for each in library.corpus.voices[:_MOST_NAMED])
    return _OF_OTHERS.format(documents=documents, voices=voices)


def server(library: Library | None = None, run: Run | None = None) -> MCPServer[Any]:
    """The server of a library, ready to run; by default of the one that the command works on.

    `run` works out what is asked; by default the library itself does.
    """
    prepare_streams()
    served = library or current()
    run = run or (lambda name, wanted: OPERATIONS[name].answer(served, wanted))
    made: MCPServer[Any] = MCPServer(
        "ncrelations",
        title="NATO-China relations" if has_records(served) else served.corpus.name,
        instructions=instructions(served),
        version=ncr.__version__,
        log_level="WARNING",
    )
    for tool in (*_asking(served, run), *_reading(served, run), *_records(served)):
        annotations = ToolAnnotations(read_only_hint=True, open_world_hint=False, idempotent_hint=True)
        made.tool(annotations=annotations, description=docstring_of(tool))(_tool(tool))
    for section in islice((each for document in served.documents() for each in document.walk()), _MOST_RESOURCES):
        made.add_resource(_resource(section))
    prompt = _prompt(instructions(served))
    made.prompt(description=docstring_of(prompt))(prompt)
    return made


def over_http(served: MCPServer[Any]) -> Starlette:
    """The server for assistants that ask over HTTP: each request by itself, none keeps a connection.

    Which hosts and origins may ask is checked by the application that has it among its addresses.
    """
    checked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    return served.streamable_http_app(json_response=True, stateless_http=True, transport_security=checked)


def _tool(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Errors of the library become the tool's error, in one line that says what to try."""

    @wraps(function)
    def safely(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return function(*args, **kwargs)
        except ncr.NCRelationsError as error:
            raise ToolError(str(error)) from error

    return safely


def _asking(library: Library, run: Run) -> Iterator[Callable[..., Any]]:
    """The tools that answer. Voices are named in their schema; the library refuses any other, with the nearest."""
    voices = [voice.value for voice in library.corpus.voices]
    named = Annotated[str, Field(json_schema_extra={"enum": voices})]
    whose = Annotated[named | None, Field(description="Only this voice.")]
    inside = Annotated[str | None, Field(description=f"Only inside this place: {', '.join(_examples(library))}.")]

    def ask(question: Question, k: asked.Excerpts = 5, within: inside = None, voice: whose = None) -> AnswerData:
        """Answer a question with cited excerpts, and say whether the documents answer it."""
        given: AnswerData = run("ask", asked.Ask(question=question, k=k, within=within, voice=voice))
        return given

    def search(query: Question, k: asked.Excerpts = 5, within: inside = None, voice: whose = None) -> list[ExcerptData]:
        """The passages nearest to some words, best first, without judgement."""
        given: list[ExcerptData] = run("search", asked.Search(query=query, k=k, within=within, voice=voice))["excerpts"]
        return given

    def compare(topic: Question, k: asked.Excerpts = 2) -> dict[str, Any]:
        """One topic, every voice side by side; `themes` are the editors' pairing."""
        given: dict[str, Any] = run("compare", asked.Compare(topic=topic, k=k))
        return given

    yield from (ask, search, compare)


def _reading(library: Library, run: Run) -> Iterator[Callable[..., Any]]:
    """The tools that show what is asked for by its citation."""
    section, _, block = _examples(library)[-1].rpartition("/")
    example = f"{section}, {section}/{block}, {section}/{block}/s1 or {section}/{block}-{block[0]}{int(block[1:]) + 2}"
    place = Annotated[str, Field(description=f"A citation: {example}.")]

    def show(citation: place) -> list[dict[str, Any]]:
        """A place of the documents, whole, with everything inside it."""
        given: list[dict[str, Any]] = run("show", asked.Show(citation=citation))["places"]
        return given

    def cite(citation: place, format: CiteFormat = "text") -> str:
        """A citation for a bibliography or a footnote."""
        given: str = run("cite", asked.Cite(citation=citation, format=format))["text"]
        return given

    def proof(text: Draft, format: DraftFormat = "markdown") -> dict[str, Any]:
        """Check every quotation in a draft: its words, the place named beside it, those credited with it."""
        given: dict[str, Any] = run("proof", asked.CheckDraft(text=text, format=format))
        return given

    yield from (show, cite, proof)


def _records(library: Library) -> Iterator[Callable[..., Any]]:
    """The tool that lists the milestones, where the documents have them."""

    def timeline() -> list[MilestoneData]:
        """The milestones in the source's order, each sentence with the date and place that it gives itself."""
        return [milestone_dict(each) for each in ncr.report.milestones.milestones]  # type: ignore[misc]

    if has_records(library):
        yield timeline


def _examples(library: Library) -> tuple[str, ...]:
    """Citations of a library as a schema shows them: the documents, a section, a block."""
    ids = [document.id for document in library.documents()][:_MOST_NAMED]
    if has_records(library):
        return (*ids, "report/VI", "report/VI.1/p2")
    blocks = (block.citation for document in library.documents() for block in document.blocks)
    example = next(blocks, Citation("document", "section", "p1"))
    return (*ids, str(example.parent), str(example))


def _prompt(told: str) -> Callable[..., str]:
    def quote_the_documents(question: Question) -> str:
        """How to answer a question from these documents: quotations only, each with its voice."""
        return f"{told}\n\nCall the tool `ask` with this question and answer from its excerpts alone:\n{question}"

    return quote_the_documents


def _resource(section: ncr.Section) -> FunctionResource:
    return FunctionResource(
        uri=f"ncr://{section.citation}",
        name=str(section.citation),
        title=section.human,
        description=f"Voice: {section.voice.label}",
        fn=lambda: plain(place_page(section), None),
    )
