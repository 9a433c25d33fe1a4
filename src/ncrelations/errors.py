"""Every error the library raises: one base class, typed fields, a message that says what to try.

    NCRelationsError
    ├── InvalidCitation     (ValueError)   the text is not a citation
    ├── InvalidQuestion     (ValueError)   the question cannot be asked
    ├── InvalidDraft        (ValueError)   a draft that cannot be read
    ├── FileRefused         (ValueError)   a file that cannot be read into a document
    ├── NoSuchPlace         (LookupError)  a well-formed name that names nothing
    ├── SourceDamaged       (ValueError)   a source that does not re-join from its pieces
    ├── InvalidSettings     (ValueError)   a collection.toml or BibTeX file that cannot be read
    ├── CollectionUnavailable              a collection that is not there, damaged or being written
    ├── AnswerUnavailable                  a process that answers has ended, or took too long
    ├── IndexMismatch                      the index does not belong to these sources or this model
    └── EncoderUnavailable                 the model that encodes questions cannot be loaded
        └── LanguageUnavailable            ... that of questions in another language than English

The fields are the exception's arguments, so every error survives pickling.
"""

from __future__ import annotations


def did_you_mean(suggestions: tuple[str, ...]) -> str:
    """The clause that ends a message about a name that was not found; empty without suggestions."""
    return f"; did you mean {' or '.join(suggestions)}?" if suggestions else ""


class NCRelationsError(Exception):
    """Any error raised by ncrelations on purpose."""


class InvalidCitation(NCRelationsError, ValueError):
    """The text does not follow the citation grammar ``document/section/block/sentence``."""

    def __init__(self, citation: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(citation, suggestions)
        self.citation = citation
        """What was given, shortened and made printable."""
        self.suggestions = suggestions
        """The nearest citations that exist, best first."""

    def __str__(self) -> str:
        hint = did_you_mean(self.suggestions) or "; a citation looks like report/VI.1/p2 or article/intro/p1/s2"
        return f"{self.citation!r} is not a citation{hint}"


class InvalidQuestion(NCRelationsError, ValueError):
    """A question that holds nothing to look for, or far more than a question."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason, advice)
        self.reason = reason
        """What is wrong with the question."""
        self.advice = advice
        """What to type instead."""

    def __str__(self) -> str:
        return f"{self.reason}; {self.advice}"


class InvalidDraft(NCRelationsError, ValueError):
    """A draft that cannot be read: too large, no text, in another encoding."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason, advice)
        self.reason = reason
        """What is wrong with it, with the line where one can be named."""
        self.advice = advice
        """What to do instead."""

    def __str__(self) -> str:
        return f"{self.reason}; {self.advice}"


_REFUSALS = {
    "damaged": ("the file is damaged", "open it in the program that made it, and save it again"),
    "disk_full": ("the disk is full", "free some space, then add it again"),
    "empty": ("there is no text in it", "check that it is the right file"),
    "encoding": ("its encoding cannot be told", "save it as UTF-8"),
    "encrypted": ("it is encrypted", "give its password, or save it without one"),
    "extra_missing": ("the library that reads such files is not installed", "pip install 'ncrelations[own]'"),
    "link_outside": ("the link leads out of the folder", "add the file itself"),
    "no_text": (
        "its pages are pictures without text",
        "recognise it: ncr add --ocr, with pip install 'ncrelations[ocr]'",
    ),
    "not_a_file": ("it is no ordinary file", "add a file or a folder"),
    "ocr_missing": ("the library that recognises text is not installed", "pip install 'ncrelations[ocr]'"),
    "too_large": ("it is larger than the limit", "split it, or raise the limit"),
    "too_slow": ("reading it takes longer than the limit", "split it, or raise the limit"),
    "unknown_kind": (
        "it is of no kind that is read",
        "get it again if it was to be a document; PDF, .docx, .odt, EPUB, HTML, Markdown and text files are read",
    ),
    "unreadable": ("it cannot be opened", "check that it exists and that you may read it"),
}


class FileRefused(NCRelationsError, ValueError):
    """A file that cannot be read into a document."""

    def __init__(self, path: str, reason: str, detail: str = "") -> None:
        super().__init__(path, reason, detail)
        self.path = path
        """The file, as it was named."""
        self.reason = reason
        """Why, as one word: "encrypted", "no_text", "damaged", "too_large", "unknown_kind", ..."""
        self.detail = detail
        """What more is known, in words; may be empty."""

    @property
    def words(self) -> str:
        """Why, in words."""
        words = _REFUSALS.get(self.reason, _REFUSALS["damaged"])[0]
        return f"{words} ({self.detail})" if self.detail else words

    @property
    def advice(self) -> str:
        """What to do instead."""
        return _REFUSALS.get(self.reason, _REFUSALS["damaged"])[1]

    def __str__(self) -> str:
        name = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in self.path)
        return f"{name} was not read: {self.words}; {self.advice}"


class NoSuchPlace(NCRelationsError, LookupError):
    """A document, section, block, sentence, voice or record that does not exist."""

    def __init__(self, kind: str, name: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(kind, name, suggestions)
        self.kind = kind
        """What was looked for: "document", "section", "block", "sentence", "voice", ..."""
        self.name = name
        """What was given, shortened and made printable."""
        self.suggestions = suggestions
        """The nearest names that exist, best first."""

    def __str__(self) -> str:
        return f"there is no {self.kind} {self.name!r}{did_you_mean(self.suggestions)}"


class NoSuchDocument(NoSuchPlace):
    """A citation or filter that names a document other than the two."""


class NoSuchSection(NoSuchPlace):
    """A citation or filter that names a section its document does not have."""


class SourceDamaged(NCRelationsError, ValueError):
    """A source text that the parser cannot account for, character by character."""

    def __init__(self, document: str, problem: str) -> None:
        super().__init__(document, problem)
        self.document = document
        """The document's id."""
        self.problem = problem
        """What does not add up, with the character offset."""

    def __str__(self) -> str:
        return f"the source of {self.document!r} is damaged: {self.problem}; reinstall ncrelations"


class InvalidSettings(NCRelationsError, ValueError):
    """A file of settings for a collection that cannot be read, or says what cannot be."""

    def __init__(self, path: str, problem: str, advice: str) -> None:
        super().__init__(path, problem, advice)
        self.path = path
        """The file, made printable."""
        self.problem = problem
        """What is wrong with it."""
        self.advice = advice
        """What to write instead."""

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}; {self.advice}"


class CollectionUnavailable(NCRelationsError):
    """A collection that is not there, that is damaged, or that another process is writing to."""

    def __init__(self, collection: str, problem: str, remedy: str) -> None:
        super().__init__(collection, problem, remedy)
        self.collection = collection
        """Its name or folder, made printable."""
        self.problem = problem
        """What is wrong."""
        self.remedy = remedy
        """What to do."""

    def __str__(self) -> str:
        return f"the collection {self.collection!r} cannot be used: {self.problem}; {self.remedy}"


class AnswerUnavailable(NCRelationsError):
    """A question that was understood and is not answered now: what works it out has ended, or took too long."""

    def __init__(self, problem: str, remedy: str = "ask it again") -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        """What happened."""
        self.remedy = remedy
        """What to do."""

    def __str__(self) -> str:
        return f"the question was not answered: {self.problem}; {self.remedy}"


class IndexMismatch(NCRelationsError):
    """The index is missing, damaged, or was built from other sources or with another model."""

    def __init__(self, problem: str, remedy: str = "ncr index build") -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        """What differs."""
        self.remedy = remedy
        """The command that mends it."""

    def __str__(self) -> str:
        return f"the index cannot be used: {self.problem}; run `{self.remedy}`"


class EncoderUnavailable(NCRelationsError):
    """The model that turns questions into vectors cannot be loaded."""

    def __init__(self, model: str, problem: str, remedy: str) -> None:
        super().__init__(model, problem, remedy)
        self.model = model
        """The model's name or path."""
        self.problem = problem
        """What went wrong."""
        self.remedy = remedy
        """The command that mends it."""

    def __str__(self) -> str:
        return f"the model {self.model!r} cannot be used: {self.problem}; run `{self.remedy}`"


class LanguageUnavailable(EncoderUnavailable):
    """A question in another language than English, without the extra that reads it."""

    def __init__(self, language: str, problem: str, remedy: str) -> None:
        super().__init__("multilingual-e5-small", problem, remedy)
        self.args = (language, problem, remedy)
        self.language = language
        """The language of the question, as a BCP 47 tag."""

    def __str__(self) -> str:
        return f"questions in this language ({self.language}) need an extra: {self.problem}; run `{self.remedy}`"
