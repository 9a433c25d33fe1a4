"""Finding a registered command and filling in its options as Discord's client would allow it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .payloads import channel_json, member_json, user_json
from .state import ADMINISTRATOR, DM, Channel, File, Json, State, User, WireError

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, MENTIONABLE, NUMBER = 1, 2, 3, 4, 5, 6, 7, 9, 10
ATTACHMENT = 11


def find_command(state: State, channel: Channel, name: str, kind: int) -> Json:
    """Return the command of that name and kind in that place; one of the guild hides a global one."""
    guild_id = None if channel.guild is None else channel.guild.id
    scopes = [None] if guild_id is None else [guild_id, None]
    for scope in scopes:
        for command in state.commands.get(scope, []):
            if command["name"] == name and command["type"] == kind:
                return command
    known = [f"{c['name']} ({c['type']})" for scope in scopes for c in state.commands.get(scope, [])]
    raise WireError(f"no command {name!r} of type {kind} is registered here; there are {known}")


def check_place(command: Json, user: User, channel: Channel) -> None:
    """Refuse a command that Discord would not offer this user in this place."""
    contexts = command.get("contexts")
    here = 1 if channel.kind == DM else 0
    if contexts is not None and here not in contexts:
        raise WireError(f"{command['name']!r} is not offered in context {here}")
    if here == 1 and contexts is None and command.get("dm_permission") is False:
        raise WireError(f"{command['name']!r} is for guilds only")
    needed = command.get("default_member_permissions")
    if here == 1 or needed is None or user.permissions & ADMINISTRATOR:
        return
    if needed == "0" or int(needed) & ~user.permissions:
        raise WireError(f"{user.name} lacks the permissions for {command['name']!r}")


def build_options(entry: Json, path: list[str], given: Mapping[str, Any], focused: str | None) -> list[Json]:
    """Return the options as an interaction carries them; wrong ones raise WireError."""
    known = {option["name"]: option for option in entry.get("options", [])}
    if any(option["type"] in (SUBCOMMAND, GROUP) for option in known.values()):
        if not path or path[0] not in known:
            raise WireError(f"{entry['name']!r} needs one of its subcommands {sorted(known)}")
        inner = known[path[0]]
        return [{"name": path[0], "type": inner["type"], "options": build_options(inner, path[1:], given, focused)}]
    if path:
        raise WireError(f"{entry['name']!r} has no subcommand {path[0]!r}")
    unknown = set(given) - set(known)
    if unknown:
        raise WireError(f"{entry['name']!r} has no option {sorted(unknown)}; it has {sorted(known)}")
    missing = [name for name, option in known.items() if option.get("required") and name not in given]
    if missing and focused is None:
        raise WireError(f"{entry['name']!r} needs {missing}")
    if focused is not None and not known.get(focused, {}).get("autocomplete"):
        raise WireError(f"{entry['name']!r}: option {focused!r} does not complete itself")
    values = {focused: "", **given} if focused is not None else dict(given)
    return [_option(known[name], value, name == focused) for name, value in values.items()]


def _option(option: Json, value: Any, focused: bool) -> Json:
    kind, name = option["type"], option["name"]
    sent = str(value.id) if isinstance(value, User | Channel | File) else value
    expected: dict[int, type | tuple[type, ...]] = {
        STRING: str, INTEGER: int, BOOLEAN: bool, USER: User, CHANNEL: Channel, MENTIONABLE: User, NUMBER: (int, float),
        ATTACHMENT: File,
    }  # fmt: skip
    if kind not in expected:
        raise WireError(f"option {name!r}: type {kind} is not supported by the test server")
    if not focused:
        if not isinstance(value, expected[kind]) or (kind != BOOLEAN and isinstance(value, bool)):
            raise WireError(f"option {name!r} does not take {value!r}")
        _check_value(option, value)
    return {"name": name, "type": kind, "value": sent, **({"focused": True} if focused else {})}


def _check_value(option: Json, value: Any) -> None:
    choices = [choice["value"] for choice in option.get("choices", [])]
    if choices and value not in choices:
        raise WireError(f"option {option['name']!r}: {value!r} is none of {choices}")
    if not isinstance(value, str | int | float):
        return
    size = len(value) if isinstance(value, str) else value
    word = "length" if isinstance(value, str) else "value"
    low, high = option.get(f"min_{word}", size), option.get(f"max_{word}", size)
    if not low <= size <= high:
        raise WireError(f"option {option['name']!r}: {word} {size} is not in {low} to {high}")


def resolved(state: State, given: Mapping[str, Any]) -> Json:
    """Return the users, channels and files that options name, in full."""
    users = {str(value.id): value for value in given.values() if isinstance(value, User)}
    channels = {str(value.id): value for value in given.values() if isinstance(value, Channel)}
    files = {str(value.id): value.json() for value in given.values() if isinstance(value, File)}
    found: Json = {"attachments": files} if files else {}
    if users:
        found["users"] = {key: user_json(user) for key, user in users.items()}
        found["members"] = {
            key: member_json(user, with_user=False, permissions=user.permissions) for key, user in users.items()
        }
    if channels:
        found["channels"] = {key: {**channel_json(state, c), "permissions": "0"} for key, c in channels.items()}
    return found
