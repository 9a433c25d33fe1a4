"""What can be asked, one row an operation: its name, what it takes and gives, and how a library answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ncrelations.conversations.state import ChatState
from ncrelations.document.citation import Citation, printable
from ncrelations.document.reference import exported
from ncrelations.document.tree import Block
from ncrelations.document.typed_places import blocks_of, filter_of, places_at, voice_at
from ncrelations.document.voice import Voice
from ncrelations.errors import InvalidCitation
from ncrelations.library import Library
from ncrelations.render.data import document_dict, place_dict
from ncrelations.service import request_data as asked
from ncrelations.service import response_data as given

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that can be asked."""

    name: str
    """Its name, which ends its address."""
    says: str
    """What it does, in a line."""
    takes: type[asked.Asked]
    """The type of what is asked."""
    gives: type[Any]
    """The type of the answer."""
    answer: Callable[[Library, Any], Data]
    """The answer of a library."""
    by_get: bool = True
    """Whether it can be asked by GET, too: what is asked fits into an address."""


def _ask(library: Library, ask: asked.Ask) -> Data:
    return library.ask(ask.question, ask.k, *_filters(library, ask)).to_dict()


def _filters(library: Library, ask: asked.Ask | asked.Search) -> tuple[Citation | None, Voice | None]:
    return filter_of(library.corpus, ask.within), voice_at(library.corpus, ask.voice)


def _chat(library: Library, turn: asked.Chat) -> Data:
    before = turn.state or asked.Said()
    shown = tuple(_block(library, each) for each in before.citations)
    document = None if before.document is None else library.corpus.document(before.document).id
    state = ChatState(before.question, shown, library.corpus.voice(before.voice), document, before.listed)
    answer, after = library.turn(state, turn.question, turn.k, *_filters(library, turn))
    return {"answer": answer.to_dict(), "state": _state_dict(after)}


def _block(library: Library, citation: str) -> Citation:
    """A block that was shown. Raises `InvalidCitation` for a larger or smaller place."""
    place = library.corpus.resolve(citation)
    if not isinstance(place, Block):
        raise InvalidCitation(printable(citation), tuple(str(each.citation) for each in blocks_of(place)[:3]))
    return place.citation


def _state_dict(state: ChatState) -> Data:
    return {
        "question": state.question,
        "citations": [str(each) for each in state.citations],
        "voice": None if state.voice is None else state.voice.value,
        "document": state.document,
        "listed": state.listed,
    }


def _search(library: Library, search: asked.Search) -> Data:
    found = library.search(search.query, search.k, *_filters(library, search))
    return {"query": search.query, "excerpts": [each.to_dict() for each in found]}


def _compare(library: Library, compare: asked.Compare) -> Data:
    return library.compare(compare.topic, compare.k).to_dict()


def _show(library: Library, show: asked.Show) -> Data:
    places = places_at(library.corpus, show.citation)
    standing = [said for each in places if (said := library.standing(each))]
    return {"places": [place_dict(each) for each in places], "standing": [str(each) for each in standing]}


def _cite(library: Library, cite: asked.Cite) -> Data:
    references = [each.reference for each in places_at(library.corpus, cite.citation)]
    return {"citation": cite.citation, "format": cite.format, "text": exported(references, cite.format)}


def _proof(library: Library, draft: asked.CheckDraft) -> Data:
    return library.proof(draft.text, draft.format).to_dict()


def _documents(library: Library, _: asked.ListDocuments) -> Data:
    return {"documents": [document_dict(each) for each in library.documents()]}


OPERATIONS = {
    each.name: each
    for each in (
        Operation("ask", "Answer a question with cited excerpts.", asked.Ask, given.AnswerData, _ask),
        Operation("chat", "Answer a turn of a conversation.", asked.Chat, given.ChatData, _chat, by_get=False),
        Operation("search", "List the passages nearest to some words.", asked.Search, given.SearchData, _search),
        Operation("compare", "One topic, every voice side by side.", asked.Compare, given.ComparisonData, _compare),
        Operation("show", "Show a place with everything inside it.", asked.Show, given.ShownData, _show),
        Operation("cite", "Cite a place in a printed form.", asked.Cite, given.CitedData, _cite),
        Operation(
            "proof", "Check every quotation in a draft.", asked.CheckDraft, given.ProofData, _proof, by_get=False
        ),
        Operation("documents", "List the documents.", asked.ListDocuments, given.DocumentsData, _documents),
    )
}
"""Every operation by its name."""
