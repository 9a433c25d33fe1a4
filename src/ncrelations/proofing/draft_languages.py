"""The language that a paragraph of a draft is written in, told by what stands around its quotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ncrelations.proofing.draft_quotations import Quotation

if TYPE_CHECKING:  # drafts in English load no glossary
    from ncrelations.languages.glossary import Glossary

_PROSE, _FEW = 400, 12
"""Characters that tell a paragraph's language, and words of which fewer do not."""
_ENGLISH = re.compile(r"\b(?:the|of|and|that|is|are|was|to|says?|said|with|its|for|on|by)\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")


def language_around(
    quotations: Sequence[Quotation], before: str, glossary: Callable[[], Glossary], ours: Callable[[str], bool]
) -> str:
    """The language of a paragraph around its quotations; of a short one, that of the one before, where there is one.

    `before` is empty where no paragraph before told its language; `ours` are the words of the documents.
    """
    from ncrelations.languages.detection import language_of

    words = _prose(quotations)
    few = len(words.split()) < _FEW
    if not words or len(_ENGLISH.findall(words)) > 2:  # plainly English: most paragraphs, and quickly told
        return "en" if words else before
    if few and before:
        return before
    return language_of(words, glossary(), ours)


def _prose(quotations: Sequence[Quotation]) -> str:
    """What stands around the quotations of a paragraph, less brackets: places are cited alike in every language."""
    text, at, prose = quotations[0].paragraph.text, 0, list[str]()
    for quotation in quotations:
        start, end = quotation.around
        prose.append(text[max(at, start - _PROSE) : max(at, start)])
        at = max(at, end)
    return " ".join(_BRACKETED.sub(" ", " ".join((*prose, text[at : at + _PROSE]))).split())[:_PROSE]
