"""The routes of interactions: the first response, follow-ups, and the original response."""

from __future__ import annotations

from typing import Any

from .interactions import Interaction, RefusedError
from .payloads import interaction_response_json, message_json
from .rest import Call, Rest
from .rules import CALLBACK, WEBHOOK
from .state import EPHEMERAL, LOADING, Json, Message


class Webhooks:
    """Interaction callbacks and follow-ups."""

    def __init__(self, rest: Rest) -> None:
        self.rest, self.state = rest, rest.state
        rest.route("POST", CALLBACK, self.callback)
        rest.route("POST", WEBHOOK, self.follow_up)
        for name in ("@original", "{message_id}"):
            rest.route("GET", f"{WEBHOOK}/messages/{name}", self.get)
            rest.route("PATCH", f"{WEBHOOK}/messages/{name}", self.edit)
            rest.route("DELETE", f"{WEBHOOK}/messages/{name}", self.delete)

    async def callback(self, call: Call) -> tuple[int, Any]:
        """POST /interactions/{id}/{token}/callback."""
        interaction = self.rest.interactions.get(call.names["interaction_token"])
        if interaction is None or str(interaction.id) != call.names["interaction_id"]:
            raise RefusedError(404, 10062, "Unknown interaction", "unknown-interaction")
        if interaction.ack_type is None and self.rest.faults.take_late():
            interaction.late = True
        try:
            interaction.begin(call.body["type"], call.arrived)
            shown = await self._first(interaction, call.body["type"], call.body.get("data") or {}, call.files)
        except RefusedError as refusal:
            interaction.refusals.append(refusal.code)
            if refusal.code == 50006:
                interaction.ack_type = None
            raise
        if call.query.get("with_response", "").lower() not in ("1", "true"):
            return 204, None
        answer: Json = {"interaction": interaction_response_json(interaction.summary(), shown)}
        if shown is not None and call.body["type"] in (4, 5, 7):
            answer["resource"] = {"type": call.body["type"], "message": message_json(self.state, shown)}
        return 200, answer

    async def _first(self, interaction: Interaction, kind: int, data: Json, files: dict[str, bytes]) -> Message | None:
        flags = data.get("flags") or 0
        if kind == 8:
            interaction.choices = list(data.get("choices") or [])
        elif kind == 9:
            interaction.modal = data
        elif kind == 4:
            interaction.original = await self._new(interaction, data, files)
        elif kind == 5:
            await self.rest.announce("MESSAGE_CREATE", interaction.defer(flags))
        elif interaction.message is not None:
            interaction.original = interaction.message
            if kind == 7:
                await self.rest.change(interaction.message, data, files)
                interaction.updates += 1
        return interaction.original

    async def _new(self, interaction: Interaction, data: Json, files: dict[str, bytes]) -> Message:
        message = interaction.new_message((data.get("flags") or 0) & EPHEMERAL)
        try:
            self.rest.fill(message, data, files)
        except RefusedError:
            interaction.messages.remove(message)
            del self.state.messages[message.id]
            raise
        await self.rest.announce("MESSAGE_CREATE", message)
        return message

    def _interaction(self, call: Call) -> Interaction:
        interaction = self.rest.interactions.get(call.names["webhook_token"])
        if interaction is None or call.names["webhook_id"] != str(self.state.application_id):
            raise RefusedError(404, 10015, "Unknown Webhook", "unknown-webhook")
        try:
            interaction.check_token()
        except RefusedError as refusal:
            interaction.refusals.append(refusal.code)
            raise
        return interaction

    async def follow_up(self, call: Call) -> tuple[int, Any]:
        """POST /webhooks/{id}/{token}: the first one after a deferral fills the original."""
        interaction = self._interaction(call)
        original = interaction.original
        if original is not None and original.loading and not original.deleted:
            if (call.body.get("flags") or 0) & EPHEMERAL and not original.ephemeral:
                detail = "the follow-up wants to be ephemeral, the deferral was public"
                self.rest.report("bot", f"{call.method} {call.template}", "ephemeral", detail)
            message = original
            await self._resolve(message, call)
        else:
            message = await self._new(interaction, call.body, call.files)
        return 200, message_json(self.state, message)

    async def _resolve(self, message: Message, call: Call) -> None:
        message.flags &= ~LOADING
        try:
            await self.rest.change(message, call.body, call.files)
        except RefusedError:
            message.flags |= LOADING
            raise
        message.edits -= 1

    def _named(self, interaction: Interaction, call: Call) -> Message:
        return interaction.find(call.names.get("message_id", "@original"))

    async def get(self, call: Call) -> tuple[int, Any]:
        """GET .../messages/@original or {id}."""
        return 200, message_json(self.state, self._named(self._interaction(call), call))

    async def edit(self, call: Call) -> tuple[int, Any]:
        """PATCH .../messages/@original or {id}."""
        interaction = self._interaction(call)
        message = self._named(interaction, call)
        if message.loading:
            await self._resolve(message, call)
        else:
            await self.rest.change(message, call.body, call.files)
        interaction.updates += message is interaction.message
        return 200, message_json(self.state, message)

    async def delete(self, call: Call) -> tuple[int, Any]:
        """DELETE .../messages/@original or {id}."""
        interaction = self._interaction(call)
        message = self._named(interaction, call)
        interaction.deletions += 1
        await self.rest.remove(message)
        return 204, None
