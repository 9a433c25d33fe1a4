"""A collection: documents of one's own, kept in a folder or on a server, asked and quoted like the edition.

>>> collection = open_collection("papers")  # doctest: +SKIP
>>> collection.add("strategic-concept.pdf", issuer="NATO", date="2022-06-29")  # doctest: +SKIP
>>> collection.ask("What does NATO say about China?").excerpts[0].human  # doctest: +SKIP
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, overload

from ncrelations.answers.answer import Answer
from ncrelations.answers.comparison import Comparison
from ncrelations.collections import collection_records as rows
from ncrelations.collections.collection_place import place_of
from ncrelations.collections.collection_plan import REMOVED, Plan, PlannedFile, plan_of
from ncrelations.collections.collection_settings import FileSettings, checked
from ncrelations.collections.collection_status import CollectionStatus, status_of
from ncrelations.collections.collection_stores import stores_of
from ncrelations.collections.collection_verification import Verified, verified
from ncrelations.collections.described_folder import DescribedFolders
from ncrelations.collections.folder_store import FolderStore
from ncrelations.collections.found_files import found_files
from ncrelations.collections.old_citations import Standing, standing
from ncrelations.collections.stored_corpus import OpenDocuments, StoredCorpus
from ncrelations.collections.sync_report import SyncReport
from ncrelations.document.block_range import Range
from ncrelations.document.citation import Citation, nearest, printable
from ncrelations.document.corpus import Place, Where
from ncrelations.document.excerpt import Excerpt
from ncrelations.document.tree import Document
from ncrelations.document.voice import Voice
from ncrelations.errors import CollectionUnavailable, FileRefused, NoSuchDocument
from ncrelations.files.file_text import Limits
from ncrelations.library import Conversation

if TYPE_CHECKING:  # what asks and what searches is loaded when it is needed
    from ncrelations.collections.collection_library import CollectionLibrary
    from ncrelations.collections.encoding_job import Encoded
    from ncrelations.collections.search_files import SearchFiles
    from ncrelations.models.encoder import TokenEncoder
    from ncrelations.proofing.draft_reading import DraftFormat
    from ncrelations.proofing.finding import Proof


def open_collection(place: str | Path | None = None, limits: Limits | None = None) -> Collection:
    """The collection in a folder, of a name in the user's own place, or on a server; by default the user's own.

    On a PostgreSQL server it is "postgresql://host/database?collection=name", with the extra `postgres`. `limits` are
    those of the files that are added. Nothing is written before something is. Raises `CollectionUnavailable`.
    """
    return Collection(place_of(place), limits=limits or Limits())


class Collection:
    """Documents of one's own. Safe to share between threads; what is added by others is seen at once."""

    def __init__(self, place: str | Path, encoder: TokenEncoder | None = None, limits: Limits = Limits()) -> None:  # noqa: B008 -- frozen
        """`place`: a folder, or a server's address. `encoder` is by default the packaged model."""
        store, self._segments = stores_of(place)
        self.store = store
        """Which version of which document answers."""
        self.limits = limits
        """How much of a file is read."""
        self._encoder = encoder
        self._opened = OpenDocuments(self.store)
        self._search: SearchFiles | None = None
        self._library: CollectionLibrary | None = None
        self._turn = threading.Lock()

    @property
    def place(self) -> str:
        """Where it is, as it is shown: a folder, or a server's address without a password."""
        return self.store.place

    @property
    def folder(self) -> Path:
        """The folder it lies in. Raises `CollectionUnavailable` for one on a server."""
        if isinstance(self.store, FolderStore):
            return self.store.folder
        raise CollectionUnavailable(self.place, "it is on a server, not in a folder", "look at its place")

    @property
    def search_files(self) -> SearchFiles:
        """What finds the passages."""
        from ncrelations.collections.search_files import SearchFiles

        if self._search is None:
            self._search = SearchFiles(self._segments())
        return self._search

    @property
    def library(self) -> CollectionLibrary:
        """The documents as they are now, as a library: what shows, cites, exports and checks works on it."""
        from ncrelations.collections.collection_library import CollectionLibrary

        with self._turn:
            if self._library is None or self._library.stored.generation != self.store.generation:
                corpus = StoredCorpus(self.store, self._opened, self.store.name)
                self._library = CollectionLibrary(corpus, self.search_files, self._encoder)
            return self._library

    def documents(self) -> tuple[Document, ...]:
        """The documents that answer, in the order of adding."""
        return self.library.documents()

    @overload
    def resolve(self, citation: Citation | Place) -> Place: ...

    @overload
    def resolve(self, citation: Where | Range) -> Place | Range: ...

    def resolve(self, citation: Where | Range) -> Place | Range:
        """The place or range that a citation names, if need be in a version that was replaced or withdrawn."""
        return self.library.resolve(citation)

    def standing(self, place: Place | Range) -> Standing:
        """Whether a place is of a text that answers now, and whether its words were others before.

        Of a range, how the first block stands that does not stand as it stood, if there is one.
        """
        return standing(self.library.stored, place)

    def add(
        self,
        path: str | Path,
        *,
        id: str | None = None,
        title: str | None = None,
        issuer: str | None = None,
        date: str | None = None,
        password: str | None = None,
    ) -> Document:
        """Add a file and give its document; one that is there already stays as it is, a changed one is a new version.

        What is not said is taken from the folder's `collection.toml` or from the file itself, and never guessed.
        Raises `FileRefused`, `InvalidSettings` and `CollectionUnavailable`.
        """
        said = checked(FileSettings(id, title, issuer, date), "add")
        became = self.sync([Path(path)], said, password).files
        if not became:
            raise FileRefused(str(path), "unreadable", "there is no such file")
        if became[0].reason or became[0].document is None:
            raise FileRefused(str(path), became[0].reason or "damaged", became[0].detail)
        return self.library.stored.document(became[0].document)

    def plan(self, paths: Iterable[Path] = (), said: FileSettings = FileSettings(), again: bool | None = False) -> Plan:  # noqa: B008 -- frozen
        """What adding files and folders would do; without any, all that were added before.

        `said` goes before what the folders' settings say, and is kept. `again` reads files that were refused once
        more, `None` not even those whose reason may be gone.
        """
        folders = DescribedFolders(self.roots())
        paths = list(paths) or folders.roots
        left_out = frozenset(file for path in paths for file in folders.around(Path(path)).files)
        met = found_files(paths, left_out)
        return plan_of(self.store, met, folders.of, said, again=again, largest=self.limits.bytes)

    def sync(
        self,
        paths: Iterable[Path] = (),
        said: FileSettings = FileSettings(),  # noqa: B008 -- frozen
        password: str | None = None,
        again: bool = False,
        watch: Callable[[PlannedFile, int, int], None] | None = None,
    ) -> SyncReport:
        """Add files and folders, or all that were added before: what is new, changed, moved and gone in them.

        Each file is found by its words when it is there; `encode` makes it found by meaning. `watch` is told of each
        file before it is looked into, with its number and how many there are.

        Raises `InvalidSettings` and `CollectionUnavailable`.
        """
        from ncrelations.collections.collection_sync import Writer, carry_out
        from ncrelations.files.document_tree import document_of
        from ncrelations.files.file_reading import FileReader

        plan = self.plan(paths, said, again or password is not None or self.limits.ocr)
        self.store.create()
        with FileReader(self.limits) as reader:
            read = partial(reader.read, password=password)
            writer = Writer(self.store, self.search_files, read, document_of, self.sweep)
            report = carry_out(writer, plan, watch)
        self.sweep()
        return report

    def roots(self) -> list[Path]:
        """The folders that were added, and the files that were added by themselves."""
        known = rows.known_files(self.store)
        return list(dict.fromkeys(each.root or each.path for each in known))

    def verify(self) -> tuple[Verified, ...]:
        """Prove for every document that nothing is lost, every quotation verbatim and every page right.

        Also whether its files are still the ones that were read.
        """
        return tuple(verified(self.library.stored, self.store))

    def remove(self, id: str, *, texts: bool = False) -> None:
        """Take a document out of all answers; its citations still resolve, unless its `texts` are deleted, too.

        Its files stay out until they are added by themselves. Raises `NoSuchDocument`.
        """
        known = [each.id for each in rows.records(self.store)]
        if id not in known:
            raise NoSuchDocument("document", printable(id), nearest(id, known))
        with self.store.sole_writer(), self.store.transaction() as connection:
            rows.set_live(connection, id, None)
            connection.execute("UPDATE files SET reason = ? WHERE document = ?", (REMOVED, id))
            if texts:
                rows.delete_texts(connection, id)
        self.sweep()
        if texts:
            self.store.settle()

    def add_questions(self, path: str | Path) -> int:
        """Keep the questions of a file, each written for a passage, in place of those it had before; how many.

        One that is asked again finds its passage first. A line is {"question": ..., "citation": ...}, and
        "sentences": [...] where only some of the block answer. Raises `InvalidSettings` naming the line.
        """
        from ncrelations.collections.written_questions import put_questions, read_questions
        from ncrelations.models.minilm import packaged

        written = read_questions(Path(path), self.library.stored)
        self.store.create()
        with self.store.sole_writer():
            put_questions(self.store, Path(path).absolute(), written, self._encoder or packaged())
        return len(written)

    def encoded(self) -> Encoded:
        """How much is found by meaning, and not only by words."""
        from ncrelations.collections.encoding_job import Encoded, encoded

        return encoded(self.store, self.search_files) if self.store.exists else Encoded(0, 0)

    def status(self) -> CollectionStatus:
        """What is in it, and how far it is."""
        from ncrelations.collections.encoding_job import idle

        if not self.store.exists:
            return CollectionStatus(self.place, (), (), self.encoded(), encoding=False)
        with idle(self.store) as nothing_is_encoded:
            by_meaning = self.search_files.with_meaning()
        return status_of(self.store, self.encoded(), by_meaning, encoding=not nothing_is_encoded)

    def encode(self, watch: Callable[[Encoded], None] = lambda _: None) -> Encoded:
        """Make every document found by its meaning, too; stopped at any time, it goes on from there.

        Raises `EncoderUnavailable`, and `CollectionUnavailable` where another process does it already.
        """
        from ncrelations.collections.encoding_job import encode
        from ncrelations.models.minilm import packaged

        return encode(self.store, self.search_files, self._encoder or packaged(), watch)

    def sweep(self) -> None:
        """Remove what finds passages that answer no more; while something is encoded, this waits for another time.

        What finds live passages and is lost, damaged or of another version is made anew.
        """
        from ncrelations.collections.encoding_job import idle
        from ncrelations.collections.searchable_text import passages_of

        if not self.store.exists:
            return
        with self.store.sole_writer(), idle(self.store) as nothing_is_encoded:
            live = [each.live for each in rows.records(self.store) if each.live]
            if nothing_is_encoded:
                self.search_files.sweep(live)
            for version in sorted(set(live) - self.search_files.with_words()):
                self.search_files.add_words(version, passages_of(rows.stored_document(self.store, version)))

    def ask(self, question: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None) -> Answer:
        """What the documents have to say to a question, as `ncrelations.ask` does for the edition."""
        return self.library.ask(question, k, within, voice)

    def search(
        self, query: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None
    ) -> tuple[Excerpt, ...]:
        """The `k` best excerpts for a query, best first, without judgement."""
        return self.library.search(query, k, within, voice)

    def compare(self, topic: str, k: int = 2) -> Comparison:
        """What each voice says on a topic."""
        return self.library.compare(topic, k)

    def chat(self) -> Conversation:
        """A conversation: each question is read in the light of those before."""
        return self.library.chat()

    def proof(self, text: str, format: DraftFormat = "markdown") -> Proof:
        """Every quotation of a draft, checked against the documents."""
        return self.library.proof(text, format)
