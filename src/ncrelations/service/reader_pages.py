"""The reader's files as a server gives them: its search asks the library instead of searching in the browser."""

from __future__ import annotations

from typing import Any

from ncrelations.answers.answer import Answer
from ncrelations.document.corpus import Corpus
from ncrelations.document.excerpt import Excerpt
from ncrelations.errors import InvalidQuestion
from ncrelations.library import Library
from ncrelations.reader.search_data import tint
from ncrelations.reader.site import Site
from ncrelations.render.data import to_json

FOUND = 8
"""How many passages a search finds."""

_SCRIPTS = {
    "assets/data.js": "globalThis.NCR_DATA = {};\n",
    "assets/search.js": """"use strict";

globalThis.createSearch = () => async (query) => {
  const answer = await fetch(`assets/found.json?q=${encodeURIComponent(query)}`);
  if (!answer.ok) throw new Error(`the search answered ${answer.status}`);
  return answer.json();
};
""",
}
"""The files that search in the browser, as those that have the server search."""


class ReaderPages:
    """The reader's files, each made when it is asked for, of the documents as they are then."""

    def __init__(self) -> None:
        self._of: tuple[Corpus, Site] | None = None

    def page(self, library: Library, path: str) -> str:
        """A file. Raises `NoSuchPlace` for one that is not there."""
        if path in _SCRIPTS:
            return _SCRIPTS[path]
        corpus = library.corpus
        if self._of is None or self._of[0] is not corpus:
            self._of = corpus, Site(library)
        return self._of[1].file(path)

    def search(self, library: Library, words: str) -> str:
        """What the reader's script shows for some words, as JSON."""
        try:
            answer = library.ask(words, FOUND)
        except InvalidQuestion:
            return to_json({"results": [], "mended": [], "doubt": False})
        results = [_result(each, library) for each in answer.excerpts]
        return to_json({"results": results, "mended": [], "doubt": _doubtful(answer)})


def _doubtful(answer: Answer) -> bool:
    return bool(answer.excerpts) and answer.status != "answered"


def _result(excerpt: Excerpt, library: Library) -> dict[str, Any]:
    """A passage as `assets/search.js` would give it: its sentences, and the numbers of those that answer."""
    sentences = excerpt.block.sentences
    marked = {excerpt.text[each.start : each.end] for each in excerpt.highlights}
    answering = [n for n, each in enumerate(sentences, 1) if each in excerpt.sentences and each.text in marked]
    return {
        "citation": str(excerpt.citation),
        "label": excerpt.voice.label,
        "tint": tint(excerpt.voice.value, library.corpus),
        "human": excerpt.human,
        "sentences": [each.text for each in sentences],
        "answering": answering,
        "best": next(iter(answering), sentences.index(excerpt.sentences[0]) + 1),
    }
