"""Troubles a test can order: rate limits, failures, slow answers."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from aiohttp import web

from .state import Json


@dataclass
class Fault:
    """One trouble, for the next `times` requests whose "METHOD /path" matches `where`."""

    where: str
    times: int
    seconds: float = 0.0
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: Json | None = None


class Faults:
    """The troubles waiting for their requests, in the order they were ordered."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.late_responses = 0

    def rate_limit(
        self, where: str = "*", times: int = 1, retry_after: float = 0.1, scope: str = "user", via: bool = True
    ) -> None:
        """Answer 429; scope "user" or "global"; via=False looks like Cloudflare's ban."""
        headers = {
            "Retry-After": str(max(1, round(retry_after))), "X-RateLimit-Scope": scope,
            "X-RateLimit-Reset-After": str(retry_after), "X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0",
        }  # fmt: skip
        headers |= {"Via": "1.1 google"} if via else {}
        headers |= {"X-RateLimit-Global": "true"} if scope == "global" else {}
        body: Json = {"message": "You are being rate limited.", "retry_after": retry_after, "code": 0}
        body["global"] = scope == "global"
        self.waiting.append(Fault(where, times, 0.0, 429, headers, body))

    def fail(self, status: int = 502, times: int = 1, where: str = "*") -> None:
        """Answer a server error (502 by default) without doing anything; discord.py tries again after 1, 3, ... s."""
        self.waiting.append(Fault(where, times, status=status))

    def slow(self, seconds: float, times: int = 1, where: str = "*") -> None:
        """Answer only after so many seconds."""
        self.waiting.append(Fault(where, times, seconds))

    def late_response(self, times: int = 1) -> None:
        """Treat the next first responses as too late (10062), however fast they are; no violation."""
        self.late_responses += times

    def take_late(self) -> bool:
        """Whether this interaction's first response is to be refused."""
        late = self.late_responses > 0
        self.late_responses -= late
        return late

    async def apply(self, method: str, path: str) -> web.Response | None:
        """Return the answer a fault prescribes for a request, if one does; slow ones just wait."""
        for fault in self.waiting:
            if fault.times > 0 and fnmatchcase(f"{method} {path}", fault.where):
                fault.times -= 1
                await asyncio.sleep(fault.seconds)
                return self._answer(fault) if fault.status else None
        return None

    @staticmethod
    def _answer(fault: Fault) -> web.Response:
        if fault.body is not None:
            return json_answer(fault.status, fault.body, fault.headers)
        return web.Response(status=fault.status, text="<html>bad gateway</html>", content_type="text/html")


def json_answer(status: int, body: object, headers: dict[str, str] | None = None) -> web.Response:
    """Return a JSON answer whose content type is exactly what discord.py expects, without charset."""
    answer = web.Response(status=status, body=json.dumps(body).encode(), headers=headers)
    answer.headers["Content-Type"] = "application/json"
    return answer
