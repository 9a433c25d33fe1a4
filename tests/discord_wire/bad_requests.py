"""Requests that Discord refuses (or this project forbids), each with the rule that must catch it."""

from __future__ import annotations

from typing import Any, NamedTuple

from .rules import CALLBACK, MESSAGES, WEBHOOK
from .state import COMPONENTS_V2, Json

COMMANDS = "/applications/{application_id}/commands"
ORIGINAL = f"{WEBHOOK}/messages/@original"
THREADS = f"{MESSAGES}/{{message_id}}/threads"


class Request(NamedTuple):
    """A request, named for the test, with the rule that catches it ("" for a good one)."""

    name: str
    rule: str
    method: str
    template: str
    body: Any
    query: dict[str, str] = {}  # noqa: RUF012


def message(**parts: Any) -> Json:
    """Return a message's body that is right but for the parts given."""
    return {"content": "x", "allowed_mentions": {"parse": [], "replied_user": False}, **parts}


def post(name: str, rule: str, /, **parts: Any) -> Request:
    """Return a message to a channel."""
    return Request(name, rule, "POST", MESSAGES, message(**parts))


def embed(name: str, rule: str, *embeds: Json) -> Request:
    """Return a message with embeds."""
    return post(name, rule, embeds=list(embeds))


def rows(name: str, rule: str, *parts: list[Json], **others: Any) -> Request:
    """Return a message with rows of components."""
    return post(name, rule, components=[{"type": 1, "components": part} for part in parts], **others)


def button(custom_id: str = "a", **parts: Any) -> Json:
    """Return a button."""
    return {"type": 2, "style": 1, "label": "b", "custom_id": custom_id, **parts}


def select(custom_id: str = "s", count: int = 1) -> Json:
    """Return a select."""
    options = [{"label": str(number), "value": str(number)} for number in range(count)]
    return {"type": 3, "custom_id": custom_id, "options": options}


def command(name: str, rule: str, /, **parts: Any) -> Request:
    """Return the registration of one command."""
    return Request(name, rule, "PUT", COMMANDS, [{"name": "ask", "description": "d", "type": 1, **parts}])


def option(name: str = "o", **parts: Any) -> Json:
    """Return a command's option."""
    return {"type": 3, "name": name, "description": "d", **parts}


def choices(name: str, rule: str, *given: Json) -> Request:
    """Return autocomplete's suggestions."""
    return Request(name, rule, "POST", CALLBACK, {"type": 8, "data": {"choices": list(given)}})


def callback(name: str, rule: str, kind: int = 4, **parts: Any) -> Request:
    """Return a first response with a message."""
    return Request(name, rule, "POST", CALLBACK, {"type": kind, "data": message(**parts)})


TEXT = {"type": 10, "content": "t"}
V2 = {"content": None, "flags": COMPONENTS_V2}
LINK = {"type": 2, "style": 5, "label": "b"}

OWN = [
    embed("6000 in one embed", "embed-sum", {"description": "x" * 4096, "footer": {"text": "y" * 1905}}),
    embed("6000 in two embeds", "embed-sum", {"description": "x" * 4000}, {"description": "x" * 2001}),
    embed("6000 with fields", "embed-sum", {"fields": [{"name": "n" * 200, "value": "v" * 1001}] * 5}),
    embed("empty field name", "embed-field", {"fields": [{"name": "", "value": "v"}]}),
    embed("empty field value", "embed-field", {"fields": [{"name": "n", "value": " "}]}),
    embed("unknown key in embed", "embed-key", {"titel": "t"}),
    embed("unknown key in field", "embed-key", {"fields": [{"name": "n", "value": "v", "short": True}]}),
    embed("unknown key in footer", "embed-key", {"footer": {"text": "t", "icon": "i"}}),
    post("2001 characters", "content", content="x" * 2001),
    post("nothing", "empty", content=""),
    rows("six rows", "rows", *[[button(str(number))] for number in range(6)]),
    rows("one custom_id twice", "custom-id", [button("a"), button("a")]),
    rows("one custom_id twice in two rows", "custom-id", [button("a")], [select("a")]),
    rows("link without url", "button", [LINK]),
    rows("button without custom_id", "button", [{"type": 2, "style": 1, "label": "b"}]),
    rows("button with url", "button", [button(url="https://example.org")]),
    rows("button without label", "button", [{"type": 2, "style": 1, "custom_id": "a"}]),
    rows("select beside a button", "row", [button("a"), select("s")]),
    rows("two selects in a row", "row", [select("a"), select("s")]),
    post("version 2 without flag", "components-v2", components=[TEXT]),
    post("version 2 with content", "components-v2", components=[TEXT], flags=COMPONENTS_V2),
    post("version 2 with embeds", "components-v2", **V2, components=[TEXT], embeds=[{"title": "t"}]),
    post("4001 characters shown", "components-v2", **V2, components=[{"type": 10, "content": "x" * 2001}] * 2),
    post("41 components", "components-v2", **V2, components=[{"type": 17, "components": [TEXT] * 40}]),
    post("parse with users", "mentions-both", allowed_mentions={"parse": ["users"], "users": ["1"]}),
    post("mentions not said", "mentions", allowed_mentions=None),
    post("everybody mentioned", "mentions", allowed_mentions={"parse": ["everyone"]}),
    Request("mentions not said in an edit", "mentions", "PATCH", f"{MESSAGES}/{{message_id}}", {"content": "x"}),
    Request("mentions not said in a follow-up", "mentions", "POST", WEBHOOK, {"content": "x"}),
    Request("mentions not said in the original", "mentions", "PATCH", ORIGINAL, {"content": "x"}),
    callback("mentions not said in a callback", "mentions", allowed_mentions=None),
    callback("2001 characters in a callback", "content", content="x" * 2001),
    callback("2001 characters in an update", "content", kind=7, content="x" * 2001),
    choices("long value", "choice", {"name": "n", "value": "x" * 101}),
    choices("empty value", "choice", {"name": "n", "value": ""}),
    command("upper-case name", "command-name", name="Ask"),
    command("space in a name", "command-name", name="ask me"),
    command("33 characters", "command-name", name="a" * 33),
    command("upper-case option", "command-name", options=[option("O")]),
    command("upper-case translation", "command-name", name_localizations={"de": "Frage"}),
    command("two options of one name", "command-name", options=[option(), option()]),
    command("required after optional", "option-order", options=[option("a"), option("b", required=True)]),
    command("choices and autocomplete", "option",
            options=[option(autocomplete=True, choices=[{"name": "n", "value": "v"}])]),
    command("no description", "command", description=""),
    command("8001 characters", "command-size",
            options=[option(f"o{i}", choices=[{"name": "n" * 100, "value": "v" * 250}]) for i in range(24)]),
    Request("menu with description", "command", "PUT", COMMANDS, [{"name": "Ask", "type": 3, "description": "d"}]),
    Request("one command twice", "command-name", "PUT", COMMANDS, [{"name": "ask", "description": "d"}] * 2),
]  # fmt: skip

DESCRIBED = [
    embed("title 257", "description", {"title": "x" * 257}),
    embed("description 4097", "description", {"description": "x" * 4097}),
    embed("author 257", "description", {"author": {"name": "x" * 257}}),
    embed("footer 2049", "description", {"footer": {"text": "x" * 2049}}),
    embed("field name 257", "description", {"fields": [{"name": "x" * 257, "value": "v"}]}),
    embed("field value 1025", "description", {"fields": [{"name": "n", "value": "x" * 1025}]}),
    embed("26 fields", "description", {"fields": [{"name": "n", "value": "v"}] * 26}),
    embed("11 embeds", "description", *[{"title": "t"}] * 11),
    embed("colour", "description", {"color": 1 << 24}),
    rows("label 81", "description", [button(label="x" * 81)]),
    rows("custom_id 101", "description", [button("x" * 101)]),
    rows("six buttons", "description", [button(str(number)) for number in range(6)]),
    rows("26 options", "description", [select(count=26)]),
    rows("no options", "description", [select(count=0)]),
    rows("unknown style", "description", [button(style=9)]),
    post("unknown key", "description", contents="x"),
    post("bad mention type", "description", allowed_mentions={"parse": ["people"]}),
    post("content a number", "description", content=5),
    callback("unknown callback", "description", kind=77),
    choices("26 choices", "description", *[{"name": "n", "value": str(number)} for number in range(26)]),
    choices("name 101", "description", {"name": "x" * 101, "value": "v"}),
    choices("empty name", "description", {"name": "", "value": "v"}),
    command("description 101", "description", description="x" * 101),
    command("26 options of a command", "description", options=[option(f"o{number}") for number in range(26)]),
    command("unknown option type", "description", options=[option(type=99)]),
    command("unknown key of a command", "description", privat=True),
    Request("thread name 101", "description", "POST", THREADS, {"name": "x" * 101}),
    Request("thread name empty", "description", "POST", THREADS, {"name": ""}),
    Request("thread 61 minutes", "description", "POST", THREADS, {"name": "n", "auto_archive_duration": 61}),
    Request("follow-up 2001", "description", "POST", WEBHOOK, message(content="x" * 2001)),
    Request("limit 101", "description", "GET", MESSAGES, None, {"limit": "101"}),
    Request("unknown query", "description", "GET", MESSAGES, None, {"since": "1"}),
    Request("no body", "description", "POST", MESSAGES, None),
]  # fmt: skip

GOOD = [
    embed("6000 exactly", "", {"description": "x" * 4000}, {"description": "x" * 2000}),
    rows("five rows", "", *[[button(str(number))] for number in range(4)], [select(count=25)]),
    rows("link", "", [{**LINK, "url": "https://example.org"}]),
    post("whole numbers as ids", "", message_reference={"message_id": 12, "channel_id": 3, "guild_id": 4}),
    post("named users", "", allowed_mentions={"parse": [], "users": [12]}),
    post("version 2", "", **V2, components=[{"type": 17, "components": [TEXT]}]),
    callback("ephemeral", "", flags=64),
    Request("deferral", "", "POST", CALLBACK, {"type": 5, "data": {"flags": 64}}, {"with_response": "1"}),
    Request("tts in the original's edit", "", "PATCH", ORIGINAL, message(tts=False)),
    Request("direct conversation", "", "POST", "/users/@me/channels", {"recipient_id": 12}),
    choices("25 choices", "", *[{"name": "n", "value": "x" * 100} for _ in range(25)]),
    command("command as discord.py sends it", "", nsfw=False, dm_permission=True, contexts=None,
            integration_types=None, default_member_permissions=None, options=[option("a", required=True), option("b")]),
    command("other script", "", name="вопрос"),
    Request("menu", "", "PUT", COMMANDS, [{"name": "Ask about this", "type": 3, "nsfw": False}]),
    Request("history", "", "GET", MESSAGES, None, {"limit": "100", "before": "12"}),
]  # fmt: skip
