"""Who may ask: anybody of this machine, whoever has the token, or whoever a proxy says it is."""

from __future__ import annotations

import hmac
from base64 import b64decode
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv4Network, IPv6Network, ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from ncrelations.service.problems import Problem

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""The names of this machine for itself."""

SHORTEST_TOKEN = 20
"""Characters that a token has at least."""


@dataclass(frozen=True, slots=True)
class Access:
    """What is demanded of a request. By default it must come to this machine's own name, from no other site."""

    token: str | None = None
    """The token to be shown; `None` where none is."""
    identity_header: str | None = None
    """The header in which a proxy says who asks; `None` where it does not."""
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """Where the proxy asks from: from elsewhere the header says nothing."""
    names: frozenset[str] = LOOPBACK
    """The names by which the server may be asked for; empty for any."""

    def refusal(self, headers: Headers, peer: str) -> Problem | None:
        """Why a request is refused; `None` where it is not."""
        if self.names and _host(headers.get("host", "")) not in self.names:
            return Problem(HTTPStatus.MISDIRECTED_REQUEST, "this server is not asked for by that name")
        if _is_foreign(headers):
            return Problem(HTTPStatus.FORBIDDEN, "pages of other sites may not ask this server")
        if self._is_known(headers, peer):
            return None
        if self.token is None:
            return Problem(HTTPStatus.FORBIDDEN, "this server is asked through its proxy, which says who asks")
        demanded = "this server demands its token, as 'Authorization: Bearer TOKEN'"
        return Problem(HTTPStatus.UNAUTHORIZED, demanded, demands='Bearer, Basic realm="ncrelations"')

    def client(self, headers: Headers, peer: str) -> str:
        """Whose requests are counted together: an identity, or an address."""
        return self._identity(headers, peer) or peer

    def _is_known(self, headers: Headers, peer: str) -> bool:
        if self.token is None and self.identity_header is None:
            return True
        shown = _shown_token(headers.get("authorization", ""))
        has_token = self.token is not None and hmac.compare_digest(shown, self.token.encode())
        return has_token or bool(self._identity(headers, peer))

    def _identity(self, headers: Headers, peer: str) -> str:
        """Who the proxy says it is; empty where no proxy says it."""
        if self.identity_header is None or not self._is_proxy(peer):
            return ""
        return headers.get(self.identity_header, "").strip()

    def _is_proxy(self, peer: str) -> bool:
        try:
            return any(ip_address(peer) in each for each in self.proxies)
        except ValueError:
            return False


def _host(named: str) -> str:
    """The name or address of a `Host` header, without its port."""
    try:
        return urlsplit(f"//{named}").hostname or ""
    except ValueError:
        return ""


def _is_foreign(headers: Headers) -> bool:
    """Whether a page of another site asks: browsers say so."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate"
    return origin.partition("://")[2].lower() != headers.get("host", "").lower()


def _shown_token(authorization: str) -> bytes:
    """The token of a header: as it is, or as the password that a browser was given."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip().encode()
    if scheme.lower() != "basic":
        return b""
    try:
        return b64decode(value, validate=True).partition(b":")[2]
    except ValueError:
        return b""
