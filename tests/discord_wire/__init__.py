"""A Discord on loopback for tests: gateway v10 and the HTTP routes of a bot, strict in both directions.

A test with it, where `pytest_plugins = ["discord_wire.fixtures"]` makes the fixture `wire` known::

    @pytest.mark.asyncio
    async def test_ask(wire: WireServer) -> None:
        async with wire.run(MyBot(connector=wire.connector())):
            asked = await wire.slash(wire.alice, wire.channel, "ask", question="why?")
            answer = await asked.response()
            assert "because" in answer.reply.text()
"""

from .gateway import Connection, Session
from .interactions import Interaction
from .rest import Call
from .rules import Violation, check_own, check_request
from .server import WireServer
from .spec import Spec, find_description, load_description
from .state import Channel, Clock, File, Guild, Message, User, WireError
from .users import Said

__all__ = [
    "Call", "Channel", "Clock", "Connection", "File", "Guild", "Interaction", "Message", "Said", "Session", "Spec",
    "User", "Violation", "WireError", "WireServer", "check_own", "check_request", "find_description",
    "load_description",
]  # fmt: skip
