"""Discord's own OpenAPI description as a judge of requests and answers. It stays outside the repository."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from .state import Json

ROOT = "urn:discord"
MISSING_NOTE = "discord_wire: no openapi.json (set NCR_DISCORD_OPENAPI): the own rules alone are checked"

# Accepted by Discord though the description does not list them.
EXTRA_KEYS = {
    "/webhooks/{webhook_id}/{webhook_token}/messages/@original": {"tts"},
    "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": {"tts"},
    "/channels/{channel_id}/messages/{message_id}": {"tts"},
    "/applications/{application_id}/commands": {"nsfw"},
    "/applications/{application_id}/guilds/{guild_id}/commands": {"nsfw"},
}


def find_description() -> Path | None:
    """Return the path in NCR_DISCORD_OPENAPI or that of ../shared/discord beside the project; None without either."""
    named = os.environ.get("NCR_DISCORD_OPENAPI")
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "discord" / "openapi.json"
    candidates = [Path(named)] if named else []
    return next((path for path in [*candidates, beside] if path.is_file()), None)


@cache
def load_description(path: Path | None) -> Spec:
    """Return the description read once a process; an empty one where path is None."""
    return Spec(None if path is None else json.loads(path.read_text(encoding="utf-8")))


class Spec:
    """Checks bodies, queries and answers against the description; without one it finds nothing."""

    def __init__(self, document: Json | None) -> None:
        self.document = document
        self._validators: dict[str, Draft202012Validator] = {}
        if document is not None:
            self._registry: Registry[Any] = Registry().with_resource(ROOT, DRAFT202012.create_resource(document))

    @property
    def present(self) -> bool:
        """Whether there is a description."""
        return self.document is not None

    def check_body(self, method: str, template: str, body: Any) -> list[str]:
        """Return what the description objects to in a request's body."""
        content = self._operation(method, template).get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            return [f"{method} {template} takes no body"] if body is not None and self.present else []
        if body is None:
            return ["the body is missing"]
        pointer = f"{_pointer(template, method)}/requestBody/content/application~1json/schema"
        schema = content["application/json"]["schema"]
        return self._unknown(schema, body, EXTRA_KEYS.get(template, set())) + self._check(pointer, allowed(body))

    def check_query(self, method: str, template: str, query: Mapping[str, str]) -> list[str]:
        """Return what the description objects to in a request's query."""
        if not self.present:
            return []
        parameters = self._operation(method, template).get("parameters", [])
        known = {entry["name"]: (number, entry) for number, entry in enumerate(parameters) if entry["in"] == "query"}
        problems = []
        for name, text in query.items():
            if name not in known:
                problems.append(f"unknown query parameter {name!r}")
                continue
            number, entry = known[name]
            pointer = f"{_pointer(template, method)}/parameters/{number}/schema"
            problems += [f"query {name}: {text}" for text in self._check(pointer, _typed(entry["schema"], text))]
        return problems

    def check_answer(self, method: str, template: str, status: int, body: Any) -> list[str]:
        """Return what the description objects to in the server's own answer."""
        if not self.present:
            return []
        if status == 429:
            return self._check("/components/responses/ClientRatelimitedResponse/content/application~1json/schema", body)
        if 400 <= status < 500:
            return self._check("/components/responses/ClientErrorResponse/content/application~1json/schema", body)
        if status >= 500:
            return []
        responses = self._operation(method, template)["responses"]
        if str(status) not in responses:
            return [f"{method} {template} never answers {status}"]
        if "application/json" not in responses[str(status)].get("content", {}):
            return ["an answer without body expected"] if body is not None else []
        pointer = f"{_pointer(template, method)}/responses/{status}/content/application~1json/schema"
        return self._check(pointer, _known_resource(body))

    def check_object(self, schema: str, body: Any) -> list[str]:
        """Return what the description objects to in an object of one of its named schemas."""
        return self._check(f"/components/schemas/{schema}", body) if self.present else []

    def knows(self, method: str, template: str) -> bool:
        """Whether the description has the route."""
        return bool(self._operation(method, template))

    def _operation(self, method: str, template: str) -> Json:
        if self.document is None:
            return {}
        found: Json = self.document["paths"].get(template, {}).get(method.lower(), {})
        return found

    def _check(self, pointer: str, value: Any) -> list[str]:
        validator = self._validators.get(pointer)
        if validator is None:
            validator = Draft202012Validator({"$ref": f"{ROOT}#{pointer}"}, registry=self._registry)
            self._validators[pointer] = validator
        error: ValidationError | None = best_match(validator.iter_errors(value))
        if error is None:
            return []
        return [f"{error.json_path}: {error.message[:300]}"]

    def _unknown(self, schema: Json, body: Any, extra: set[str]) -> list[str]:
        """Top-level keys that no form of the body has."""
        if isinstance(body, list):
            schema = schema.get("items", {})
            return [text for part in body for text in self._unknown(schema, part, extra)]
        if not isinstance(body, dict):
            return []
        known = self._properties(schema) | extra
        return [f"unknown key {key!r}" for key in body if key not in known]

    def _properties(self, schema: Json) -> set[str]:
        assert self.document is not None
        while "$ref" in schema:
            schema = self.document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        names = set(schema.get("properties", {}))
        for word in ("anyOf", "oneOf", "allOf"):
            for part in schema.get(word, []):
                names |= self._properties(part)
        return names


def _pointer(template: str, method: str) -> str:
    escaped = template.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
    return f"/paths/{escaped}/{method.lower()}"


def _typed(schema: Mapping[str, Any], text: str) -> object:
    """Return a query value as the type the description gives it."""
    kind = schema.get("type")
    if kind == "boolean" and text.lower() in ("0", "1", "true", "false"):
        return text.lower() in ("1", "true")
    if kind == "integer" and text.lstrip("-").isdigit():
        return int(text)
    return text


def allowed(body: Any) -> Any:
    """Return a body with the whole numbers Discord takes for ids written as the strings the description wants."""
    if not isinstance(body, dict):
        return body
    body = dict(body)
    if isinstance(body.get("data"), dict):
        body["data"] = allowed(body["data"])
    if isinstance(body.get("recipient_id"), int):
        body["recipient_id"] = str(body["recipient_id"])
    for key, names in (("message_reference", ("guild_id", "channel_id", "message_id")), ("attachments", ("id",))):
        value = body.get(key)
        if isinstance(value, dict):
            body[key] = _strings(value, names)
        elif isinstance(value, list):
            body[key] = [_strings(part, names) if isinstance(part, dict) else part for part in value]
    mentions = body.get("allowed_mentions")
    if isinstance(mentions, dict):
        lists = {key: mentions[key] for key in ("users", "roles") if isinstance(mentions.get(key), list)}
        named = {key: [str(i) if type(i) is int else i for i in value] for key, value in lists.items()}
        body["allowed_mentions"] = {**mentions, **named}
    return body


def _strings(value: Json, names: tuple[str, ...]) -> Json:
    return {key: str(part) if key in names and type(part) is int else part for key, part in value.items()}


def _known_resource(body: Any) -> Any:
    """Return a callback's answer with resource type 5 (which Discord sends) as the type 4 the description knows."""
    if isinstance(body, dict) and isinstance(body.get("resource"), dict) and body["resource"].get("type") == 5:
        return {**body, "resource": {**body["resource"], "type": 4}}
    return body
