"""Every frontend serves two texts that it has never seen: command line, exports, reader, MCP server, the bot."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli_helpers import isolate
from ncrelations import Block, ChatState, Library, Section, Sentence
from ncrelations.cli import ncr
from ncrelations.document.reference import CITE_FORMATS
from ncrelations.reader import write
from ncrelations_discord.answers import Documents
from third_edition.sources import COUNCIL, FARMERS, INNKEEPERS, PENHALLOW

pytest_plugins = ["third_edition.fixtures"]

VISITORS = "What do the farmers think of visitors?"


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    isolate(monkeypatch, tmp_path)


def run(library: Library, *arguments: str, input: str | None = None) -> Result:
    """Run `ncr` in this process on a library."""
    result = CliRunner().invoke(ncr, list(arguments), input=input, prog_name="ncr", obj=library)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_the_command_line_shows_and_cites(windmill: Library) -> None:
    """`ncr toc`, `show` and `cite` know the texts: places of every size, and citations in every form."""
    contents = run(windmill, "toc", "--json").stdout.splitlines()
    assert [json.loads(line)["citation"] for line in contents] == [
        str(section.citation) for document in windmill.documents() for section in document.walk()
    ]
    for citation in ("minutes", "letter/gain", "minutes/farmers/b2", "letter/proposal/p1/s2"):
        place = windmill.corpus.resolve(citation)
        text = place.text if isinstance(place, Section | Block | Sentence) else place.title
        shown = run(windmill, "show", citation, "--json").stdout
        assert (text.split("\n\n")[0]) in shown
        for form in CITE_FORMATS:
            assert run(windmill, "cite", citation, "--format", form).stdout.strip() == place.cite(form)
    assert "Farmers of Marrowby" in run(windmill, "show", "minutes/farmers/b1-b3").stdout
    refused = run(windmill, "show", "report/VI.1")
    assert refused.exit_code == 2
    assert "did you mean minutes or letter" in refused.stderr


def test_the_command_line_answers(windmill: Library) -> None:
    """`ncr ask`, `search` and `compare` print what the library gives, with the texts' own voices."""
    asked = json.loads(run(windmill, "ask", VISITORS, "--json").stdout)
    assert asked == windmill.ask(VISITORS).to_dict()
    shown = run(windmill, "ask", VISITORS)
    assert (shown.exit_code, "Farmers of Marrowby" in shown.stdout) == (0, True)
    assert "Minutes of Marrowby, section 2" in shown.stdout
    found = [
        json.loads(line)
        for line in run(windmill, "search", "sails", "--voice", "council", "--json").stdout.splitlines()
    ]
    assert [each["citation"] for each in found] == [str(e.citation) for e in windmill.search("sails", voice="council")]
    compared = run(windmill, "compare", "visitors")
    assert all(voice.label in compared.stdout for voice in (FARMERS, INNKEEPERS, COUNCIL, PENHALLOW))
    assert json.loads(run(windmill, "compare", "visitors", "--json").stdout) == windmill.compare("visitors").to_dict()
    missing = run(windmill, "ask", "What is the capital of Albania?")
    assert (missing.exit_code, "Albania" in missing.stdout) == (1, True)
    assert run(windmill, "ask", "windmill", "--voice", "nobody").exit_code == 2


def test_the_command_line_converses(windmill: Library) -> None:
    """`ncr chat` takes questions, follow-ups and its commands through a pipe."""
    typed = (
        VISITORS,
        "and the innkeepers?",
        "/compare visitors",
        "/only farmers",
        "windmill",
        "/show 1",
        "/cite 1 ris",
    )
    done = run(windmill, "chat", "--width", "0", input="\n".join(typed) + "\n")
    assert (done.exit_code, done.stderr) == (0, "only Farmers of Marrowby\n")
    for words in ("trample the hay", "viewing floor", "Visitors and their money", "TY  - "):
        assert words in done.stdout


def test_nothing_is_lost(windmill: Library) -> None:
    """`ncr verify` accounts for every character of both texts."""
    reports = [json.loads(line) for line in run(windmill, "verify", "--json").stdout.splitlines()]
    assert [(each["document"], each["lossless"]) for each in reports] == [("minutes", True), ("letter", True)]
    assert [each["accounted"] for each in reports] == [len(each.source) for each in windmill.documents()]
    assert run(windmill, "verify").exit_code == 0


def test_the_names_are_listed(windmill: Library) -> None:
    """`ncr entities` lists who is named and shows the mentions of one."""
    listed = [json.loads(line)["name"] for line in run(windmill, "entities", "--json").stdout.splitlines()]
    assert listed == [entity.name for entity in windmill.corpus.entities.all]
    assert "mend the sails" in run(windmill, "entities", "Orme").stdout


def test_the_texts_are_exported(windmill: Library, tmp_path: Path) -> None:
    """`ncr export` has every block in JSON lines, CSV, Markdown and one page; one document alone as well."""
    blocks = [block for document in windmill.documents() for block in document.blocks]
    records = [json.loads(line) for line in run(windmill, "export").stdout.splitlines()]
    assert [each["text"] for each in records] == [block.text for block in blocks]
    rows = list(csv.DictReader(io.StringIO(run(windmill, "export", "--format", "csv").stdout)))
    assert [each["voice"] for each in rows] == [block.voice.value for block in blocks]
    assert "`letter/gain/p4`" in run(windmill, "export", "letter", "--format", "markdown").stdout
    page = tmp_path / "letter.html"
    assert run(windmill, "export", "letter", "--format", "html", "-o", str(page)).exit_code == 0
    assert "a working mill is a rarer sight" in page.read_text("utf-8")


def test_the_reader_holds_both_texts(windmill: Library, tmp_path: Path) -> None:
    """The reader has a page a document, with an anchor a block and its voices, and says nothing of other documents."""
    written = {path.relative_to(tmp_path).as_posix(): path for path in write(tmp_path, windmill)}
    assert {"index.html", "minutes.html", "letter.html", "assets/data.js"} <= set(written)
    for document in windmill.documents():
        page = written[f"{document.id}.html"].read_text("utf-8")
        assert all(f'id="{block.citation}"' in page for block in document.blocks)
    data = written["assets/data.js"].read_text("utf-8")
    assert "Who owns the mill?" in data
    for name, path in written.items():
        assert name.endswith((".css", ".js")) or "NATO" not in path.read_text("utf-8"), name
    again = tmp_path / "by the command line"
    assert run(windmill, "export", "--format", "html", "-o", str(again)).exit_code == 0
    assert {path.relative_to(again).as_posix() for path in again.rglob("*.*")} == set(written)


def test_assistants_are_served(windmill: Library) -> None:
    """The MCP server answers from the texts, has their sections as resources and their voices in its schema."""
    mcp = pytest.importorskip("mcp", reason='pip install "ncrelations[mcp]"')
    anyio = pytest.importorskip("anyio")
    from ncrelations.cli.server import server

    async def check(client: Any) -> None:
        asked = await client.call_tool("ask", {"question": VISITORS, "voice": "farmers", "k": 2})
        assert asked.structured_content == windmill.ask(VISITORS, 2, voice="farmers").to_dict()
        found = await client.call_tool("search", {"query": "sails"})
        assert [each["citation"] for each in found.structured_content["result"]] == [
            str(excerpt.citation) for excerpt in windmill.search("sails")
        ]
        compared = await client.call_tool("compare", {"topic": "visitors"})
        assert compared.structured_content == windmill.compare("visitors").to_dict()
        shown = await client.call_tool("show", {"citation": "minutes/farmers/b1-b2"})
        assert all(windmill.resolve(f"minutes/farmers/b{each}").text in shown.content[0].text for each in (1, 2))
        cite = await client.call_tool("cite", {"citation": "letter/gain", "format": "bibtex"})
        assert cite.content[0].text == windmill.resolve("letter/gain").cite("bibtex")
        sections = [section for document in windmill.documents() for section in document.walk()]
        offered = (await client.list_resources()).resources
        assert [str(each.uri) for each in offered] == [f"ncr://{section.citation}" for section in sections]
        read = await client.read_resource("ncr://letter/gain")
        assert "guests who stay the night" in read.contents[0].text
        refused = await client.call_tool("show", {"citation": "report/VI.1"})
        assert "did you mean minutes or letter" in refused.content[0].text

    _served(mcp, anyio, server(windmill), check)


def test_assistants_read_what_the_texts_have(windmill: Library) -> None:
    """Beside what every library has there are tools for its names and themes, and none for another's records."""
    mcp = pytest.importorskip("mcp", reason='pip install "ncrelations[mcp]"')
    anyio = pytest.importorskip("anyio")
    from ncrelations.cli.server import server

    async def check(client: Any) -> None:
        listed = {tool.name for tool in (await client.list_tools()).tools}
        assert listed == {"ask", "search", "compare", "proof", "show", "cite", "toc", "entities", "themes"}
        themes = (await client.call_tool("themes", {"theme": "visitors"})).content[0].text
        assert all(each.text in themes for said in windmill.corpus.themes[0].sentences.values() for each in said)
        assert "letter/gain" in (await client.call_tool("toc", {"document": "letter"})).content[0].text
        named = (await client.call_tool("entities", {"name": "Silas Orme"})).content[0].text
        assert windmill.entity("Silas Orme").mentions[0].sentence.text in named
        block = await client.read_resource("ncr://letter/gain/p1")
        assert windmill.resolve("letter/gain/p1").text in block.contents[0].text

    _served(mcp, anyio, server(windmill), check)


def _served(mcp: Any, anyio: Any, made: Any, check: Callable[[Any], Awaitable[None]]) -> None:
    """Talk to a server in this process."""

    async def session() -> None:
        async with mcp.Client(made) as client:
            await check(client)

    anyio.run(session)


def test_the_bot_answers(windmill: Library) -> None:
    """What the bot asks answers from the texts: a question, a follow-up, a comparison."""
    documents = Documents(windmill)
    documents.warm()
    first, state = documents.ask(ChatState(), VISITORS, None, None)
    second, _ = documents.ask(state, "and the innkeepers?", None, None)
    assert str(first.excerpts[0].citation) == "minutes/farmers/b3"
    assert str(second.excerpts[0].citation) == "minutes/innkeepers/b1"
    alone, _ = documents.ask(ChatState(), "windmill", "letter", PENHALLOW)
    assert {excerpt.citation.document for excerpt in alone.excerpts} == {"letter"}
    assert documents.compare("hay").silent
