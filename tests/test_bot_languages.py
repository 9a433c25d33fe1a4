"""The bot in the languages of the catalogue, over the wire: what is the bot's own is translated, quotations are not."""

from __future__ import annotations

import re

import pytest

from bot_kit import AUKUS, PARTIAL, UNANSWERED, Troubled, embed, labels, running
from discord_wire import WireServer
from ncrelations.errors import LanguageUnavailable
from ncrelations.texts import Texts

pytest_plugins = ["discord_wire.fixtures"]
pytestmark = pytest.mark.asyncio

LOCALES = {
    "zh-TW": ("🔴 中國對北約的看法", ["更多段落", "上下文", "看法：北約對中國的看法", "引用", "刪除"]),
    "de": (
        "🔴 Sicht Chinas auf die NATO",
        ["Weitere Stellen", "Im Zusammenhang", "Sicht: Sicht der NATO auf China", "Zitieren", "Löschen"],
    ),
}


@pytest.mark.parametrize("locale", LOCALES)
async def test_an_answer_in_the_readers_language(wire: WireServer, locale: str) -> None:
    """Voice, footer and buttons are translated, and stay so on the next page; the passage is quoted in English."""
    title, buttons = LOCALES[locale]
    async with running(wire):
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", locale=locale, question=AUKUS)).response()
        assert embed(asked.reply)["title"] == title
        assert labels(asked.reply) == buttons
        assert "the establishment of AUKUS" in embed(asked.reply)["description"]
        texts = Texts(locale)
        assert texts("answer.page", page=1, pages=3) in embed(asked.reply)["footer"]["text"]
        turned = await (await wire.click(asked.reply, buttons[0], wire.alice, locale=locale)).response()
        assert texts("answer.page", page=2, pages=3) in embed(turned.reply)["footer"]["text"]


@pytest.mark.parametrize("locale", LOCALES)
async def test_reasons_in_the_readers_language(wire: WireServer, locale: str) -> None:
    """Why the documents do not answer, or only in part, is said without English but for names."""
    async with running(wire):
        for question in (UNANSWERED, PARTIAL):
            asked = wire.slash(wire.alice, wire.channel, "ask", locale=locale, question=question)
            remarks = re.findall("^▸ (.*)$", embed((await (await asked).response()).reply)["description"], re.MULTILINE)
            assert remarks
            assert not [line for line in remarks if re.search(r"\b(?:the|report|text|passages)\b", line)]


async def test_a_comparison_in_traditional_chinese(wire: WireServer) -> None:
    """The silent side, the editors' theme and the title are translated."""
    async with running(wire):
        asked = wire.slash(wire.alice, wire.channel, "compare", locale="zh-TW", topic="COVID-19")
        shown = embed((await (await asked).response()).reply)
        assert shown["title"] == "各方看法對照"
        assert "編者主題：新冠疫情" in shown["description"]
        assert "*對此沒有說法。*" in [field["value"] for field in shown["fields"]]


async def test_a_mistake_in_the_readers_language(wire: WireServer) -> None:
    """A place that does not exist is told in the language, with the near misses."""
    async with running(wire):
        asked = wire.slash(wire.alice, wire.channel, "section", locale="de", place="report/IX")
        assert "es gibt keinen Abschnitt „report/IX“; gemeint" in (await (await asked).response()).reply.content


async def test_a_question_that_needs_the_extra(wire: WireServer) -> None:
    """One line in the language of the question, whatever the reader's, and no trace in the log."""

    def missing(_: str) -> None:
        raise LanguageUnavailable("zh-Hans", "it is not installed", "pip install it")

    async with running(wire, Troubled(missing)):
        asked = wire.slash(wire.alice, wire.channel, "ask", locale="de", question="北约为什么担心中国？")
        said = (await (await asked).response()).reply.content
        assert said.startswith("用中文提问需要安装扩展")
        assert "\n" not in said
