"""What Discord refuses and its description does not say, and what this project demands of its own bot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .spec import Spec
from .state import COMPONENTS_V2, Json, walk

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
MESSAGES = "/channels/{channel_id}/messages"
MESSAGE_ROUTES = {
    ("POST", MESSAGES), ("PATCH", f"{MESSAGES}/{{message_id}}"), ("POST", WEBHOOK),
    ("PATCH", f"{WEBHOOK}/messages/@original"), ("PATCH", f"{WEBHOOK}/messages/{{message_id}}"),
}  # fmt: skip
COMMAND_ROUTES = {
    "/applications/{application_id}/commands", "/applications/{application_id}/guilds/{guild_id}/commands",
}  # fmt: skip

EMBED_KEYS = {
    "title", "type", "description", "url", "timestamp", "color", "footer", "image", "thumbnail", "video",
    "provider", "author", "fields", "flags",
}  # fmt: skip
EMBED_PARTS = {
    "footer": {"text", "icon_url", "proxy_icon_url"}, "author": {"name", "url", "icon_url", "proxy_icon_url"},
    "image": {"url", "proxy_url", "height", "width", "flags"}, "provider": {"name", "url"},
    "thumbnail": {"url", "proxy_url", "height", "width", "flags"},
    "video": {"url", "proxy_url", "height", "width", "flags"},
}  # fmt: skip
COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
SELECTS = (3, 5, 6, 7, 8)
POLICY = {"mentions"}


@dataclass(frozen=True)
class Violation:
    """Something one side did that the other must not accept: `side` is "bot" or "server"."""

    side: str
    where: str
    rule: str
    detail: str

    @property
    def refused(self) -> bool:
        """Whether Discord itself would answer 400 (a rule of this project alone would pass there)."""
        return self.rule not in POLICY

    def __str__(self) -> str:
        return f"{self.side} {self.where}: {self.rule}: {self.detail}"


Found = Iterator[tuple[str, str]]


def check_request(
    spec: Spec, method: str, template: str, query: Mapping[str, str], body: Any, *, v2: bool = False
) -> list[Violation]:
    """Everything wrong with a request; v2: the edited message already shows components alone."""
    where = f"{method} {template}"
    problems = [("description", text) for text in spec.check_query(method, template, query)]
    problems += [("description", text) for text in spec.check_body(method, template, body)]
    problems += check_own(method, template, body, v2=v2)
    return [Violation("bot", where, rule, detail) for rule, detail in problems]


def check_own(method: str, template: str, body: Any, *, v2: bool = False) -> Found:
    """Yield what the own rules object to, as (rule, detail)."""
    if template in COMMAND_ROUTES and method in ("PUT", "POST"):
        yield from check_commands([body] if isinstance(body, dict) else body or [])
    elif not isinstance(body, dict):
        return
    elif (method, template) in MESSAGE_ROUTES:
        yield from check_message(body, new=method == "POST", v2=v2)
    elif template == CALLBACK:
        data = body.get("data") or {}
        if body.get("type") in (4, 7):
            yield from check_message(data, new=body["type"] == 4, v2=v2)
        elif body.get("type") == 8:
            yield from check_choices(data.get("choices") or [])


def check_message(body: Json, *, new: bool, v2: bool = False) -> Found:
    """Check the rules for a message, `new` or an edit."""
    mentions = body.get("allowed_mentions")
    if not isinstance(mentions, dict) or mentions.get("parse") != []:
        yield "mentions", f"every message says allowed_mentions parse: [], this one {mentions!r}"
    if isinstance(mentions, dict):
        for word in ("users", "roles"):
            if word in (mentions.get("parse") or []) and mentions.get(word):
                yield "mentions-both", f"parse has {word!r} and {word} are listed too"
    content = body.get("content") or ""
    if isinstance(content, str) and len(content) > 2000:
        yield "content", f"{len(content)} characters, 2000 at most"
    filled = ("content", "embeds", "components", "attachments", "sticker_ids", "poll")
    if new and not any(body.get(key) for key in filled):
        yield "empty", "a message with nothing in it"
    embeds = [embed for embed in body.get("embeds") or [] if isinstance(embed, dict)]
    yield from check_embeds(embeds)
    components = [part for part in body.get("components") or [] if isinstance(part, dict)]
    yield from check_components(components, v2=v2 or bool((body.get("flags") or 0) & COMPONENTS_V2))
    if (body.get("flags") or 0) & COMPONENTS_V2 and (content or embeds or body.get("poll")):
        yield "components-v2", "content, embeds or a poll beside components of version 2"


def check_embeds(embeds: Sequence[Json]) -> Found:
    """Check the rules for all embeds of a message together."""
    total = sum(embed_length(embed) for embed in embeds)
    if total > 6000:
        yield "embed-sum", f"{total} characters in all embeds, 6000 at most"
    for embed in embeds:
        yield from _unknown("embed", embed, EMBED_KEYS)
        for key, known in EMBED_PARTS.items():
            if isinstance(embed.get(key), dict):
                yield from _unknown(key, embed[key], known)
        for entry in embed.get("fields") or []:
            yield from _unknown("field", entry, {"name", "value", "inline"})
            if not str(entry.get("name") or "").strip() or not str(entry.get("value") or "").strip():
                yield "embed-field", f"empty name or value: {entry!r}"


def embed_length(embed: Json) -> int:
    """Return the characters of an embed that count for the 6000."""
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for entry in embed.get("fields") or []:
        texts += [entry.get("name"), entry.get("value")]
    return sum(len(str(text)) for text in texts if text)


def _unknown(what: str, part: Json, known: set[str]) -> Found:
    for key in sorted(set(part) - known):
        yield "embed-key", f"unknown key {key!r} in {what}"


def check_components(rows: Sequence[Json], *, v2: bool) -> Found:
    """Check the rules for buttons, selects and the components of version 2."""
    parts = walk(list(rows))
    newer = sorted({part["type"] for part in parts if part.get("type") in (9, 10, 11, 12, 13, 14, 17)})
    if newer and not v2:
        yield "components-v2", f"component types {newer} without flag {COMPONENTS_V2}"
    if not v2 and len(rows) > 5:
        yield "rows", f"{len(rows)} rows, 5 at most"
    if v2 and len(parts) > 40:
        yield "components-v2", f"{len(parts)} components, 40 at most"
    shown = sum(len(part.get("content") or "") for part in parts if part.get("type") == 10)
    if shown > 4000:
        yield "components-v2", f"{shown} characters displayed, 4000 at most"
    ids = [part["custom_id"] for part in parts if part.get("custom_id")]
    for custom_id in sorted({i for i in ids if ids.count(i) > 1}):
        yield "custom-id", f"{custom_id!r} appears more than once"
    for part in parts:
        if part.get("type") == 2:
            yield from check_button(part)
        elif part.get("type") == 1:
            kinds = [inner.get("type") for inner in part.get("components") or []]
            if len(kinds) > 1 and any(kind in SELECTS for kind in kinds):
                yield "row", f"a select shares its row: types {kinds}"


def check_button(button: Json) -> Found:
    """Check the rules for one button."""
    style = button.get("style")
    if style == 5 and not button.get("url"):
        yield "button", "a link button without url"
    if style in (1, 2, 3, 4) and (not button.get("custom_id") or button.get("url")):
        yield "button", "a button needs a custom_id and no url"
    if style == 5 and button.get("custom_id"):
        yield "button", "a link button with a custom_id"
    if style != 6 and not button.get("label") and not button.get("emoji"):
        yield "button", "neither label nor emoji"


def check_choices(choices: Iterable[Json]) -> Found:
    """Check the rules for autocomplete's suggestions."""
    for choice in choices:
        value = choice.get("value")
        if isinstance(value, str) and not 1 <= len(value) <= 100:
            yield "choice", f"a value of {len(value)} characters, 1 to 100 allowed"


def check_commands(commands: Sequence[Json]) -> Found:
    """Check the rules for a list of application commands."""
    for kind in (1, 2, 3):
        names = [str(command.get("name")) for command in commands if (command.get("type") or 1) == kind]
        for twice in sorted({n for n in names if names.count(n) > 1}):
            yield "command-name", f"{twice!r} is registered twice"
    for command in commands:
        name = command.get("name")
        if (command.get("type") or 1) != 1:
            if command.get("description") or command.get("options"):
                yield "command", f"context menu {name!r} with description or options"
            continue
        if not command.get("description"):
            yield "command", f"/{name} has no description"
        length = command_length(command)
        if length > 8000:
            yield "command-size", f"/{name} has {length} characters, 8000 at most"
        yield from check_names(command)


def check_names(entry: Json) -> Found:
    """Check the rules for the name of a command or option, and for its options."""
    names = [entry.get("name"), *(entry.get("name_localizations") or {}).values()]
    for text in names:
        name = str(text or "")
        if not COMMAND_NAME.fullmatch(name) or name != name.lower():
            yield "command-name", f"{name!r} is not 1-32 lower-case word characters"
    options = entry.get("options") or []
    optional = False
    for option in options:
        if option.get("required") and optional:
            yield "option-order", f"required {option.get('name')!r} after an optional one"
        optional = optional or not option.get("required")
        if option.get("autocomplete") and option.get("choices"):
            yield "option", f"{option.get('name')!r} has both choices and autocomplete"
        yield from check_names(option)
    given = [option.get("name") for option in options]
    if len(set(given)) < len(given):
        yield "command-name", f"two options of one name in {entry.get('name')!r}"


def command_length(entry: Json) -> int:
    """Return the characters of a command that count for the 8000: the longest translation of each text."""
    total = 0
    for key in ("name", "description"):
        texts = [entry.get(key) or "", *(entry.get(f"{key}_localizations") or {}).values()]
        total += max(len(text) for text in texts)
    for choice in entry.get("choices") or []:
        total += len(str(choice.get("name", ""))) + len(str(choice.get("value", "")))
    return total + sum(command_length(option) for option in entry.get("options") or [])
