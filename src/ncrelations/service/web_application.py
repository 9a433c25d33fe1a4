"""The web application of a server: addresses, what answers them, and how errors are told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from ncrelations import __version__
from ncrelations.errors import NCRelationsError
from ncrelations.render.data import to_json
from ncrelations.service.access import Access
from ncrelations.service.endpoints import (
    Whole,
    operation_endpoint,
    page_endpoint,
    plain_endpoint,
    search_endpoint,
)
from ncrelations.service.gate import Gate, Limits
from ncrelations.service.openapi import PREFIX, description
from ncrelations.service.operations import OPERATIONS
from ncrelations.service.problems import Problem, ProblemError, problem_of
from ncrelations.service.service_answers import ServiceAnswering
from ncrelations.service.service_metrics import Metrics


def web_application(
    answering: ServiceAnswering,
    access: Access = Access(),  # noqa: B008 -- frozen
    limits: Limits = Limits(),  # noqa: B008 -- frozen
    title: str = "ncrelations",
    assistants: Starlette | None = None,
) -> Gate:
    """The application. `assistants` is one that answers assistants (MCP); its addresses are among the others."""
    metrics = Metrics(answering.restarts)

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        answering.start()
        try:
            async with AsyncExitStack() as stack:
                if assistants is not None:
                    await stack.enter_async_context(assistants.router.lifespan_context(assistants))
                yield
        finally:
            await asyncio.to_thread(answering.stop)

    routes = [
        *_routes(answering, metrics, title),
        *_assistants_routes(assistants),
        *_reader_routes(answering),
    ]
    handlers = {NCRelationsError: _told, ProblemError: _told, HTTPException: _told, ClientDisconnect: _told}
    application = Starlette(routes=routes, exception_handlers={**handlers, Exception: _told}, lifespan=running)
    return Gate(application, access, limits, metrics)


def _routes(answering: ServiceAnswering, metrics: Metrics, title: str) -> list[BaseRoute]:
    """The addresses for programs."""

    def ready() -> Response:
        if answering.unready() is None:
            return PlainTextResponse("ready")
        return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "the documents are not open", retry_after=5).response()

    def described() -> Response:
        return Response(to_json(description(__version__, title)), media_type="application/json")

    operations = [
        Route(
            f"{PREFIX}/{name}", operation_endpoint(each, answering), methods=["POST", *(["GET"] if each.by_get else [])]
        )
        for name, each in OPERATIONS.items()
    ]
    return [
        *operations,
        *(_posted(f"{PREFIX}/{name}") for name, each in OPERATIONS.items() if not each.by_get),
        Route("/openapi.json", plain_endpoint(described)),
        Route("/metrics", plain_endpoint(metrics.response)),
        Route("/healthz", plain_endpoint(lambda: PlainTextResponse("ok"))),
        Route("/readyz", plain_endpoint(ready)),
    ]


def _assistants_routes(assistants: Starlette | None) -> list[BaseRoute]:
    """The addresses for assistants: they are posted to within limits, and no stream is left open."""
    routes = assistants.routes if assistants is not None else ()
    ours = [each for each in routes if isinstance(each, Route)]
    return [
        made for each in ours for made in (Route(each.path, Whole(each.endpoint), methods=["POST"]), _posted(each.path))
    ]


def _posted(path: str) -> Route:
    """What refuses to be got: without it a page of the reader would be looked for."""

    async def refused(_: Request) -> Response:
        raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "POST"})

    return Route(path, refused, methods=["GET", "DELETE"])


def _reader_routes(answering: ServiceAnswering) -> list[BaseRoute]:
    """The addresses of the reader's pages."""
    return [
        Route("/assets/found.json", search_endpoint(answering)),
        Route("/{path:path}", page_endpoint(answering)),
    ]


async def _told(_: Request, error: Exception) -> Response:
    """An error as problem details."""
    match error:
        case ProblemError():
            return error.problem.response()
        case NCRelationsError():
            return problem_of(error).response()
        case HTTPException():
            status = HTTPStatus(error.status_code)
            response = Problem(status, f"{status.phrase.lower()}; /openapi.json says what can be asked").response()
            response.headers.update(error.headers or {})
            return response
        case ClientDisconnect():
            return Response(status_code=HTTPStatus.BAD_REQUEST)
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "an error inside the server; report it to its operator").response()
