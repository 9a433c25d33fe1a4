"""From a request to an answer: what is asked is read within its limits, checked, and handed to what answers."""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from mimetypes import guess_type

from pydantic import TypeAdapter, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ncrelations.service.operations import Operation
from ncrelations.service.problems import Problem, ProblemError
from ncrelations.service.request_data import LONGEST_DRAFT, Asked, refusal
from ncrelations.service.service_answers import PAGE, SEARCH, ServiceAnswering, Work

Endpoint = Callable[[Request], Awaitable[Response]]

LARGEST = 64 * 1024
"""Bytes of what is asked."""

LARGEST_DRAFT = 4 * LONGEST_DRAFT
"""Bytes of a draft."""

BODY_SECONDS = 20.0
"""How long sending what is asked may take."""

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def operation_endpoint(operation: Operation, answering: ServiceAnswering) -> Endpoint:
    """What answers an operation."""
    types: TypeAdapter[Asked] = TypeAdapter(operation.takes)
    largest = LARGEST if operation.by_get else LARGEST_DRAFT

    async def endpoint(request: Request) -> Response:
        request.scope["asked"] = operation.name
        try:
            if request.method == "POST":
                asked = types.validate_json(await _json_body(request, largest))
            else:
                asked = types.validate_python(_parameters(request))
        except ValidationError as error:
            raise _unreadable(error) from None
        return Response(await _answer(request, answering, (operation.name, asked)), media_type="application/json")

    return endpoint


async def _answer(request: Request, answering: ServiceAnswering, work: Work) -> bytes:
    """The answer; where whoever asks has gone before it was begun, it is not worked out."""
    answer = asyncio.wrap_future(answering.submit(work))
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((answer, gone), return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        raise ClientDisconnect
    finally:
        gone.cancel()
        answer.cancel()


async def _gone(request: Request) -> None:
    """Wait until whoever asks has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _json_body(request: Request, largest: int) -> bytes:
    """The JSON that was sent."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ProblemError(Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send JSON, as 'Content-Type: application/json'"))
    return await _body(request, largest)


async def _body(request: Request, largest: int) -> bytes:
    """What was sent, up to a size and for a while."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > largest:
                    raise ProblemError(Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"send at most {largest:,} bytes"))
    except TimeoutError:
        raise ProblemError(Problem(HTTPStatus.REQUEST_TIMEOUT, "the request was not sent whole in time")) from None
    return bytes(body)


@dataclass(frozen=True, slots=True)
class Whole:
    """An application that is given what was sent when it is there, and within its limits."""

    application: ASGIApp
    """The application."""
    largest: int = LARGEST_DRAFT
    """Bytes of what is sent at most."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        body = [await _body(Request(scope, receive), self.largest)]

        async def received() -> Message:
            return {"type": "http.request", "body": body.pop()} if body else await receive()

        await self.application(scope, received, send)


def _parameters(request: Request) -> dict[str, str]:
    """The parameters of the address, each given once."""
    given = request.query_params.multi_items()
    found = dict(given)
    if len(found) < len(given):
        raise ProblemError(Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "a parameter is given twice; give each once"))
    return found


def _unreadable(error: ValidationError) -> ProblemError:
    """What is wrong with what was asked, in words."""
    return ProblemError(Problem(HTTPStatus.UNPROCESSABLE_ENTITY, refusal(error)))


def page_endpoint(answering: ServiceAnswering) -> Endpoint:
    """What gives the pages of the reader."""

    async def endpoint(request: Request) -> Response:
        request.scope["asked"] = "page"
        path = request.path_params.get("path", "") or "index.html"
        content = await _answer(request, answering, (PAGE, path))
        tag = f'"{sha256(content).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Content-Security-Policy": _policy(path, content)}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(content, headers=headers, media_type=guess_type(path)[0] or "text/plain")

    return endpoint


def _policy(path: str, content: bytes) -> str:
    """What a page may load: this server's own files, and the script that stands in it."""
    inline = _INLINE_SCRIPT.findall(content.decode()) if path.endswith(".html") else ()
    hashes = [f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in inline]
    own = "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'"
    script = " ".join(["script-src 'self'", *dict.fromkeys(hashes)])
    return f"default-src 'none'; {script}; {own}; base-uri 'none'; frame-ancestors 'none'"


def search_endpoint(answering: ServiceAnswering) -> Endpoint:
    """What answers the search of the reader's pages."""

    async def endpoint(request: Request) -> Response:
        request.scope["asked"] = "page search"
        found = await _answer(request, answering, (SEARCH, _parameters(request).get("q", "")))
        return Response(found, media_type="application/json")

    return endpoint


def plain_endpoint(made: Callable[[], Response]) -> Endpoint:
    """What gives a response that is made at once."""

    async def endpoint(request: Request) -> Response:
        request.scope["asked"] = request.url.path.strip("/")
        return made()

    return endpoint
