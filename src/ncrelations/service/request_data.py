"""The shapes of what can be asked, as types that pydantic checks a request against.

Annotations are values here, not texts, for pydantic to read.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, ValidationError

from ncrelations.document.citation import printable
from ncrelations.document.reference import CiteFormat
from ncrelations.proofing.draft_reading import DraftFormat
from ncrelations.text.words import MAX_QUESTION

Words = Annotated[str, Field(max_length=MAX_QUESTION)]
Name = Annotated[str, Field(max_length=200)]
Excerpts = Annotated[int, Field(ge=1, le=20, description="How many excerpts.")]
Within = Annotated[Name | None, Field(description="Only inside this place: a document, section or block.")]
Whose = Annotated[Name | None, Field(description="Only this voice.")]

LONGEST_DRAFT = 2_000_000
"""Characters of a draft."""


def refusal(error: ValidationError) -> str:
    """What is wrong with what was asked, in words: the first five things, each with its name."""
    said = (
        f"{printable('.'.join(map(str, each['loc']))) or 'what was sent'}: {printable(each['msg'], 200)}"
        for each in error.errors(include_url=False, include_input=False, include_context=False)[:5]
    )
    return "; ".join(said)


class Asked:
    """What is asked of an operation; what it does not know is refused."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Asked):
    """A question."""

    question: Annotated[Words, Field(description="A question in your own words.")]
    k: Excerpts = 5
    within: Within = None
    voice: Whose = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Asked):
    """A conversation so far, as the turn before gave it back."""

    question: Words = ""
    citations: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    voice: Name | None = None
    document: Name | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat(Ask):
    """A turn of a conversation: a question, and the state that the turn before gave back."""

    state: Annotated[Said | None, Field(description="The state that the turn before gave back.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Asked):
    """Words to search for."""

    query: Annotated[Words, Field(description="Words.")]
    k: Excerpts = 5
    within: Within = None
    voice: Whose = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(Asked):
    """A topic to compare the voices on."""

    topic: Annotated[Words, Field(description="A topic.")]
    k: Annotated[int, Field(ge=1, le=20, description="How many excerpts a voice.")] = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Show(Asked):
    """A place to be shown."""

    citation: Annotated[Name, Field(description="A citation, or a range of blocks.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite(Asked):
    """A place to be cited."""

    citation: Annotated[Name, Field(description="A citation, or a range of blocks.")]
    format: CiteFormat = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDraft(Asked):
    """A draft whose quotations are to be checked."""

    text: Annotated[str, Field(max_length=LONGEST_DRAFT, description="The draft, whole.")]
    format: DraftFormat = "markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDocuments(Asked):
    """Nothing: all documents are listed."""
