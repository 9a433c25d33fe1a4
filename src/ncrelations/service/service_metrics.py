"""What the server counts of itself, in the form of Prometheus."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector
from starlette.responses import Response

_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counts of one server; no question is among them."""

    def __init__(self, restarts: Callable[[], int]) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self.requests = Counter(
            "ncr_requests", "Requests answered, by what was asked and the status.", ("asked", "status"),
            registry=self._registry,
        )  # fmt: skip
        """Requests answered."""
        self.seconds = Histogram(
            "ncr_request_seconds", "Seconds from a request to the end of its answer.", ("asked",),
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        """How long they took."""
        self.in_flight = Gauge("ncr_requests_in_flight", "Requests being answered.", registry=self._registry)
        """Requests being answered."""
        replaced = Gauge(
            "ncr_processes_replaced", "Processes that ended or took too long, and were replaced.",
            registry=self._registry,
        )  # fmt: skip
        replaced.set_function(restarts)

    def count(self, asked: str, status: int, seconds: float) -> None:
        """Count a request."""
        self.requests.labels(asked, str(status)).inc()
        self.seconds.labels(asked).observe(seconds)

    def response(self) -> Response:
        """All counts."""
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)
