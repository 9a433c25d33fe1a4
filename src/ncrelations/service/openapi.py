"""The OpenAPI description, made from the table of operations and their types."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

from ncrelations.service.operations import OPERATIONS, Operation
from ncrelations.service.problems import MEDIA_TYPE, STATUSES
from ncrelations.service.response_data import ProblemData

PREFIX = "/v1"
"""What the address of every operation begins with."""

Schema = dict[str, Any]
Mode = Literal["validation", "serialization"]

_REFERENCES = "#/components/schemas/{model}"


@cache
def description(version: str, title: str) -> Schema:
    """The description of a server: what can be asked, what is answered, and how it fails."""
    schemas, components = _schemas()
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": "/"}],
        "paths": {f"{PREFIX}/{name}": _path(each, schemas, components) for name, each in OPERATIONS.items()},
        "components": {
            "schemas": components,
            "responses": {"problem": {"description": "Why not.", "content": _content("ProblemData", MEDIA_TYPE)}},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _schemas() -> tuple[dict[tuple[str, Mode], Schema], dict[str, Schema]]:
    """The schema of what each operation takes and gives, and the types that they refer to."""
    inputs: list[tuple[str, Mode, TypeAdapter[Any]]] = []
    for name, each in OPERATIONS.items():
        inputs += [(name, "validation", TypeAdapter(each.takes)), (name, "serialization", TypeAdapter(each.gives))]
    inputs.append(("problem", "serialization", TypeAdapter(ProblemData)))
    schemas, definitions = TypeAdapter.json_schemas(inputs, ref_template=_REFERENCES)
    return schemas, definitions["$defs"]


def _content(name: str, media_type: str = "application/json") -> Schema:
    return {media_type: {"schema": {"$ref": _REFERENCES.format(model=name)}}}


def _path(each: Operation, schemas: dict[tuple[str, Mode], Schema], components: dict[str, Schema]) -> Schema:
    given, wanted = schemas[each.name, "serialization"], schemas[each.name, "validation"]
    answered = {"description": each.says, "content": {"application/json": {"schema": given}}}
    failed = {str(status.value): {"$ref": "#/components/responses/problem"} for status in STATUSES}
    common: Schema = {"summary": each.says, "responses": {"200": answered, **failed}}
    asked = {"content": {"application/json": {"schema": wanted}}, "required": True}
    methods: Schema = {"post": {**common, "operationId": f"post_{each.name}", "requestBody": asked}}
    if each.by_get:
        parameters = _parameters(components[each.takes.__name__])
        methods["get"] = {**common, "operationId": f"get_{each.name}", "parameters": parameters}
    return methods


def _parameters(schema: Schema) -> list[Schema]:
    """The parameters of an address: one a property."""
    required = schema.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in required, "schema": each}
        for name, each in schema.get("properties", {}).items()
    ]
