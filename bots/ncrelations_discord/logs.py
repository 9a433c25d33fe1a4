"""Structured logs: one JSON object a line on stderr, without questions, names, ids of people, or the token."""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
from datetime import UTC, datetime
from typing import TextIO

HIDDEN = "[token]"
_WEBHOOK = re.compile(r"((?:webhooks|interactions)/\d+/)[\w%-]{20,}")

log = logging.getLogger("ncrelations_discord")


def reference() -> str:
    """A short id that an error message and its log line share."""
    return secrets.token_hex(4)


class JsonFormatter(logging.Formatter):
    """Formats records as JSON; the secrets it was given never come out, in traces neither."""

    def __init__(self, *hidden: str) -> None:
        super().__init__()
        self._hidden = tuple(secret for secret in hidden if secret)

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON: time, level, logger, event, and the fields given as `extra={"fields": ...}`."""
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            entry["trace"] = self.formatException(record.exc_info)
        return self._without_secrets(json.dumps(entry, ensure_ascii=False, default=str))

    def _without_secrets(self, line: str) -> str:
        """The tokens of interactions too: they stand in the addresses that errors quote."""
        for secret in self._hidden:
            line = line.replace(secret, HIDDEN)
        return _WEBHOOK.sub(rf"\1{HIDDEN}", line)


def configure(level: str, *hidden: str, stream: TextIO | None = None) -> logging.Handler:
    """Send all logs to `stream` (stderr) as JSON; return the handler."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter(*hidden))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLevelName(level)))
    return handler
