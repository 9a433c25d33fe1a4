from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

import ncrelations as n

mcp = pytest.importorskip("mcp", reason='pip install "ncrelations[mcp]"')
anyio = pytest.importorskip("anyio")

from ncrelations.answers.answer import Nearby  # noqa: E402
from ncrelations.cli.assistant_pages import LONGEST_PAGE, Piece, pages_of  # noqa: E402
from ncrelations.service import response_data  # noqa: E402


def converse(with_session: Callable[[Any], Awaitable[None]]) -> None:
    """Start `ncr mcp` in a process of its own and talk to it with the SDK's own client over its pipes."""
    environment = {**os.environ, "PYTHONPATH": str(Path(n.__file__).parents[1])}
    parameters = mcp.StdioServerParameters(command=sys.executable, args=["-m", "ncrelations", "mcp"], env=environment)

    async def run() -> None:
        async with mcp.stdio_client(parameters) as (read, write), mcp.ClientSession(read, write) as session:
            await session.initialize()
            await with_session(session)

    anyio.run(run)


DATA = {"ask", "search", "compare", "proof"}
TEXT = {
    "cite", "entities", "milestones", "perceptions", "recommendations", "risks", "show", "themes", "timeline", "toc"
}  # fmt: skip


async def text_of(session: Any, tool: str, **arguments: Any) -> str:
    """What a tool says that gives text: one piece of it, and no data beside it."""
    result = await session.call_tool(tool, arguments)
    (content,) = result.content
    assert not result.is_error, content.text
    assert result.structured_content is None
    return str(content.text)


async def refusal_of(session: Any, tool: str, **arguments: Any) -> str:
    """The error that a call ends in."""
    result = await session.call_tool(tool, arguments)
    assert result.is_error
    return str(result.content[0].text)


def test_tools_answer_with_citations_that_resolve() -> None:
    """The tools are typed and read-only, answer as the library does, and refuse in words."""

    async def check(session: Any) -> None:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert set(tools) == DATA | TEXT
        assert {name for name, tool in tools.items() if tool.output_schema} == DATA
        assert all(tool.annotations.read_only_hint for tool in tools.values())
        assert not any(tool.input_schema["additionalProperties"] for tool in tools.values())
        assert tools["ask"].input_schema["properties"]["voice"]["anyOf"][0]["enum"] == [
            voice.value for voice in n.Voice
        ]

        asked = await session.call_tool("ask", {"question": "maritime security", "k": 2})
        assert asked.structured_content == n.ask("maritime security", 2).to_dict()
        assert [json.loads(each.text) for each in asked.content] == [asked.structured_content]
        assert "\n" not in asked.content[0].text
        found = (await session.call_tool("search", {"query": "Huawei", "voice": "china"})).structured_content["result"]
        assert [n.resolve(each["citation"]).human for each in found] == [each["human"] for each in found]
        compared = (await session.call_tool("compare", {"topic": "Huawei"})).structured_content
        assert compared == n.compare("Huawei").to_dict()
        shown = await text_of(session, "show", citation="report/VI.1/p1-p2")
        assert all(n.resolve(f"report/VI.1/{block}").text in shown for block in ("p1", "p2"))
        cited = await text_of(session, "cite", citation="report/VI.1", format="bibtex")
        assert cited == n.resolve("report/VI.1").cite("bibtex")
        assert "did you mean report/VI.5" in await refusal_of(session, "show", citation="report/VI.9")

    converse(check)


def test_long_texts_come_page_by_page() -> None:
    """The whole report is some pages of bounded size; each begins with whose words they are and says what is next."""

    async def check(session: Any) -> None:
        first = await text_of(session, "show", citation="report")
        count = int(first.rpartition(" of ")[2].partition(";")[0])
        pages = [first] + [await text_of(session, "show", citation="report", page=each + 1) for each in range(1, count)]
        assert 1 < count < 6
        assert all(len(page) <= LONGEST_PAGE + 100 for page in pages)
        assert first.endswith(f'[Page 1 of {count}; next: show(citation="report", page=2)]')
        assert pages[-1].endswith(f"[Page {count} of {count}; the last one]")
        assert all(voice in page[:300] for page in pages for voice in [page.splitlines()[1].partition(",")[0]])
        labels = {voice.label for voice in n.Voice}
        assert all(page.splitlines()[1].partition(",")[0] in labels for page in pages)
        whole = "\n".join(pages)
        places = [whole.index(block.text) for block in n.report.blocks]
        assert places == sorted(places)
        assert sum(map(len, pages)) < 1.2 * sum(len(block.text) for block in n.report.blocks)
        beyond = await refusal_of(session, "show", citation="report", page=count + 1)
        assert beyond == f"there is no page '{count + 1}'; did you mean {count}?"
        assert "[Page" not in await text_of(session, "show", citation="report/VI.1")

    converse(check)


def test_records_names_themes_and_contents_are_tools() -> None:
    """What the command line lists is listed for assistants, each passage with its voice and citation."""

    async def check(session: Any) -> None:
        both = await text_of(session, "perceptions")
        assert all(each.headline in both for each in n.report.nato_perceptions.perceptions)
        china = await text_of(session, "perceptions", holder="China")
        assert china.count("Chinese perception of NATO") == len(n.report.chinese_perceptions.perceptions)
        assert "NATO perception of China" not in china
        assert "did you mean nato or china" in await refusal_of(session, "perceptions", holder="wong")
        risks = await text_of(session, "risks")
        assert all(f"{each.headline}" in risks and str(each.block.citation) in risks for each in n.report.risks.risks)
        advice = await text_of(session, "recommendations")
        for each in n.report.recommendations.recommendations:
            assert all(sentence.text in advice for sentence in (*each.rationale, *each.proposal))
        stops = n.report.milestones.milestones
        for name in ("milestones", "timeline"):
            told = await text_of(session, name)
            assert all(event.text in told for each in stops for event in each.events)
            assert "5 June 2018" in told
        assert "Huawei" in await text_of(session, "entities")
        mentions = await text_of(session, "entities", name="huawei")
        assert all(each.sentence.text in mentions for each in n.entity("Huawei").mentions)
        assert "there is no entity 'Huawey'" in await refusal_of(session, "entities", name="Huawey")
        listed = await text_of(session, "themes")
        assert listed.splitlines() == [f"- {theme.id}: {theme.title}" for theme in n.themes()]
        for theme in (n.themes()[0], n.themes()[-1]):
            told = await text_of(session, "themes", theme=theme.title.upper())
            assert "the editors' pairing" in told
            assert all(each.text in told for said in theme.sentences.values() for each in said)
        assert "there is no theme 'cheese'" in await refusal_of(session, "themes", theme="cheese")
        contents = await text_of(session, "toc")
        assert all(str(section.citation) in contents for each in n.documents() for section in each.walk())
        assert "report/" not in await text_of(session, "toc", document="Article/intro")

    converse(check)


def test_places_and_voices_are_read_loosely() -> None:
    """Assistants that fill every argument in filter by nothing; places and voices need no exact spelling."""

    async def check(session: Any) -> None:
        async def result(tool: str, **arguments: Any) -> Any:
            return (await session.call_tool(tool, arguments)).structured_content

        five = {"question": "Huawei", "k": "", "within": "", "voice": " "}
        assert await result("ask", **five) == n.ask("Huawei").to_dict()
        assert await result("ask", question="Huawei", k=None, within=None) == n.ask("Huawei").to_dict()
        cited = await text_of(session, "cite", citation="report", format="")
        assert cited == n.resolve("report").cite()
        for tool, optional in (("perceptions", "holder"), ("entities", "name"), ("toc", "document")):
            assert await text_of(session, tool, **{optional: "", "page": ""}) == await text_of(session, tool)
        everything = {"question": "Huawei", "k": 1}
        assert await result("ask", **everything, within="[report/iv]") == n.ask("Huawei", 1, "report/IV").to_dict()
        (found,) = (await result("search", query="Huawei", k=1, within="IV", voice="CHINA"))["result"]
        assert (found["voice"], found["section"]) == ("china", "IV")
        shown = await text_of(session, "show", citation="VI.1/p2–p3")
        assert ("report/VI.1/p2" in shown, "report/VI.1/p3" in shown, "report/VI.1/p1" in shown) == (True, True, False)
        told = await refusal_of(session, "ask", **everything, within="report/IV/b1-b2")
        assert "name one place, such as report/IV" in told

    converse(check)


def test_what_a_tool_does_not_take_is_refused() -> None:
    """Unknown, missing and wrong arguments, of tools and prompts, are errors in one line that says what to try."""

    async def check(session: Any) -> None:
        told = await refusal_of(session, "search", query="trade", withn="report")
        assert told == "search takes no argument 'withn'; did you mean within?; it takes query, k, within, voice"
        assert "risks takes no argument 'holder'" in await refusal_of(session, "risks", holder="nato")
        for arguments, name in (({}, "question"), ({"question": ""}, ""), ({"question": "x", "k": 99}, "k")):
            told = await refusal_of(session, "ask", **arguments)
            assert "\n" not in told
            assert "pydantic" not in told
            assert name in told
        for prompt, arguments in (("nope", {}), ("quote_the_documents", {})):
            with pytest.raises(mcp.MCPError, match=r"Unknown prompt|Missing required"):
                await session.get_prompt(prompt, arguments)

    converse(check)


def test_every_place_is_a_resource_and_there_is_a_prompt() -> None:
    """Sections are listed, every place can be read under its citation; the prompt asks for quotations and voices."""

    async def check(session: Any) -> None:
        resources = (await session.list_resources()).resources
        sections = [section for document in n.documents() for section in document.walk()]
        assert [str(each.uri) for each in resources] == [f"ncr://{section.citation}" for section in sections]
        templates = [each.uri_template for each in (await session.list_resource_templates()).resource_templates]
        assert "ncr://{document}/{section}/{block}" in templates

        async def read(uri: str) -> str:
            return str((await session.read_resource(uri)).contents[0].text)

        text = await read("ncr://report/III")
        assert all(block.text in text for block in n.report.nato_perceptions.blocks)
        assert "NATO perception of China" in text
        for citation in ("report/III/b1", "report/MS/m11", "article/notes/p2", "report/IV/b3/s2"):
            assert n.resolve(citation).text in await read(f"ncr://{citation}")
        article = await read("ncr://article")
        assert all(block.text in article for block in n.article.blocks)
        ranged = await read("ncr://report/VI.1/p2%E2%80%93p3")
        assert all(n.resolve(f"report/VI.1/{block}").text in ranged for block in ("p2", "p3"))
        with pytest.raises(mcp.MCPError, match=r"did you mean report/VI\.1/p"):
            await read("ncr://report/VI.1/p99")
        (prompt,) = (await session.list_prompts()).prompts
        message = (await session.get_prompt(prompt.name, {"question": "Why AUKUS?"})).messages[0].content.text
        assert "Name the voice of every quotation" in message
        assert message.endswith("Why AUKUS?")

    converse(check)


def test_a_passage_longer_than_a_page_is_cut_between_words() -> None:
    """Each part stands under the heading, and together they have every word once."""
    words = " ".join(map(str, range(2_000)))
    pages = pages_of([Piece("Whose view", words), Piece("Another", "end")], 500)
    assert all(len(page) <= 500 for page in pages)
    assert all(page.startswith("Whose view") for page in pages[:-1])
    assert " ".join(" ".join(page.splitlines()[2:]) for page in pages).split()[:2_000] == words.split()


def test_the_schemas_have_every_key_of_the_data() -> None:
    """The typed schemas name exactly what `to_dict` gives, so that nothing is dropped on the way."""
    answer = n.ask("maritime security", 1)
    assert list(response_data.AnswerData.__annotations__) == list(answer.to_dict())
    nearby = Nearby(n.Citation("report"), "the report", n.Voice.NATO, "NATO believes")
    assert list(response_data.NearbyData.__annotations__) == list(nearby.to_dict())
    assert response_data.ExcerptData.__required_keys__ == set(answer.excerpts[0].to_dict())
