"""Adding folders: what is new, changed, moved, gone and refused; the sum adds up, and citations keep resolving."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from collection_kit import HARBOUR, MILL, found
from ncrelations.collections import collection_plan
from ncrelations.collections.bibtex_reading import bib_entries
from ncrelations.collections.collection import Collection
from ncrelations.collections.collection_plan import Step
from ncrelations.collections.collection_records import Record, records
from ncrelations.collections.collection_store import CollectionStore
from ncrelations.collections.folder_store import FolderStore
from ncrelations.collections.sync_report import SyncReport
from ncrelations.document.tree import Block, Document
from ncrelations.errors import (
    CollectionUnavailable,
    FileRefused,
    InvalidSettings,
    NoSuchDocument,
    NoSuchPlace,
)

pytest_plugins = ["collection_fixtures", "postgres_fixtures"]


@pytest.fixture(name="collection", params=["folder", "postgres"])
def _collection(any_collection: Collection) -> Collection:
    """An empty collection, of each kind: the same holds for both."""
    return any_collection


def became(report: SyncReport) -> dict[str, Step]:
    """What became of each file, by name; the sum adds up."""
    assert report.added + report.unchanged + report.refused == report.found == len(report.files)
    return {each.found.path.name: each.step for each in report.files}


def text(collection: Collection, citation: str) -> str:
    """The words of a cited block."""
    place = collection.resolve(citation)
    assert isinstance(place, Block)
    return place.text


def test_a_folder_is_added_and_then_unchanged(collection: Collection, papers: Path) -> None:
    """What is added is found by its words at once; added again, nothing happens."""
    assert became(collection.sync([papers])) == {"harbour.md": "added", "mill.md": "added"}
    assert [document.id for document in collection.documents()] == ["harbour", "mill"]
    assert found(collection, "storm sails") == ["mill"]
    generation = collection.store.generation
    assert became(collection.sync([papers])) == {"harbour.md": "unchanged", "mill.md": "unchanged"}
    assert became(collection.sync()) == {"harbour.md": "unchanged", "mill.md": "unchanged"}
    assert collection.store.generation <= generation + 2, "names of files written a moment ago are looked at again"


def test_what_another_adds_meanwhile_does_no_harm(
    collection: Collection, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document that another writer adds between two looks at the store is not stumbled over."""
    collection.add(papers / "harbour.md")
    look = records

    def late(store: CollectionStore) -> tuple[Record, ...]:
        monkeypatch.setattr(collection_plan, "records", look)
        collection.add(papers / "mill.md")
        return look(store)

    monkeypatch.setattr(collection_plan, "records", late)
    assert [each.step for each in collection.plan([papers / "harbour.md"]).files] == ["unchanged"]


def test_unchanged_files_are_not_read(collection: Collection, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose size and times are the same is not opened again; one written a moment ago is, for its checksum."""
    monkeypatch.setattr("ncrelations.collections.found_files._FRESH", -1e9)
    collection.sync([papers])

    def unreadable(path: Path) -> str:
        raise AssertionError(f"{path} was read")

    monkeypatch.setattr("ncrelations.collections.collection_plan.checksum", unreadable)
    assert became(collection.sync([papers])) == {"harbour.md": "unchanged", "mill.md": "unchanged"}


def test_everything_is_proven(collection: Collection, papers: Path) -> None:
    """Losslessness, verbatim sentences and pages, and whether the files are still those that were read."""
    collection.sync([papers])
    (papers / "mill.md").write_text("changed")
    (papers / "harbour.md").unlink()
    harbour, mill = collection.verify()
    assert (harbour.document, harbour.proven, [state for _, state in harbour.files]) == ("harbour", True, ["missing"])
    assert (mill.document, mill.proven, [state for _, state in mill.files]) == ("mill", True, ["changed"])
    with collection.store.transaction() as connection:
        connection.execute("UPDATE versions SET checksum = '0' WHERE document = 'mill'")
    assert [each.lossless for each in collection.verify()] == [True, False]


def test_a_part_of_a_folder_keeps_what_the_folder_says(collection: Collection, papers: Path) -> None:
    """A subfolder or file that is added again by itself is described by the folder that it was added with."""
    (papers / "sub").mkdir()
    (papers / "mill.md").rename(papers / "sub" / "mill.md")
    (papers / "collection.toml").write_text('[[document]]\nfile = "sub/mill.md"\ntitle = "The Mill"\n')
    collection.sync([papers])
    for part in (papers / "sub", papers / "sub" / "mill.md"):
        assert became(collection.sync([part])) == {"mill.md": "unchanged"}
        assert [document.title for document in collection.documents()] == ["Harbour plan", "The Mill"]
    assert became(collection.sync()) == {"harbour.md": "unchanged", "mill.md": "unchanged"}


def test_folders_that_lie_too_deep_are_said(collection: Collection, tmp_path: Path) -> None:
    """Folders within folders are walked to a bound, and the rest is refused in one line."""
    deep = tmp_path / "deep"
    inner = deep.joinpath(*["d"] * 150)
    inner.mkdir(parents=True)
    (inner / "lost.md").write_text("# Lost\n\nFar down.\n")
    (deep / "top.md").write_text("# Top\n\nUp here.\n")
    report = collection.sync([deep])
    assert (report.added, report.refused) == (1, 1)
    assert report.files[0].detail == "it lies too deep" or report.files[1].detail == "it lies too deep"


def test_a_stored_document_is_the_one_that_was_read(collection: Collection, papers: Path) -> None:
    """What comes out of the store is what went in: every piece, section, block and sentence."""
    from ncrelations.files.document_tree import document_of
    from ncrelations.files.file_text import Request
    from ncrelations.files.readers import read

    stored = collection.add(papers / "harbour.md")
    made = document_of(read(Request(papers / "harbour.md")), "harbour", stored.work)
    assert stored == made
    assert stored.blocks == made.blocks
    assert list(stored.walk()) == list(made.walk())
    assert [each.parent for each in stored.walk()] == [each.parent for each in made.walk()]
    assert stored.source == HARBOUR


def test_a_moved_file_keeps_its_citations(collection: Collection, papers: Path) -> None:
    """The same bytes under another name are the same document; nothing is read again."""
    collection.sync([papers])
    before = collection.documents()[1]
    (papers / "sub").mkdir()
    (papers / "mill.md").rename(papers / "sub" / "old mill.md")
    report = collection.sync([papers])
    assert became(report) == {"harbour.md": "unchanged", "old mill.md": "moved"}
    assert report.withdrawn == ()
    assert collection.documents()[1] == before
    assert [each.path.name for each in collection.status().documents[1].files] == ["old mill.md"]


def test_the_same_bytes_twice_are_one_document(collection: Collection, papers: Path) -> None:
    """A copy is another name; while one of the names is there, the document answers."""
    shutil.copy(papers / "mill.md", papers / "mill again.md")
    assert became(collection.sync([papers])) == {"harbour.md": "added", "mill again.md": "added", "mill.md": "copied"}
    assert len(collection.documents()) == 2
    (papers / "mill again.md").unlink()
    assert collection.sync([papers]).withdrawn == ()
    (papers / "mill.md").unlink()
    assert collection.sync([papers]).withdrawn == ("mill-again",)
    assert found(collection, "storm sails") == []


def test_a_changed_file_is_a_new_version(collection: Collection, papers: Path) -> None:
    """The new text answers; the old citations resolve, and it is said how they stand."""
    collection.sync([papers])
    (papers / "mill.md").write_text(MILL.replace("The windmill stands", "A chapel was here.\n\nThe windmill stands"))
    report = collection.sync([papers])
    assert became(report) == {"harbour.md": "unchanged", "mill.md": "changed"}
    assert report.moved_citations == (
        ("mill/windmill/p1", "mill/windmill/p2"),
        ("mill/windmill/p2", "mill/windmill/p3"),
    )
    assert report.lost_citations == ()
    assert found(collection, "chapel") == ["mill"]
    place = collection.resolve("mill/windmill/p1")
    assert collection.standing(place).state == "changed"
    assert collection.standing(collection.resolve("mill/windmill/p3")).state == "current"
    assert collection.standing(collection.resolve("mill/windmill/p1-p2")).state == "changed"
    assert collection.standing(collection.resolve("mill/windmill/p3-p3")).state == "current"


def test_a_citation_of_a_replaced_text_says_so(collection: Collection, papers: Path) -> None:
    """What the new text does not have is given from the old one, with where its words stand now."""
    collection.sync([papers])
    (papers / "mill.md").write_text("# Windmill\n\nIts sails were lost in the storm of 1903.\n")
    assert collection.sync([papers]).lost_citations == ("mill/windmill/p1",)
    place = collection.resolve("mill/windmill/p2")
    assert isinstance(place, Block)
    assert place.text == "Its sails were lost in the storm of 1903."
    standing = collection.standing(place)
    assert (standing.state, standing.now) == ("replaced", "mill/windmill/p1")
    assert collection.resolve("mill/windmill/p1-p2").text.endswith(place.text)
    assert found(collection, "hill") == []


def test_a_deleted_file_leaves_the_answers(collection: Collection, papers: Path) -> None:
    """Its citations resolve all the same; when it comes back, it answers under its old id."""
    collection.sync([papers])
    (papers / "mill.md").unlink()
    report = collection.sync([papers])
    assert report.withdrawn == ("mill",)
    assert [document.id for document in collection.documents()] == ["harbour"]
    assert found(collection, "storm sails") == []
    assert text(collection, "mill/windmill/p2").startswith("Its sails")
    assert collection.standing(collection.resolve("mill/windmill/p2")).state == "withdrawn"
    (papers / "mill 2.md").write_text(MILL)
    assert became(collection.sync([papers]))["mill 2.md"] == "added"
    assert [document.id for document in collection.documents()] == ["harbour", "mill"]


def test_files_that_change_places(collection: Collection, papers: Path) -> None:
    """Files that swap names keep their documents; a new text is one of its own while the old one is there."""
    collection.sync([papers])
    (papers / "mill.md").rename(papers / "aside.md")
    (papers / "harbour.md").rename(papers / "mill.md")
    (papers / "aside.md").rename(papers / "harbour.md")
    report = collection.sync([papers])
    assert report.added == report.refused == 0
    assert {each.path.name for each in collection.status().documents[0].files} == {"mill.md"}
    (papers / "mill.md").rename(papers / "zz.md")
    (papers / "mill.md").write_text("# Chapel\n\nThe chapel is new.\n")
    assert became(collection.sync([papers])) == {"harbour.md": "unchanged", "mill.md": "added", "zz.md": "moved"}
    assert [document.id for document in collection.documents()] == ["harbour", "mill", "mill-2"]


def test_removal_is_only_where_everything_was_seen(
    collection: Collection, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Adding another folder takes nothing away, nor does a folder that is gone or cannot be read."""
    sub = papers / "sub"
    sub.mkdir()
    (papers / "mill.md").rename(sub / "mill.md")
    collection.sync([papers])
    other = papers.parent / "other"
    other.mkdir()
    assert collection.sync([other]).withdrawn == ()
    scandir = os.scandir

    def forbidden(folder: Path) -> object:
        if Path(folder).name == "sub":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    with monkeypatch.context() as context:
        context.setattr(os, "scandir", forbidden)
        report = collection.sync([papers])
    assert became(report) == {"harbour.md": "unchanged", "sub": "refused"}
    assert report.withdrawn == ()
    shutil.move(papers, papers.parent / "elsewhere")
    assert collection.sync([papers]).withdrawn == ()
    assert len(collection.documents()) == 2


def test_a_removed_document_stays_out(collection: Collection, papers: Path) -> None:
    """What was removed on purpose does not come back with its folder, but when its file is added by itself."""
    collection.sync([papers])
    collection.remove("mill")
    assert became(collection.sync([papers])) == {"harbour.md": "unchanged", "mill.md": "unchanged"}
    assert [document.id for document in collection.documents()] == ["harbour"]
    (papers / "mill.md").rename(papers / "moved.md")
    assert became(collection.sync([papers])) == {"harbour.md": "unchanged", "moved.md": "unchanged"}
    (papers / "moved.md").write_text(MILL + "\nA line more.\n")
    assert became(collection.sync([papers])) == {"harbour.md": "unchanged", "moved.md": "unchanged"}
    assert [document.id for document in collection.documents()] == ["harbour"]
    (papers / "moved.md").write_text(MILL)
    assert collection.add(papers / "moved.md").id == "mill"
    with pytest.raises(NoSuchDocument, match="did you mean mill"):
        collection.remove("mil")


def test_deleted_texts_leave_no_file_behind(folder_collection: Collection, papers: Path) -> None:
    """`remove` with `texts` leaves no word of them in the folder."""
    collection = folder_collection
    collection.sync([papers])
    assert b"Windmill" in (collection.folder / "collection.sqlite-wal").read_bytes()
    collection.remove("mill", texts=True)
    left = {path.name: path.read_bytes().lower() for path in collection.folder.rglob("*") if path.is_file()}
    assert [name for name, data in left.items() if b"windmill" in data or b"storm" in data] == []


def test_deleted_texts_are_gone(collection: Collection, papers: Path) -> None:
    """`remove` with `texts` leaves nothing to resolve, and its id goes to no other document."""
    collection.sync([papers])
    collection.remove("mill", texts=True)
    with pytest.raises(NoSuchPlace):
        collection.resolve("mill/windmill/p1")
    assert collection.add(papers / "mill.md").id == "mill-2"


def test_what_is_said_of_a_file_goes_first(collection: Collection, papers: Path) -> None:
    """Options before the folder's settings before the file; another title is no new version."""
    (papers / "collection.toml").write_text(
        '[[document]]\nfile = "mill.md"\nid = "mill1903"\ntitle = "The Mill"\nissuer = "Parish"\ndate = 1903-04-05\n'
    )
    document = collection.add(papers / "mill.md")
    assert (document.id, document.title, document.work.publisher, document.date) == (
        "mill1903", "The Mill", "Parish", "1903-04-05",
    )  # fmt: skip
    assert document.blocks[0].voice.label == "Parish"
    assert document.human == 'Parish, "The Mill" (1903)'
    again = collection.add(papers / "mill.md", title="The Windmill", date="1904")
    assert (again.id, again.title, again.date) == ("mill1903", "The Windmill", "1904")
    assert len(collection.status().documents[0].versions) == 1
    assert became(collection.sync([papers])) == {"harbour.md": "added", "mill.md": "unchanged"}
    assert collection.documents()[0].title == "The Windmill", "what was said is kept"
    (papers / "mill.md").rename(papers / "moved.md")
    (papers / "collection.toml").unlink()
    collection.sync([papers])
    assert (collection.documents()[0].id, collection.documents()[0].title) == ("mill1903", "The Windmill")


def test_voices_are_called_as_the_folder_says(collection: Collection, papers: Path) -> None:
    """What the documents call a speaker may be called otherwise; told anew, it is no new version."""
    (papers / "debate.md").write_text(
        "# Debate\n\nMr. Kim (Republic of Korea): We agree on the harbour.\n\nMs. Roe (Norway): We do not agree.\n\n"
        "Mr. Kim (Republic of Korea): Then let us vote on it.\n\nMs. Roe (Norway): Yes, let us vote.\n"
    )
    collection.sync([papers])
    debate = collection.resolve("debate")
    assert isinstance(debate, Document)
    assert {block.voice.label for block in debate.blocks} >= {"Republic of Korea (Mr. Kim)", "Norway (Ms. Roe)"}
    (papers / "collection.toml").write_text('[voices]\n"Republic of Korea (Mr. Kim)" = "Korea"\n')
    assert became(collection.sync([papers]))["debate.md"] == "unchanged"
    again = collection.resolve("debate")
    assert isinstance(again, Document)
    assert {block.voice.label for block in again.blocks} >= {"Korea", "Norway (Ms. Roe)"}
    assert {voice.label for voice in collection.library.corpus.voices} >= {"Korea", "Norway (Ms. Roe)"}
    assert len(collection.status().documents[0].versions) == 1


BIBLIOGRAPHY = r"""
@comment{not an entry}
@article{marrowby1904, title = {The {Mill} of Marrowby \& its \'Eclat},
  author = "P{\'e}rez, Ana and {Parish of Marrowby}",
  journal = "Mills " # {Quarterly}, year = 1904, month = apr, day = {5}, file = {Full Text:files/7/mill.md:text/plain} }
@techreport{harbour, title={Harbour}, author={John Smith}, institution={Council}, date = {1911-03}}
@broken{no end, title = {unclosed
"""


def test_a_bibliography_describes_its_files(collection: Collection, papers: Path) -> None:
    """An entry is found by the file that it names, or by its key in `collection.toml`, which goes before it."""
    (papers / "library.bib").write_text(BIBLIOGRAPHY)
    (papers / "collection.toml").write_text(
        'bibliography = "library.bib"\n[[document]]\nfile = "harbour.md"\nkey = "harbour"\ntitle = "The Plan"\n'
    )
    assert became(collection.sync([papers])) == {"harbour.md": "added", "mill.md": "added"}
    harbour, mill = (document.work for document in collection.documents())
    assert (harbour.title, harbour.authors, harbour.publisher, harbour.date) == (
        "The Plan", (("Smith", "John"),), "Council", (1911, 3),
    )  # fmt: skip
    assert (mill.title, mill.kind, mill.periodical) == (
        "The Mill of Marrowby & its Éclat",
        "article",
        "Mills Quarterly",
    )
    assert (mill.authors, mill.date) == ((("Pérez", "Ana"), ("Parish of Marrowby", "")), (1904, 4, 5))
    bibtex = collection.documents()[1].cite("bibtex")
    assert "@article" in bibtex
    assert "month = apr" in bibtex
    (papers / "collection.toml").write_text(
        'bibliography = "library.bib"\n[[document]]\nfile = "mill.md"\nkey = "mill"\n'
    )
    with pytest.raises(InvalidSettings, match="no entry 'mill'"):
        collection.sync([papers])


@settings(max_examples=60, deadline=500)
@given(text=st.text(alphabet='@{}",=#\\ab1 \n%', max_size=400))
def test_any_text_is_read_as_a_bibliography(text: str) -> None:
    """Whatever stands in the file, it is read in time and without an error."""
    bib_entries(text)
    bib_entries("@a{b, c = " + text * 50)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("bibliography = 'none.bib'", "no such file"),
        ("[[document]]\ntitle = 'x'\n", "names no file"),
        ("[voices]\nx = 3\n", "no table of texts"),
        ("[[document]]\nfile = 'mill.md'\ntittle = 'x'\n", "there is no key 'tittle'; did you mean title"),
        ("[[document]]\nfile = 'mill.md'\nid = 'Mill'\n", "'Mill' is no id"),
        ("[[document]]\nfile = 'mill.md'\ndate = 'soon'\n", "'soon' is no date"),
        ("[[document]]\nfile = 'mill.md'\ntitle = 3\n", "is no text"),
        ("[[document]]\nfile = 'mill.md'\n\n[[document]]\nfile = 'mill.md'\n", "there twice"),
        ("document = 3\n", "no list of tables"),
        ("a = [\n", "at end"),
        ("# " + "x" * 1_000_000, "it is larger than 1,000,000 bytes; leave out"),
        ("x = " + "[" * 3000, "collection.toml"),
        ("\x00", "collection.toml"),
    ],
)
def test_settings_that_cannot_be_used(collection: Collection, papers: Path, said: str, problem: str) -> None:
    """A `collection.toml` that says what cannot be is refused before anything is added."""
    (papers / "collection.toml").write_text(said)
    with pytest.raises(InvalidSettings) as caught:
        collection.sync([papers])
    assert problem in str(caught.value)
    assert not collection.store.exists


def test_refused_files_have_reasons_and_the_others_go_on(collection: Collection, papers: Path) -> None:
    """Empty files, pipes, links that lead outside or nowhere, and files of no known kind; nothing is left out."""
    outside = papers.parent / "secret.md"
    outside.write_text("# Secret\n\nNot to be read.\n")
    (papers / "empty.txt").touch()
    os.mkfifo(papers / "pipe")
    (papers / "outside.md").symlink_to(outside)
    (papers / "nowhere.md").symlink_to(papers / "none.md")
    (papers / "inside.md").symlink_to(papers / "mill.md")
    (papers / "loop").symlink_to(papers)
    (papers / "up").symlink_to(papers.parent)
    (papers / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (papers / ".hidden").write_text("hidden")
    report = collection.sync([papers])
    reasons = {each.found.path.name: each.reason for each in report.files if each.step == "refused"}
    assert reasons == {
        "empty.txt": "empty", "pipe": "not_a_file", "outside.md": "link_outside", "nowhere.md": "unreadable",
        "up": "link_outside", "picture.png": "unknown_kind",
    }  # fmt: skip
    assert (report.found, report.added, report.unchanged) == (9, 2, 1)
    again = collection.sync([papers])
    assert (again.added, again.unchanged, again.refused) == (0, 3, 6)
    assert {each.reason for each in collection.status().refused} == set(reasons.values())
    with pytest.raises(FileRefused) as caught:
        collection.add(papers / "empty.txt")
    assert caught.value.reason == "empty"
    with pytest.raises(FileRefused, match="no such file"):
        collection.add(papers / "none.md")
    assert became(collection.sync([papers / "none.md"])) == {"none.md": "refused"}


def test_names_that_are_no_text(collection: Collection, papers: Path) -> None:
    """Names with control characters and bytes that are no UTF-8 are added, and never printed as they are."""
    name = os.fsdecode(b"we\xffird\x1b[31m.md")
    (papers / name).write_text("# Odd\n\nAn odd name.\n")
    assert collection.sync([papers]).added == 3
    document = collection.documents()[2]
    assert document.id == "weird-31m"
    assert document.title.isprintable()


def test_a_file_that_cannot_be_read_now_answers_as_before(collection: Collection, papers: Path) -> None:
    """Its document is not lost when a file is damaged while it is being written."""
    collection.sync([papers])
    (papers / "mill.md").write_bytes(b"")
    report = collection.sync([papers])
    assert (report.refused, report.withdrawn) == (1, ())
    assert found(collection, "storm sails") == ["mill"]
    (papers / "mill.md").write_text(MILL + "\nA new line.\n")
    assert became(collection.sync([papers]))["mill.md"] == "changed"


def test_no_collection_is_made_by_looking(tmp_path: Path) -> None:
    """Reading and planning write nothing."""
    looked = Collection(tmp_path / "none")
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    assert looked.documents() == ()
    assert [each.step for each in looked.plan([tmp_path / "a.md"]).files] == ["added"]
    assert looked.status().encoded.share == 1
    assert not (tmp_path / "none").exists()


def test_a_folder_that_is_no_collection(tmp_path: Path) -> None:
    """A damaged database is said to be one, and nothing is written over it."""
    damage = b"not a database at all" * 100
    (tmp_path / "collection.sqlite").write_bytes(damage)
    with pytest.raises(CollectionUnavailable):
        Collection(tmp_path).documents()
    assert (tmp_path / "collection.sqlite").read_bytes() == damage


def test_a_folder_that_cannot_be_looked_into(tmp_path: Path) -> None:
    """Where the system does not say what is in a folder, the documented error does, with its words."""
    looked = Collection(tmp_path / ("x" * 300))
    for look in (looked.documents, looked.status, lambda: looked.resolve("mill"), lambda: looked.ask("Who pays?")):
        with pytest.raises(CollectionUnavailable, match="too long"):
            look()


def test_a_newer_collection_is_not_guessed_at(folder_collection: Collection, papers: Path) -> None:
    """A layout of a later version is refused."""
    collection = folder_collection
    collection.sync([papers])
    assert isinstance(collection.store, FolderStore)
    collection.store._connection().execute("PRAGMA user_version = 99")
    with pytest.raises(CollectionUnavailable, match="newer version"):
        Collection(collection.folder).documents()


Change = Callable[[Path], None]
_NAMES = st.sampled_from(["a.md", "b.md", "sub/c.md"])
_TEXTS = st.sampled_from(["# One\n\nFirst words.\n", "# Two\n\nSecond words.\n", "# Three\n\nThird words.\n", ""])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(
    rounds=[{"a.md": "# 3\n\nThird.\n", "b.md": "# 3\n\nThird.\n"}, {"a.md": "# 1\n\nOne.\n", "b.md": "# 2\n\nTwo.\n"}]
)
@given(rounds=st.lists(st.dictionaries(_NAMES, _TEXTS), min_size=1, max_size=4))
@pytest.mark.usefixtures("folder_collection")
def test_the_collection_is_what_lies_in_the_folder(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[dict[str, str]]
) -> None:
    """Whatever is written, moved and deleted between two syncs: what answers is what lies there and can be read."""
    base = tmp_path_factory.mktemp("rounds")
    kept, folder = Collection(base / "collection"), base / "papers"
    for files in rounds:
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "sub").mkdir(parents=True)
        for name, words in files.items():
            (folder / name).write_text(words)
        report = kept.sync([folder])
        assert report.added + report.unchanged + report.refused == report.found == len(files)
        there = {words for words in files.values() if words}
        unreadable = {name for name, words in files.items() if not words}
        answering = {document.source for document in kept.documents()}
        assert there <= answering
        names = [file.path for each in kept.status().live for file in each.files]
        assert {path.relative_to(folder).as_posix() for path in names} >= files.keys() - unreadable
        assert len(answering - there) <= len(unreadable), "only a file that cannot be read keeps its old text"
    kept.store.close()
