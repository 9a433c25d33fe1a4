"""`ncr serve`: the documents over HTTP, for programs, browsers and assistants."""

from __future__ import annotations

import json
import logging
import os
import socket
from functools import partial
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ncrelations.cli.chosen_collection import EDITION, library_in, own_collection
from ncrelations.cli.current import current, is_default
from ncrelations.cli.files import plainly
from ncrelations.cli.output import examples
from ncrelations.cli.typed import AtLeast
from ncrelations.document.citation import printable
from ncrelations.errors import AnswerUnavailable
from ncrelations.library import Library
from ncrelations.texts.whole_files import whole_text

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from ncrelations.service.access import Access
    from ncrelations.service.gate import Limits
    from ncrelations.service.request_data import Asked
    from ncrelations.service.service_answers import Opening, ServiceAnswering

_LONGEST_TOKEN = 4_096


@click.command("serve", epilog=examples("ncr serve", "ncr serve --port 0 --log"))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8765, show_default=True, help="The port; 0: any free.")
@click.option(
    "--in", "within_documents", metavar="WHERE", envvar="NCR_IN", default=EDITION, show_default=True,
    help="The edition, your collection, both, or a collection's name or folder.",
)  # fmt: skip
@click.option(
    "--token-file", type=click.Path(path_type=Path), help="A file with the token to demand; or NCR_SERVE_TOKEN."
)
@click.option("--identity-header", metavar="NAME", help="The header in which a proxy says who asks.")
@click.option("--proxy", "proxies", multiple=True, metavar="ADDRESS", help="Where the proxy asks from: 10.0.0.0/8.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="Answer by this host name alone.")
@click.option("--processes", type=AtLeast(1), help="How many processes answer; by default one a core, at most 4.")
@click.option("--log", "logged", is_flag=True, help="Log each request, without what was asked.")
def serve_command(**options: Any) -> None:
    """Serve the documents over HTTP, read-only.

    A JSON API (/openapi.json describes it), the reader with its search, and assistants' tools (MCP) at /mcp, where
    that extra is installed. For any address but this machine's own, a token or a proxy that says who asks is
    demanded. Ctrl-C or SIGTERM ends it when what is under way is answered. Needs the extra:
    pip install "ncrelations[serve]".
    """
    if missing := [each for each in ("starlette", "uvicorn", "prometheus_client", "pydantic") if not find_spec(each)]:
        raise click.UsageError(f'{missing[0]} is not installed; run: pip install "ncrelations[serve]"')
    from ncrelations.service.gate import Limits
    from ncrelations.service.http_server import serve
    from ncrelations.service.web_application import web_application

    opening = _opening(options["within_documents"] or EDITION)
    library, access, limits = opening(), _access(options), Limits()  # opened here, too: what cannot be is said at once
    answering = _answering(opening, library, options["processes"], limits)
    _log(logged=options["logged"])
    with _listening(options["host"], options["port"]) as at:
        click.echo(f"ncr: serving {library.corpus.name} at {_address(at)} (Ctrl-C ends it)", err=True)
        assistants = _assistants(library, answering, limits) if find_spec("mcp") else None
        serve(web_application(answering, access, limits, library.corpus.name, assistants), at, limits)


def _opening(named: str) -> Opening:
    """What opens the documents that are named."""
    context = click.get_current_context()
    return current if named == EDITION else partial(library_in, named, own_collection(context))


def _answering(opening: Opening, library: Library, count: int | None, limits: Limits) -> ServiceAnswering:
    """What answers: processes, or threads for documents that only this process has."""
    from ncrelations.service.answering_processes import ProcessesAnswering
    from ncrelations.service.service_answers import Answers
    from ncrelations.service.workers import ThreadsAnswering, usable_cores

    if opening is current and not is_default(library):
        return ThreadsAnswering(lambda: Answers(lambda: library))
    return ProcessesAnswering(partial(Answers, opening), count or usable_cores(), limits.answer_seconds)


def _assistants(library: Library, answering: ServiceAnswering, limits: Limits) -> Starlette:
    """What answers assistants; it has its answers worked out as all others are."""
    from ncrelations.cli.server import over_http, server

    def run(name: str, asked: Asked) -> Any:
        try:
            return json.loads(answering.submit((name, asked)).result(limits.request_seconds))
        except TimeoutError:  # a traceback in the log would help nobody
            raise AnswerUnavailable(f"nobody came to it for {limits.request_seconds:g} seconds") from None

    return over_http(server(library, run))


def _access(options: dict[str, Any]) -> Access:
    """What is demanded of requests. Raises `UsageError` for an address of others without a token or proxy."""
    from ncrelations.service.access import LOOPBACK, Access

    token, header, own = _token(options["token_file"]), options["identity_header"], _is_own(options["host"])
    if not (own or token or header):
        raise click.UsageError(
            f"{printable(options['host'])} is reached from other machines: demand a token (--token-file FILE, or"
            " NCR_SERVE_TOKEN), or name the header in which a proxy says who asks (--identity-header NAME)"
        )
    proxies = tuple(map(_network, options["proxies"] or (("127.0.0.0/8", "::1") if header else ())))
    names = frozenset(each.lower() for each in options["names"]) or (LOOPBACK if own else frozenset())
    return Access(token, header, proxies, names)


def _token(file: Path | None) -> str | None:
    """The token of a file or of the environment."""
    from ncrelations.service.access import SHORTEST_TOKEN

    token = os.environ.get("NCR_SERVE_TOKEN", "")
    if file is not None:
        token = _read(file)
    elif not token:
        return None
    if len(token.strip()) < SHORTEST_TOKEN:
        advice = "python -c 'import secrets; print(secrets.token_urlsafe())' makes one"
        raise click.UsageError(f"the token has fewer than {SHORTEST_TOKEN} characters; {advice}")
    return token.strip()


def _read(file: Path) -> str:
    """The token of a file. Raises `UsageError` for what cannot be one."""
    try:
        token = whole_text(file, _LONGEST_TOKEN).strip()
    except OSError as error:
        raise click.UsageError(f"--token-file {click.format_filename(file)}: {error.strerror}") from error
    except ValueError as error:
        raise click.UsageError(f"--token-file {click.format_filename(file)} is not in UTF-8") from error
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise click.UsageError(
            f"--token-file {click.format_filename(file)} holds more than a token: one line, no blanks"
        )
    return token


def _is_own(host: str) -> bool:
    """Whether an address is this machine's for itself."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _network(named: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(named, strict=False)
    except ValueError:
        raise click.UsageError(f"--proxy {printable(named)!r} is not an address; give one such as 10.0.0.0/8") from None


def _listening(host: str, port: int) -> socket.socket:
    from ncrelations.service.http_server import listening

    try:
        return listening(host, port)
    except OSError as error:
        raise click.UsageError(f"cannot listen at {printable(host)}, port {port}: {plainly(error)}") from None


def _address(at: socket.socket) -> str:
    host, port = at.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _log(*, logged: bool) -> None:
    """Messages to standard error: of what goes wrong, and of each request where that is wished."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    if logged:
        logging.getLogger("ncrelations.service").setLevel(logging.INFO)
