"""What the tests of the server share: the application in process, asked over ASGI, and its description."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from threading import Thread
from typing import Any

from jsonschema import Draft202012Validator
from starlette.applications import Starlette
from starlette.testclient import TestClient

import ncrelations as ncr
from ncrelations.editions.nato_china.edition import edition
from ncrelations.library import Library
from ncrelations.service import http_server
from ncrelations.service.access import Access
from ncrelations.service.gate import Limits
from ncrelations.service.openapi import description
from ncrelations.service.service_answers import Answers
from ncrelations.service.web_application import web_application
from ncrelations.service.workers import ThreadsAnswering


class CheckedClient(TestClient):
    """A client that holds every response that is described to its description."""

    def request(self, method: str, url: Any, *arguments: Any, **options: Any) -> Any:
        """The response."""
        response = super().request(method, url, *arguments, **options)
        if response.request.method.lower() in described()["paths"].get(response.request.url.path, {}):
            checked(response)
        return response


@contextmanager
def client(
    opening: Callable[[], Library] = edition,
    access: Access | None = None,
    limits: Limits | None = None,
    assistants: Starlette | None = None,
) -> Iterator[TestClient]:
    """The application of a library in this process, started, and asked from this machine."""
    answering = ThreadsAnswering(partial(Answers, opening))
    application = web_application(answering, access or Access(), limits or Limits(), assistants=assistants)
    with CheckedClient(application, "http://localhost", client=("127.0.0.1", 50_000)) as started:
        yield started


@contextmanager
def in_a_thread(opening: Callable[[], Library] = edition, threads: int = 2) -> Iterator[tuple[str, int]]:
    """The address of a server that runs in a thread of this process, and answers in others."""
    limits = Limits()
    made = http_server.server(
        web_application(ThreadsAnswering(partial(Answers, opening), threads), limits=limits), limits
    )
    with http_server.listening("127.0.0.1", 0) as at:
        thread = Thread(target=made.run, kwargs={"sockets": [at]})
        thread.start()
        try:
            yield at.getsockname()[:2]
        finally:
            made.should_exit = True
            thread.join()


@cache
def described() -> dict[str, Any]:
    """The description that `/openapi.json` gives."""
    return description(ncr.__version__, "ncrelations")


@cache
def _validator(schema: str) -> Draft202012Validator:
    """What checks data against a schema of the description; properties that it does not name are none."""
    components = json.loads(json.dumps(described()["components"]))
    for each in components["schemas"].values():
        each.setdefault("additionalProperties", not each.get("properties"))
    return Draft202012Validator({**json.loads(schema), "components": components})


def checked(response: Any) -> Any:
    """The data of a response, which is what the description says of it: its status, kind and schema."""
    method, path = response.request.method.lower(), response.request.url.path
    told = described()["paths"][path][method]["responses"][str(response.status_code)]
    if "$ref" in told:
        told = described()["components"]["responses"][told["$ref"].rpartition("/")[2]]
    ((kind, content),) = told["content"].items()
    assert response.headers["content-type"] == kind
    data = response.json()
    _validator(json.dumps(content["schema"])).validate(data)
    return data
