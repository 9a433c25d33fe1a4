"""The MCP server: read-only tools, every place as a resource, one prompt."""

import json
from collections.abc import Callable
from itertools import islice
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp.server.mcpserver.resources import FunctionResource
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, INVALID_REQUEST, PARSE_ERROR, JSONRPCNotification, jsonrpc_message_adapter
from pydantic import ValidationError
from starlette.applications import Starlette

import ncrelations as ncr
from ncrelations.cli.assistant_calls import tool
from ncrelations.cli.assistant_tools import MOST_NAMED, Question, Run, tools
from ncrelations.cli.current import current, has_records
from ncrelations.cli.docstrings import docstring_of
from ncrelations.cli.streams import prepare_streams
from ncrelations.document.typed_places import places_at
from ncrelations.library import Library
from ncrelations.render.places import place_page
from ncrelations.render.write import plain
from ncrelations.service.operations import OPERATIONS

_MOST_RESOURCES = 400
"""How many sections an assistant is offered by name: of a large collection, some."""

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
    documents = ", ".join(f"`{each.id}` ({each.work.name})" for each in library.documents()[:MOST_NAMED])
    voices = ", ".join(f"`{each.value}` ({each.label})" for each in library.corpus.voices[:MOST_NAMED])
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
        tools=[tool(each) for each in tools(served, run)],
        middleware=[_told],
    )
    for section in islice((each for document in served.documents() for each in document.walk()), _MOST_RESOURCES):
        made.add_resource(_resource(served, section))
    for pattern, template in _templates(served).items():
        made.resource(pattern, description=docstring_of(template), mime_type="text/plain")(template)
    prompt = _prompt(instructions(served))
    made.prompt(description=docstring_of(prompt))(prompt)
    return made


def over_http(served: MCPServer[Any]) -> Starlette:
    """The server for assistants that ask over HTTP: each request by itself, none keeps a connection.

    Which hosts and origins may ask is checked by the application that has it among its addresses.
    """
    checked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    return served.streamable_http_app(json_response=True, stateless_http=True, transport_security=checked)


def _prompt(told: str) -> Callable[..., str]:
    def quote_the_documents(question: Question) -> str:
        """How to answer a question from these documents: quotations only, each with its voice."""
        return f"{told}\n\nCall the tool `ask` with this question and answer from its excerpts alone:\n{question}"

    return quote_the_documents


def _resource(library: Library, section: ncr.Section) -> FunctionResource:
    return FunctionResource(
        uri=f"ncr://{section.citation}",
        name=str(section.citation),
        title=section.human,
        description=f"Voice: {section.voice.label}",
        mime_type="text/plain",
        fn=lambda: _read(library, str(section.citation)),
    )


def _templates(library: Library) -> dict[str, Callable[..., str]]:
    """Every place of the documents as a resource, by the pattern of its address: `ncr://` and the citation."""

    def document(document: str) -> str:
        """A document, whole."""
        return _read(library, document)

    def section(document: str, section: str) -> str:
        """A section with everything inside it."""
        return _read(library, f"{document}/{section}")

    def block(document: str, section: str, block: str) -> str:
        """A paragraph, bullet, milestone, row or note, or a range such as p2-p4."""
        return _read(library, f"{document}/{section}/{block}")

    def sentence(document: str, section: str, block: str, sentence: str) -> str:
        """A sentence."""
        return _read(library, f"{document}/{section}/{block}/{sentence}")

    return {
        "ncr://{document}": document,
        "ncr://{document}/{section}": section,
        "ncr://{document}/{section}/{block}": block,
        "ncr://{document}/{section}/{block}/{sentence}": sentence,
    }


def _read(library: Library, citation: str) -> str:
    """A place as text. Raises `ResourceNotFoundError`, with the nearest that exist."""
    try:
        places = places_at(library.corpus, citation)
    except ncr.NCRelationsError as error:
        raise ResourceNotFoundError(str(error)) from error
    standing = (f"{said}\n\n" for each in places if (said := library.standing(each)))
    return "".join((*standing, "\n".join(plain(place_page(each), None) for each in places)))


def unreadable(message: str) -> tuple[int, str] | None:
    """Why the server would drop a message without an answer, as code and words; `None` for one that it answers."""
    try:
        read = jsonrpc_message_adapter.validate_json(message, by_name=False)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        if first["type"] == "json_invalid":
            return PARSE_ERROR, f"no valid JSON: {first['msg'].removeprefix('Invalid JSON: ')}"
        return INVALID_REQUEST, "no request of JSON-RPC 2.0"
    if isinstance(read, JSONRPCNotification) and "id" in json.loads(message):  # it was taken for one without an id
        return INVALID_REQUEST, "no request of JSON-RPC 2.0: an id is a text or a whole number"
    return None


async def _told(ctx: Any, call_next: Any) -> Any:
    """What a request asks for that does not exist is an error in its answer, and nothing in the log."""
    try:
        return await call_next(ctx)
    except ValidationError:
        raise
    except ValueError as error:
        raise MCPError(INVALID_PARAMS, str(error)) from error
