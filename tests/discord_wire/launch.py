"""Run a module as `python -m` would, with discord.py led to a test server: launch.py URL MODULE [ARGUMENT...].

For subprocess tests of a bot's real entry point; the two class attributes discord.py offers are all that changes.
"""

import runpy
import sys
from pathlib import Path


def main(url: str, module: str, arguments: list[str]) -> None:
    """Lead discord.py to `url` and run `module` as __main__."""
    # This folder's modules must not be importable by their plain names; `python -m` puts the working folder here.
    sys.path[0] = str(Path.cwd())
    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    Route.BASE = f"{url}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url.replace("http", "ws", 1) + "/")
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
