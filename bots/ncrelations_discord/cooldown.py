"""How often a person and a channel may ask. In memory, for the length of the window, and no longer."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable


class Cooldown:
    """At most `most` uses of a key in `seconds`; a use that is refused does not count."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.seconds, self.clock = most, seconds, clock
        self._uses: dict[int, deque[float]] = {}
        self._told: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._uses)

    def wait(self, key: int) -> float | None:
        """In how many seconds the key may be used again; `None` for now."""
        self._forget()
        uses = self._uses.get(key)
        return uses[0] + self.seconds - self.clock() if uses and len(uses) >= self.most else None

    def use(self, key: int) -> None:
        """Count a use."""
        self._uses.setdefault(key, deque(maxlen=self.most)).append(self.clock())

    def first_refusal(self, key: int) -> bool:
        """Whether this refusal is the key's first in a window: where saying so twice would be noise."""
        now = self.clock()
        if self._told.get(key, 0.0) > now:
            return False
        self._told[key] = now + self.seconds
        return True

    def _forget(self) -> None:
        """Drop what is older than the window, so that nothing piles up."""
        past = self.clock() - self.seconds
        for key in [key for key, uses in self._uses.items() if uses[-1] <= past]:
            del self._uses[key]
        for uses in self._uses.values():
            while uses[0] <= past:
                uses.popleft()
        now = self.clock()
        self._told = {key: until for key, until in self._told.items() if until > now}
