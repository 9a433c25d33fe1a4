"""`ncr serve` in a process of its own, asked over sockets."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import ncrelations as ncr

Address = tuple[str, int]

JSON = {"Content-Type": "application/json"}


def got(at: Address, path: str, body: Any = None) -> tuple[int, Any]:
    """The status and the data of an answer, or its text."""
    connection = HTTPConnection(*at, timeout=30)
    try:
        connection.request("GET" if body is None else "POST", path, None if body is None else json.dumps(body), JSON)
        response = connection.getresponse()
        text = response.read().decode()
    finally:
        connection.close()
    return response.status, json.loads(text) if "json" in response.headers["Content-Type"] else text


class Served:
    """The command, run in a process of its own at a free port."""

    def __init__(self, folder: Path, processes: int = 1) -> None:
        environment = {
            **os.environ,
            "PYTHONPATH": str(Path(ncr.__file__).parents[1]),
            "NCR_CONFIG": str(folder / "none"),
        }
        given = ["serve", "--port", "0", "--processes", str(processes), "--log"]
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen([sys.executable, "-m", "ncrelations", *given], stderr=log, env=environment)
        self.at = self._address()

    def _address(self) -> Address:
        until = time.monotonic() + 30
        while not (found := re.search(r"at http://([\d.]+):(\d+)/", self.log.read_text())):
            assert time.monotonic() < until, self.log.read_text()
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.05)
        return found[1], int(found[2])

    def end(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()
