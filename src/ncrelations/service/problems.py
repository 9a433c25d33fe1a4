"""Why a request is not answered, as problem details (RFC 9457): made from the library's errors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from ncrelations.document.citation import printable
from ncrelations.errors import (
    AnswerUnavailable,
    CollectionUnavailable,
    EncoderUnavailable,
    IndexMismatch,
    InvalidCitation,
    InvalidDraft,
    InvalidQuestion,
    LanguageUnavailable,
    NCRelationsError,
    NoSuchPlace,
)
from ncrelations.render.data import to_json

MEDIA_TYPE = "application/problem+json"

_STATUSES: tuple[tuple[type[NCRelationsError], HTTPStatus], ...] = (
    (NoSuchPlace, HTTPStatus.NOT_FOUND),
    (InvalidCitation, HTTPStatus.UNPROCESSABLE_ENTITY),
    (InvalidQuestion, HTTPStatus.UNPROCESSABLE_ENTITY),
    (InvalidDraft, HTTPStatus.UNPROCESSABLE_ENTITY),
    (LanguageUnavailable, HTTPStatus.UNPROCESSABLE_ENTITY),
    (AnswerUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (CollectionUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (IndexMismatch, HTTPStatus.SERVICE_UNAVAILABLE),
    (EncoderUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
)
"""What each error is in HTTP; the first that fits."""

STATUSES = tuple(HTTPStatus(each) for each in (400, 401, 403, 404, 405, 408, 413, 415, 421, 422, 429, 500, 503))
"""Every status that a problem may have."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a request is not answered."""

    status: HTTPStatus
    """The status."""
    detail: str
    """What happened, and what to try."""
    kind: str = ""
    """Which problem it is, as a name in small letters; by default that of the status."""
    suggestions: Sequence[str] = ()
    """Names that may have been meant."""
    retry_after: int | None = None
    """After how many seconds it may be asked again."""
    demands: str | None = None
    """How to say who asks, where that is missing: the value of `WWW-Authenticate`."""

    def to_dict(self) -> dict[str, Any]:
        """The problem as plain data."""
        kind = self.kind or re.sub(r"\W+", "-", self.status.phrase.lower())
        known = {"suggestions": list(self.suggestions)} if self.suggestions else {}
        named = {"type": f"urn:ncrelations:problem:{kind}", "title": self.status.phrase, "status": self.status.value}
        return {**named, "detail": self.detail, **known}

    def response(self) -> Response:
        """The problem as it is sent."""
        headers = {
            **({} if self.retry_after is None else {"Retry-After": str(self.retry_after)}),
            **({} if self.demands is None else {"WWW-Authenticate": self.demands}),
        }
        return Response(to_json(self.to_dict()), self.status, headers, MEDIA_TYPE)


class ProblemError(Exception):
    """A request that cannot be answered."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def problem_of(error: NCRelationsError) -> Problem:
    """The problem that an error of the library is."""
    status = next((each for kind, each in _STATUSES if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    later = 5 if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(error).__name__).lower()
    return Problem(status, printable(str(error), 1_000), kind, tuple(getattr(error, "suggestions", ())), later)
