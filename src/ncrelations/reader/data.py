"""The data of the reader's search: passages, their question bank, and other names for what they name."""

from __future__ import annotations

import json
from typing import Any

from ncrelations.editions.nato_china.edition import edition
from ncrelations.editions.nato_china.public import entities
from ncrelations.text.words import STOPWORDS, pieces_of


def search_data() -> dict[str, Any]:
    """What `assets/search.js` reads."""
    index = edition().scorers.english.index
    return {
        "stopwords": sorted(STOPWORDS),
        "aliases": _aliases(),
        "blocks": [
            {
                "citation": str(passage.block.citation),
                "voice": passage.block.voice.value,
                "label": passage.block.voice.label,
                "human": passage.block.human,
                "heading": passage.heading,
                "sentences": [sentence.text for sentence in passage.block.sentences],
            }
            for passage in index.passages
        ],
        "questions": [[each.text, each.passage, each.sentences] for each in index.bank],
    }


def _aliases() -> list[tuple[str, str]]:
    """Names that the documents do not print, folded, each with one that they do; the longest first."""
    printed = {_folded(form) for each in entities() for form in each.forms}
    found = {
        _folded(alias): each.forms[0]
        for each in reversed(entities())
        for alias in (*each.aliases, *each.demonyms)
        if each.forms and _folded(alias) not in printed | STOPWORDS
    }
    return sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))


def _folded(name: str) -> str:
    return " ".join(piece.folded for piece in pieces_of(name))


def script(data: dict[str, Any]) -> str:
    """The data as a script: `fetch` does not work in a page that was opened from a file."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.NCR_DATA={text};\n".replace("</", "<\\/").replace("\u2028", "\\u2028")
