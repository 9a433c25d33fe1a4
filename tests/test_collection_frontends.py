"""A collection in the frontends: the command line, conversations, and both libraries as one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import ncrelations as ncr
from cli_helpers import isolate, run
from collection_kit import HARBOUR, NearReader
from ncrelations.collections.collection import Collection
from ncrelations.collections.file_works import RESERVED
from ncrelations.collections.joined_library import JoinedLibrary
from ncrelations.collections.live_library import LiveLibrary
from ncrelations.editions.nato_china.edition import edition
from ncrelations.files import file_reading

pytest_plugins = ["collection_fixtures"]


@pytest.fixture
def shell(tmp_path: Path, papers: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run `ncr` in, with two papers and nothing added; nothing is started in the background."""
    isolate(monkeypatch, tmp_path)
    monkeypatch.setattr(file_reading, "FileReader", NearReader)
    return papers


@pytest.fixture
def added(shell: Path) -> Path:
    """The same with the papers added."""
    assert run("add", "papers", "--words-only").exit_code == 0
    return shell


def test_adding_says_what_became_of_each_file(shell: Path) -> None:
    """A line a file that was not there as it is, the reason of each refusal, the sum, and the exit code for it."""
    (shell / "empty.txt").touch()
    result = run("add", "papers", "--words-only")
    assert result.stdout == (
        "refused    empty.txt: there is no text in it; check that it is the right file\n"
        "added      harbour  harbour.md\n"
        "added      mill  mill.md\n"
        "3 files found: 2 added, 0 unchanged, 1 refused\n"
    )
    assert result.exit_code == 3
    assert run("add", "papers", "--words-only").stdout.endswith("3 files found: 0 added, 2 unchanged, 1 refused\n")
    data = json.loads(run("add", "papers", "--words-only", "--json").stdout)
    assert (data["found"], data["added"], data["unchanged"], data["refused"]) == (3, 0, 2, 1)
    assert data["files"][0]["reason"] == "empty"


def test_a_terminal_shows_what_is_read(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a line on standard error says which file is read, and how many there are; then it is gone."""
    monkeypatch.setattr("ncrelations.cli.adding.is_terminal", lambda _: True)
    result = run("add", "papers", "--words-only")
    assert result.stderr == "\r[1/2] harbour.md\r[2/2] mill.md\r", "what clears the line is for terminals alone"
    del shell


def test_nothing_is_asked_of_the_network(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Adding, encoding, asking and proving open no connection."""

    def connected(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", connected)
    monkeypatch.setattr("socket.getaddrinfo", connected)
    (shell / "page.html").write_text(
        '<html><body><p>Loads <img src="http://example.org/x.png"> nothing.</p></body></html>'
    )
    assert run("add", "papers", "--wait").exit_code == 0
    assert run("ask", "--in", "collection", "When were the sails lost?").exit_code == 0
    assert run("verify", "--in", "collection").exit_code == 0


def test_a_dry_run_does_nothing(shell: Path) -> None:
    """It prints the plan, and makes no collection."""
    result = run("add", "papers", "--dry-run")
    assert "2 files found: 2 would be added, 0 unchanged, 0 would be refused" in result.stdout
    assert not Path("collection").exists()
    assert run("documents").exit_code == 1
    del shell


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("add", "papers", "--id", "x"), "--id is of one file"),
        (("add", "papers/mill.md", "--id", "Bad Id"), "'Bad Id' is no id"),
        (("add", "papers", "--date", "yesterday"), "'yesterday' is no date"),
        (("ask", "anything", "--in", "collection"), "nothing was ever added to it; ncr add PATH adds"),
        (("show", "mill", "--in", "./nowhere"), "nothing was ever added to it"),
        (("remove", "mill"), "there is no document 'mill'"),
        (("add", "papers", "--collection", "papers/mill.md"), "cannot be used"),
        (("add", "--questions", "papers"), "there is no such file"),
        (("add", "papers", "--max-pages", "0"), "at least 1"),
    ],
)
def test_what_cannot_be_done_is_one_line(shell: Path, arguments: tuple[str, ...], problem: str) -> None:
    """Exit code 2, and one line that says what to try."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert problem in result.stderr
    assert "Traceback" not in result.output
    del shell


def test_the_documents_are_listed(added: Path) -> None:
    """What there is, how far it is, and what was taken out."""
    assert [json.loads(line)["document"] for line in run("documents", "--json").stdout.splitlines()] == [
        "harbour",
        "mill",
    ]
    assert run("status").stdout.startswith("2 documents, 5 passages in ")
    assert "found by words, and 0% of the passages by meaning" in run("status").stdout
    assert run("remove", "mill").stdout == "removed mill\n"
    assert "mill" not in run("documents").stdout
    assert "(removed)" in run("documents", "--all").stdout
    del added


def test_meaning_follows_in_a_process_of_its_own(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `--wait` a process is started for it; with it, everything is found by meaning when it ends."""
    started: list[Path] = []
    monkeypatch.setattr("ncrelations.collections.encoding_job.encode_in_background", started.append)
    result = run("add", "papers/mill.md")
    assert len(started) == 1
    assert "ncr status says how far it is" in result.stderr
    assert run("add", "papers/mill.md", "--wait").exit_code == 0
    assert "found by words and by meaning" in run("status").stdout
    assert run("add", "papers/mill.md").stderr == ""
    assert len(started) == 1
    assert run("ask", "--in", "collection", "What did the storm destroy?", "--json").exit_code == 0
    del shell


def test_watching_takes_over_what_changes(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each change is taken over once it is whole, until the watch is stopped."""
    rounds: list[int] = []

    def sleep(_: float) -> None:
        rounds.append(1)
        if len(rounds) == 1:
            (shell / "new.md").write_text("# New\n\nA new paper.\n")
            os.utime(shell / "new.md", (1, 1))
            monkeypatch.setattr("ncrelations.collections.found_files._FRESH", -1e9)
        if len(rounds) > 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("ncrelations.cli.adding.time.sleep", sleep)
    result = run("add", "papers", "--words-only", "--watch")
    assert result.stdout.splitlines()[-2:] == [
        "added      new  new.md",
        "3 files found: 1 added, 2 unchanged, 0 refused",
    ]


def test_places_are_shown_and_cited(added: Path) -> None:
    """`show`, `toc`, `cite`, `entities`, `verify`, `proof` and `export` work on a collection."""
    where = ("--in", "collection")
    shown = run("show", "harbour/costs/p1", *where).stdout
    assert 'The council pays half of the dredging.\n   "Harbour plan" (n.d.), section "Costs", para. 1' in shown
    assert "harbour/costs" in run("toc", *where).stdout
    assert "harbour/costs/p1" in run("cite", "harbour/costs/p1", "--format", "bibtex", *where).stdout
    assert run("verify", *where).stdout.count("lossless") == 2
    Path("draft.md").write_text('> "Its sails were lost in the storm of 1904."\n')
    assert run("proof", "draft.md", *where).exit_code == 1
    rows = [json.loads(line) for line in run("export", *where).stdout.splitlines()]
    assert [row["citation"] for row in rows][:2] == ["harbour/harbour-plan/p1", "harbour/costs/p1"]
    assert run("export", "--format", "html", "-o", "reader", *where).exit_code == 0
    assert 'id="harbour/costs/p1"' in Path("reader/harbour.html").read_text("utf-8")
    del added


def test_the_collection_may_be_set(added: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A configuration file names the collection and where to look; a variable and an option go before it."""
    Path("collection").rename("mine")
    monkeypatch.delenv("NCR_COLLECTION")
    Path("config.toml").write_text('collection = "./mine"\nin = "collection"\n')
    assert "harbour" in run("documents").stdout
    assert "dredged to twelve metres" in run("show", "harbour/harbour-plan/p1").stdout
    assert run("show", "report/VI.1/p1", "--in", "edition").exit_code == 0
    monkeypatch.setenv("NCR_IN", "both")
    assert run("show", "report/VI.1/p1", "harbour/costs/p1").exit_code == 0
    assert run("documents", "--collection", "./nowhere").exit_code == 1
    del added


def test_a_changed_text_is_said(added: Path) -> None:
    """`show` and `cite` say on standard error where a text was replaced or withdrawn."""
    (added / "harbour.md").write_text(HARBOUR.replace("twelve", "ten"))
    (added / "mill.md").unlink()
    run("add", "papers", "--words-only")
    changed = run("show", "harbour/harbour-plan/p1", "--in", "collection")
    assert "others than in an earlier text" in changed.stderr
    assert "dredged to ten metres" in changed.stdout
    Path("lines.txt").write_text("When were the sails lost?\nHow deep is it dredged?\n")
    batch = run("ask", "--batch", "lines.txt", "--in", "both", "--json")
    assert [json.loads(line)["question"] for line in batch.stdout.splitlines()][1] == "How deep is it dredged?"
    assert "withdrawn" in run("cite", "mill/windmill/p1", "--in", "collection").stderr
    assert run("show", "harbour/costs/p1", "--in", "collection").stderr == ""


def test_a_conversation(collection: Collection, papers: Path) -> None:
    """A follow-up is read in the light of what was asked; the source of what was shown is told."""
    collection.sync([papers])
    chat = collection.chat()
    assert str(chat.ask("Who pays for the dredging of the harbour?").excerpts[0].citation).startswith("harbour/costs/")
    asked = chat.ask("what is the source?")
    assert asked.note is not None
    assert "harbour/costs/" in asked.note
    follow_up = chat.ask("and the other half?")
    assert follow_up.understood_as is not None
    assert follow_up.excerpts[0].citation.document == "harbour"
    place = chat.ask("show mill/windmill/p2")
    assert [str(each.citation) for each in place.excerpts] == ["mill/windmill/p2"]


def test_filters_of_a_collection(collection: Collection, papers: Path) -> None:
    """A document, a section or a voice keeps the answer to it; a filter that names nothing raises."""
    collection.add(papers / "mill.md", issuer="Parish of Marrowby")
    collection.add(papers / "harbour.md")
    assert {each.citation.document for each in collection.search("Marrowby", within="harbour")} == {"harbour"}
    voice = collection.documents()[0].blocks[0].voice
    assert {each.voice.label for each in collection.search("Marrowby", voice=voice)} == {"Parish of Marrowby"}
    with pytest.raises(ncr.NoSuchPlace):
        collection.search("Marrowby", voice="nobody")
    with pytest.raises(ncr.NoSuchPlace):
        collection.ask("Marrowby", within="harbor")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JoinedLibrary]:
    """The edition with a collection of one paper beside it."""
    base = tmp_path_factory.mktemp("both")
    (base / "harbour.md").write_text(HARBOUR, "utf-8")
    kept = Collection(base / "collection")
    kept.add(base / "harbour.md", issuer="Town Council")
    yield JoinedLibrary(edition(), kept.library)
    kept.store.close()


def test_names_are_found_with_their_mentions(collection: Collection, papers: Path) -> None:
    """Names by how they are written, an acronym with its name; what stands once or only begins sentences is none."""
    (papers / "letter.md").write_text(
        "The Harbour Board of Marrowby (HBM) met in Selwick. Dredging was discussed.\n\n"
        "Dredging costs money, said the Harbour Board of Marrowby. Selwick's council agreed with the HBM.\n\n"
        "Later the dredging of Selwick was put off. THE END OF ALL SHOUTING IS NO NAME.\n"
    )
    collection.add(papers / "letter.md")
    found = {each.name: each.forms for each in collection.library.corpus.entities.all}
    assert found == {"Selwick": ("Selwick",), "Harbour Board of Marrowby": ("Harbour Board of Marrowby", "HBM")}
    assert len(collection.library.entity("HBM").mentions) == 4
    assert len(collection.library.entity("Selwick").mentions) == 3
    mentioned = collection.ask("Where is Selwick mentioned?")
    assert (mentioned.status, len(mentioned.excerpts)) == ("answered", 3)


def test_both_libraries_as_one(both: JoinedLibrary) -> None:
    """What the edition answers stays answered by it; what the collection knows is answered by that."""
    question = "Why does China distrust AUKUS?"
    ours, alone = both.ask(question), ncr.ask(question)
    assert (ours.status, ours.excerpts[0].citation) == (alone.status, alone.excerpts[0].citation)
    assert str(both.ask("Who pays for the dredging of the harbour?").excerpts[0].citation).startswith("harbour/costs")
    assert str(both.resolve("report/VI.1/p2").citation) == "report/VI.1/p2"
    assert str(both.resolve("harbour/costs/p1").citation) == "harbour/costs/p1"
    assert {each.citation.document for each in both.search("dredging", within="harbour")} == {"harbour"}
    with pytest.raises(ncr.NoSuchDocument, match="did you mean harbour"):
        both.resolve("harbuor/costs/p1")
    with pytest.raises(ncr.InvalidCitation):
        both.resolve("not a citation")
    views = both.compare("maritime security").views
    assert {voice.value for voice in views} > {voice.value for voice in ncr.compare("maritime security").views}


def test_a_conversation_over_both(both: JoinedLibrary) -> None:
    """It may go from one part to the other."""
    chat = both.chat()
    assert str(chat.ask("Why does maritime security matter to China?").excerpts[0].citation) == "report/VI.1/p2"
    assert chat.ask("and NATO?").excerpts[0].citation.document == "report"
    assert chat.ask("Who pays for the dredging of the harbour?").excerpts[0].citation.document == "harbour"


def test_a_voice_of_one_part_is_none_of_the_other(both: JoinedLibrary) -> None:
    """After a view of the edition's or of the collection's, a follow-up is asked of both."""
    chat = both.chat()
    assert chat.ask("Why does China distrust AUKUS?").voice is not None
    assert chat.ask("and NATO?").excerpts[0].citation.document == "report"
    chat = both.chat()
    council = both.search("dredging", within="harbour")[0].voice
    assert chat.ask("Who pays for the dredging of the harbour?", voice=council).voice == council
    assert chat.ask("and what does it say of the shipowners?").excerpts[0].citation.document == "harbour"


def test_questions_written_for_passages(added: Path) -> None:
    """A written question that is asked again is answered by its passage; a wrong line is named."""
    questions = Path("questions.jsonl")
    line = {"question": "What became of the sails after 1902?", "citation": "mill/windmill/p2", "sentences": [1]}
    questions.write_text(json.dumps(line) + "\n\n" + json.dumps({**line, "question": "What did the gale take?"}))
    assert run("add", "--words-only", "--questions", "questions.jsonl").stderr.startswith("2 questions kept")
    asked = json.loads(run("ask", "What did a gale take away?", "--in", "collection", "--json").stdout)
    assert (asked["status"], asked["excerpts"][0]["citation"]) == ("answered", "mill/windmill/p2")
    questions.write_text(json.dumps({**line, "citation": "mill/windmill/p9"}))
    refused = run("add", "--words-only", "--questions", "questions.jsonl")
    assert (refused.exit_code, "line 1: there is no block 'mill/windmill/p9'" in refused.stderr) == (2, True)
    for wrong in (
        "[]",
        "{",
        '{"question": "", "citation": "mill/windmill/p1"}',
        json.dumps({**line, "sentences": [7]}),
    ):
        questions.write_text(wrong)
        assert "line 1" in run("add", "--words-only", "--questions", "questions.jsonl").stderr
    del added


def test_servers_see_what_changes(collection: Collection, papers: Path) -> None:
    """A server that was started with a collection answers from it as it is now."""
    pytest.importorskip("mcp")
    anyio = pytest.importorskip("anyio")
    from ncrelations.cli.server import server

    collection.sync([papers])
    served = server(LiveLibrary(lambda: collection.library))

    def ask(question: str) -> str:
        return str(anyio.run(served.call_tool, "ask", {"question": question, "k": 1}))

    assert "mill/windmill/p2" in ask("When were the sails lost?")
    collection.remove("mill")
    assert "mill/windmill" not in ask("When were the sails lost?")


def test_ids_of_the_edition_are_not_taken(collection: Collection, papers: Path) -> None:
    """A file called report.md gets another id than the edition's report, so that both can be asked together."""
    assert {document.id for document in ncr.documents()} <= RESERVED
    (papers / "report.md").write_text("# A report\n\nOf something else.\n")
    assert collection.add(papers / "report.md").id == "report-2"


def test_without_a_collection_nothing_of_it_is_loaded(python: Callable[..., CompletedProcess[str]]) -> None:
    """`ncr ask` over the edition loads nothing of collections, nor what reads files."""
    program = (
        "import sys; from ncrelations.cli import ncr; from click.testing import CliRunner\n"
        "print(CliRunner().invoke(ncr, ['ask', 'maritime security', '-k', '1']).exit_code)\n"
        "apart = ('ncrelations.collections', 'ncrelations.files', 'pypdfium2', 'lxml', 'selectolax', 'markdown_it')\n"
        "print([name for name in sys.modules if name.startswith(apart)])"
    )
    assert python("-c", program).stdout == "0\n[]\n"
