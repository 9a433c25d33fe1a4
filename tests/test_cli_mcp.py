from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import ncrelations as n

mcp = pytest.importorskip("mcp", reason='pip install "ncrelations[mcp]"')
anyio = pytest.importorskip("anyio")

from ncrelations.answers.answer import Nearby  # noqa: E402
from ncrelations.cli import server  # noqa: E402  # needs mcp
from ncrelations.render.record_data import milestone_dict  # noqa: E402
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


def test_tools_answer_with_citations_that_resolve() -> None:
    """The tools are typed and read-only, answer as the library does, and refuse in words."""

    async def check(session: Any) -> None:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert sorted(tools) == ["ask", "cite", "compare", "proof", "search", "show", "timeline"]
        assert all(tool.annotations.read_only_hint and tool.output_schema for tool in tools.values())
        assert tools["ask"].input_schema["properties"]["voice"]["anyOf"][0]["enum"] == [
            voice.value for voice in n.Voice
        ]

        answer = (await session.call_tool("ask", {"question": "maritime security", "k": 2})).structured_content
        assert answer == n.ask("maritime security", 2).to_dict()
        found = (await session.call_tool("search", {"query": "Huawei", "voice": "china"})).structured_content["result"]
        assert [n.resolve(each["citation"]).human for each in found] == [each["human"] for each in found]
        compared = (await session.call_tool("compare", {"topic": "Huawei"})).structured_content
        assert compared == n.compare("Huawei").to_dict()
        shown = (await session.call_tool("show", {"citation": "report/VI.1/p1-p2"})).structured_content["result"]
        assert [each["citation"] for each in shown] == ["report/VI.1/p1", "report/VI.1/p2"]
        cited = (await session.call_tool("cite", {"citation": "report/VI.1", "format": "bibtex"})).structured_content
        assert cited["result"] == n.resolve("report/VI.1").cite("bibtex")
        stops = (await session.call_tool("timeline", {})).structured_content["result"]
        dates = [event["date"] for each in stops for event in each["events"] if event["date"]]
        assert dates == ["late October", "5 June 2018", "26 September"]

        refused = await session.call_tool("show", {"citation": "report/VI.9"})
        assert refused.is_error
        assert "did you mean report/VI.5" in refused.content[0].text

    converse(check)


def test_places_and_voices_are_read_loosely() -> None:
    """Assistants that fill every argument in filter by nothing; places and voices need no exact spelling."""

    async def check(session: Any) -> None:
        async def result(tool: str, **arguments: Any) -> Any:
            return (await session.call_tool(tool, arguments)).structured_content

        everything = {"question": "Huawei", "k": 1}
        assert await result("ask", **everything, within="", voice="") == n.ask("Huawei", 1).to_dict()
        assert await result("ask", **everything, within="[report/iv]") == n.ask("Huawei", 1, "report/IV").to_dict()
        (found,) = (await result("search", query="Huawei", k=1, within="IV", voice="CHINA"))["result"]
        assert (found["voice"], found["section"]) == ("china", "IV")
        shown = (await result("show", citation="VI.1/p2–p3"))["result"]
        assert [each["citation"] for each in shown] == ["report/VI.1/p2", "report/VI.1/p3"]
        refused = await session.call_tool("ask", {**everything, "within": "report/IV/b1-b2"})
        assert "name one place, such as report/IV" in refused.content[0].text

    converse(check)


def test_every_section_is_a_resource_and_there_is_a_prompt() -> None:
    """Each section can be read under its citation; the prompt asks for quotations with their voices."""

    async def check(session: Any) -> None:
        resources = (await session.list_resources()).resources
        sections = [section for document in n.documents() for section in document.walk()]
        assert [str(each.uri) for each in resources] == [f"ncr://{section.citation}" for section in sections]
        text = (await session.read_resource("ncr://report/III")).contents[0].text
        assert all(block.text in text for block in n.report.nato_perceptions.blocks)
        assert "NATO perception of China" in text
        (prompt,) = (await session.list_prompts()).prompts
        message = (await session.get_prompt(prompt.name, {"question": "Why AUKUS?"})).messages[0].content.text
        assert "Name the voice of every quotation" in message
        assert message.endswith("Why AUKUS?")

    converse(check)


def test_the_schemas_have_every_key_of_the_data() -> None:
    """The typed schemas name exactly what `to_dict` gives, so that nothing is dropped on the way."""
    answer = n.ask("maritime security", 1)
    assert list(response_data.AnswerData.__annotations__) == list(answer.to_dict())
    nearby = Nearby(n.Citation("report"), "the report", n.Voice.NATO, "NATO believes")
    assert list(response_data.NearbyData.__annotations__) == list(nearby.to_dict())
    assert response_data.ExcerptData.__required_keys__ == set(answer.excerpts[0].to_dict())
    milestone = milestone_dict(n.report.milestones[0])
    assert list(server.MilestoneData.__annotations__) == list(milestone)
    assert list(server.EventData.__annotations__) == list(milestone["events"][0])


BEGIN = (
    b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},'
    b'"clientInfo":{"name":"test","version":"1"}}}\n{"jsonrpc":"2.0","method":"notifications/initialized"}\n'
)


@pytest.fixture
def raw() -> Iterator[subprocess.Popen[bytes]]:
    """`ncr mcp` with bare pipes, initialized."""
    environment = {**os.environ, "PYTHONPATH": str(Path(n.__file__).parents[1])}
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "ncrelations", "mcp"]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as process:
        send(process, BEGIN)
        assert process.stdout is not None
        assert b'"serverInfo"' in process.stdout.readline()
        yield process
        process.kill()


def send(process: subprocess.Popen[bytes], data: bytes) -> None:
    """Write to its standard input."""
    assert process.stdin is not None
    process.stdin.write(data)
    process.stdin.flush()


def call(id: int, tool: str, **arguments: str) -> bytes:
    """A call of a tool, its arguments in JSON."""
    given = ",".join(f'"{name}":{value}' for name, value in arguments.items())
    params = f'{{"name":"{tool}","arguments":{{{given}}}}}'
    return f'{{"jsonrpc":"2.0","params":{params},"id":{id},"method":"tools/call"}}\n'.encode()


def answers(process: subprocess.Popen[bytes], count: int) -> dict[int, Any]:
    """So many of its answers, by id."""
    assert process.stdout is not None
    found = [json.loads(process.stdout.readline()) for _ in range(count)]
    return {each["id"]: each for each in found}


def test_every_call_gets_an_answer(raw: subprocess.Popen[bytes]) -> None:
    """However deeply arguments are nested and however long they are, the call is answered, and so is the next."""
    nested = {2: 20, 3: 250, 4: 100_000}
    for id, depth in nested.items():
        send(raw, call(id, "ask", question='{"id":[' * depth + "7" + "]}" * depth))
    send(raw, call(5, "cite", citation='"report", "x": "' + "[" * 500 + '"'))
    send(raw, call(6, "cite", citation='"' + "x" * 33_000_000 + '"'))
    send(raw, call(7, "cite", citation='"report"'))
    found = answers(raw, 6)
    assert all("nested too deeply" in found[id]["error"]["message"] for id in (3, 4))
    assert found[6]["error"]["message"] == "the message is too long"
    assert "result" in found[2]
    assert "result" in found[5]
    assert found[7]["result"]["structuredContent"]["result"] == "CSDR-CIISS report [report]"


def test_a_client_may_stop_reading(raw: subprocess.Popen[bytes]) -> None:
    """With nobody to read what it says the server ends, without a word, though its input is still open."""
    assert raw.stdout is not None
    assert raw.stderr is not None
    raw.stdout.close()
    send(raw, call(2, "show", citation='"report/VI"'))
    assert raw.wait(30) == 1
    assert raw.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no such signal")
def test_ctrl_c_ends_the_server(raw: subprocess.Popen[bytes]) -> None:
    """An interrupted server says no more than that."""
    raw.send_signal(signal.SIGINT)
    assert raw.wait(30) == 130
    assert raw.stderr is not None
    assert raw.stderr.read() == b"ncr: stopped\n"
