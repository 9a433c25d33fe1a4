"""The server's objects as Discord writes them in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .state import DM, EVERYBODY, LOADING, THREAD, Channel, Guild, Json, Message, State, User, walk

JOINED = "2024-01-01T00:00:00+00:00"
MESSAGE_CONTENT = 1 << 15

# What Discord adds to components that do not say it, by type.
FILLED_IN: dict[int, Json] = {
    **{kind: {"min_values": 1, "max_values": 1} for kind in (3, 5, 6, 7, 8)},
    11: {"description": None, "spoiler": False}, 13: {"name": None, "size": None, "spoiler": False},
    14: {"spacing": 1, "divider": True}, 17: {"accent_color": None, "spoiler": False},
}  # fmt: skip


def user_json(user: User) -> Json:
    """Return a user as everyone sees them."""
    return {
        "id": str(user.id), "username": user.name, "global_name": user.name.title(), "avatar": None,
        "discriminator": "0" if not user.bot else "0001", "public_flags": 0, "flags": 0, "bot": user.bot,
        "primary_guild": None,
    }  # fmt: skip


def me_json(user: User) -> Json:
    """Return the bot as it sees itself."""
    return {**user_json(user), "mfa_enabled": True, "locale": user.locale, "email": None, "verified": True}


def member_json(user: User, *, with_user: bool = True, permissions: int | None = None) -> Json:
    """Return a user as member of a guild."""
    member: Json = {
        "avatar": None, "banner": None, "communication_disabled_until": None, "flags": 0, "joined_at": JOINED,
        "nick": None, "pending": False, "premium_since": None, "roles": [], "mute": False, "deaf": False,
    }  # fmt: skip
    if with_user:
        member["user"] = user_json(user)
    if permissions is not None:
        member["permissions"] = str(permissions)
    return member


def application_json(state: State) -> Json:
    """Return the bot's application."""
    return {
        "id": str(state.application_id), "name": state.bot.name, "icon": None, "description": "", "type": None,
        "bot": user_json(state.bot), "bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64,
        "flags": 0, "flags_new": "0", "redirect_uris": [], "interactions_endpoint_url": None,
        "role_connections_verification_url": None, "owner": user_json(state.owner), "team": None,
        "approximate_guild_count": len(state.guilds), "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "eligible_oauth2_scopes": [],
        "rpc_origins": [], "summary": "", "tags": [],
    }  # fmt: skip


def role_json(guild: Guild) -> Json:
    """Return the role everybody has, the only one."""
    return {
        "id": str(guild.id), "name": "@everyone", "permissions": str(EVERYBODY), "position": 0, "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}, "hoist": False,
        "managed": False, "mentionable": False, "icon": None, "unicode_emoji": None, "flags": 0,
    }  # fmt: skip


def guild_json(guild: Guild) -> Json:
    """Return a guild as the HTTP API gives it."""
    nothing: Json = dict.fromkeys((
        "icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id",
        "afk_channel_id", "system_channel_id", "widget_channel_id", "max_presences", "vanity_url_code",
        "rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id", "incidents_data",
    ))  # fmt: skip
    zero: Json = dict.fromkeys((
        "system_channel_flags", "verification_level", "default_message_notifications", "mfa_level",
        "explicit_content_filter", "premium_tier", "premium_subscription_count", "nsfw_level",
    ), 0)  # fmt: skip
    return {
        **nothing, **zero, "id": str(guild.id), "name": guild.name, "owner_id": str(guild.owner.id),
        "region": "deprecated", "afk_timeout": 300, "widget_enabled": False, "roles": [role_json(guild)],
        "emojis": [], "stickers": [], "features": [], "max_members": 500000, "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25, "preferred_locale": guild.locale, "premium_progress_bar_enabled": False,
        "nsfw": False,
    }  # fmt: skip


def guild_create_json(state: State, guild: Guild) -> Json:
    """Return a guild as the gateway announces it, with channels and the bot's own membership."""
    threads = [c for c in state.channels.values() if c.kind == THREAD and c.guild is guild]
    return {
        **guild_json(guild), "joined_at": JOINED, "large": False, "unavailable": False,
        "member_count": len(guild.members), "members": [member_json(state.bot)], "voice_states": [],
        "channels": [channel_json(state, c) for c in guild.channels],
        "threads": [channel_json(state, c) for c in threads], "presences": [], "stage_instances": [],
        "guild_scheduled_events": [], "soundboard_sounds": [],
    }  # fmt: skip


def channel_json(state: State, channel: Channel) -> Json:
    """Return a channel, thread or direct conversation."""
    sent = state.history(channel)
    base: Json = {
        "id": str(channel.id), "type": channel.kind, "flags": 0,
        "last_message_id": str(sent[-1].id) if sent else None,
    }  # fmt: skip
    if channel.kind == DM:
        assert channel.recipient is not None
        return {**base, "recipients": [user_json(channel.recipient)]}
    assert channel.guild is not None
    base |= {"guild_id": str(channel.guild.id), "name": channel.name, "rate_limit_per_user": 0}
    if channel.kind == THREAD:
        assert channel.parent is not None
        assert channel.owner is not None
        count = len(sent)
        return {
            **base, "parent_id": str(channel.parent.id), "owner_id": str(channel.owner.id), "message_count": count,
            "member_count": 1, "total_message_sent": count,
            "thread_metadata": {
                "archived": False, "archive_timestamp": JOINED, "auto_archive_duration": channel.archive_minutes,
                "locked": False, "create_timestamp": JOINED,
            },
        }  # fmt: skip
    denied = EVERYBODY & ~channel.bot_permissions
    overwrite = {"id": str(state.bot.id), "type": 1, "allow": str(channel.bot_permissions), "deny": str(denied)}
    return {
        **base, "position": channel.guild.channels.index(channel), "parent_id": None, "topic": None, "nsfw": False,
        "permission_overwrites": [overwrite] if denied else [],
    }  # fmt: skip


def command_json(state: State, command: Mapping[str, Any], guild_id: int | None) -> Json:
    """Return a command as registered."""
    body = {key: value for key, value in command.items() if value is not None}
    permissions = body.pop("default_member_permissions", None)
    return {
        "type": 1, "description": "", **body, "id": str(state.snowflake()), "version": str(state.snowflake()),
        "application_id": str(state.application_id),
        "default_member_permissions": None if permissions is None else str(permissions),
        **({} if guild_id is None else {"guild_id": str(guild_id)}),
    }  # fmt: skip


def embed_json(embed: Mapping[str, Any]) -> Json:
    """Return an embed as stored: what was sent, completed."""
    stored: Json = {"type": "rich"}
    stored |= {key: value for key, value in embed.items() if value is not None}
    for key in ("image", "thumbnail", "video"):
        if key in stored:
            url = stored[key]["url"]
            stored[key] = {"url": url, "proxy_url": url, "width": 64, "height": 64}
    if "fields" in stored:
        stored["fields"] = [{**entry, "inline": bool(entry.get("inline"))} for entry in stored["fields"]]
    return stored


def components_json(state: State, rows: list[Json]) -> list[Json]:
    """Components as stored: without empty keys, with numbers and the values Discord fills in."""
    stored = [_component(state, row) for row in rows]
    for number, part in enumerate(walk(stored), start=1):
        part["id"] = part.get("id") or number
    return stored


def _component(state: State, part: Mapping[str, Any]) -> Json:
    given = _given(part)
    stored: Json = {**FILLED_IN.get(part["type"], {}), **given}
    if isinstance(stored.get("components"), list):
        stored["components"] = [_component(state, inner) for inner in stored["components"]]
    if "accessory" in stored:
        stored["accessory"] = _component(state, stored["accessory"])
    for key in ("media", "file"):
        if key in stored:
            stored[key] = _media(state, stored[key])
    if part["type"] == 12:
        items = stored["items"]
        stored["items"] = [
            {"description": None, "spoiler": False, **item, "media": _media(state, item["media"])} for item in items
        ]
    return stored


def _given(part: Mapping[str, Any]) -> Json:
    """Return what a component says, without the empty keys discord.py sends for emojis and options."""
    given = {key: value for key, value in part.items() if value is not None}
    if "emoji" in given:
        given["emoji"] = {key: value for key, value in given["emoji"].items() if value is not None}
    if "options" in given:
        given["options"] = [_given(option) for option in given["options"]]
    return given


def _media(state: State, media: Mapping[str, Any]) -> Json:
    url = str(media["url"])
    return {"id": str(state.snowflake()), "url": url, "proxy_url": url, "width": 64, "height": 64}


def message_json(state: State, message: Message, *, nested: bool = False) -> Json:
    """Return a message in full; `nested` leaves out the message it replies to."""
    payload: Json = {
        "id": str(message.id), "channel_id": str(message.channel.id), "type": message.kind,
        "author": user_json(message.author), "content": message.content, "embeds": message.embeds,
        "components": message.components, "attachments": message.attachments, "flags": message.flags,
        "mentions": [user_json(user) for user in message.mentions], "mention_roles": [], "mention_everyone": False,
        "timestamp": state.clock.stamp(message.created), "pinned": False, "tts": False,
        "edited_timestamp": None if message.edited is None else state.clock.stamp(message.edited),
    }  # fmt: skip
    if message.author is state.bot and message.metadata is not None:
        payload |= {"interaction_metadata": message.metadata, "application_id": str(state.application_id)}
        payload["webhook_id"] = str(state.application_id)
    if message.reference is not None:
        payload["message_reference"] = _reference(message.reference)
        if not nested:
            gone = message.reference.deleted
            payload["referenced_message"] = None if gone else message_json(state, message.reference, nested=True)
    if message.thread is not None:
        payload["thread"] = channel_json(state, message.thread)
    return payload


def _reference(target: Message) -> Json:
    reference: Json = {"type": 0, "channel_id": str(target.channel.id), "message_id": str(target.id)}
    if target.channel.guild is not None:
        reference["guild_id"] = str(target.channel.guild.id)
    return reference


def seen_json(state: State, message: Message, intents: int) -> Json:
    """Return a message as the bot gets it unasked: without the content it has no right to see."""
    payload = message_json(state, message)
    if payload.get("referenced_message"):
        assert message.reference is not None
        payload["referenced_message"] = _hide(state, message.reference, payload["referenced_message"], intents)
    return _hide(state, message, payload, intents)


def _hide(state: State, message: Message, payload: Json, intents: int) -> Json:
    allowed = (
        intents & MESSAGE_CONTENT or message.author is state.bot or message.channel.kind == DM
        or state.bot in message.mentions
    )  # fmt: skip
    if allowed:
        return payload
    return {**payload, "content": "", "embeds": [], "components": [], "attachments": []}


def event_json(state: State, message: Message, intents: int) -> Json:
    """Return a message as MESSAGE_CREATE or MESSAGE_UPDATE carries it."""
    payload = seen_json(state, message, intents)
    guild = message.channel.guild
    if guild is not None:
        payload |= {"guild_id": str(guild.id), "member": member_json(message.author, with_user=False)}
        for mention, user in zip(payload["mentions"], message.mentions, strict=True):
            mention["member"] = member_json(user, with_user=False)
    return payload


def delete_json(message: Message) -> Json:
    """Return a message as MESSAGE_DELETE names it."""
    guild = message.channel.guild
    extra = {} if guild is None else {"guild_id": str(guild.id)}
    return {"id": str(message.id), "channel_id": str(message.channel.id), **extra}


def interaction_response_json(interaction: Json, message: Message | None) -> Json:
    """Return the `interaction` part of a callback's answer."""
    if message is None:
        return interaction
    return {
        **interaction, "response_message_id": str(message.id), "response_message_ephemeral": message.ephemeral,
        "response_message_loading": bool(message.flags & LOADING),
    }  # fmt: skip
