"""Registering the commands only when they differ from what is registered. Needs no storage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from discord import app_commands
from discord.http import Route

from ncrelations_discord.logs import log

_KEYS = (
    "type", "name", "name_localizations", "description", "description_localizations", "required", "autocomplete",
    "min_length", "max_length", "min_value", "max_value", "value", "default_member_permissions", "nsfw",
)  # fmt: skip


def fingerprint(commands: Iterable[Mapping[str, Any]]) -> str:
    """A hash of what matters of the commands, the same for what is sent and what Discord returns."""
    plain = sorted((_plain(command) for command in commands), key=lambda each: (each.get("type", 1), each["name"]))
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry without what Discord adds, and without what says nothing."""
    kept: dict[str, Any] = {key: entry[key] for key in _KEYS if entry.get(key) not in (None, False, "", {})}
    kept |= {key: sorted(entry[key]) for key in ("contexts", "integration_types") if entry.get(key)}
    kept |= {key: [_plain(each) for each in entry[key]] for key in ("options", "choices") if entry.get(key)}
    return kept


async def synchronise(tree: app_commands.CommandTree[Any]) -> bool:
    """Register the tree's global commands, if they are not registered just so. Whether they were sent."""
    http, application = tree.client.http, tree.client.application_id
    wanted = [
        await command.get_translated_payload(tree, tree.translator) if tree.translator else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    route = Route("GET", "/applications/{application_id}/commands", application_id=application)
    registered = await http.request(route, params={"with_localizations": "true"})
    if fingerprint(registered) == fingerprint(wanted):
        log.info("commands are up to date")
        return False
    await tree.sync()
    log.info("commands registered", extra={"fields": {"commands": len(wanted)}})
    return True
