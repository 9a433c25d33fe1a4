"""What a built site must not have: loads from elsewhere, and links or anchors that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADING = {"src", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href"}
_IN_STYLES = re.compile(r"url\(\s*[\"']?\s*(?:https?:)?//|@import\s+[\"'](?:https?:)?//", re.IGNORECASE)


class _Page(HTMLParser):
    """The anchors of a page, its links, and what it loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.anchors: set[str] = {"", "__top"}
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag is, leads to and loads."""
        for name, value in attrs:
            if name in ("id", "name"):
                self.anchors.add(value or "")
            elif name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in _LOADING or (name == "href" and not _is_canonical(attrs)):
                self.loads.append(value or "")

    handle_startendtag = handle_starttag


def _is_canonical(attrs: list[tuple[str, str | None]]) -> bool:
    return ("rel", "canonical") in attrs


@cache
def _page(path: Path) -> _Page:
    return _Page(path.read_text("utf-8"))


def outside(site: Path) -> Iterator[str]:
    """Everything that a page, a stylesheet or a drawing of the site would load from another host."""
    for path in sorted(site.rglob("*.html")):
        for load in _page(path).loads:
            if urlsplit(load).netloc:
                yield f"{path.relative_to(site)} loads {load}"
    for path in sorted([*site.rglob("*.html"), *site.rglob("*.css"), *site.rglob("*.svg")]):
        if _IN_STYLES.search(path.read_text("utf-8")):
            yield f"{path.relative_to(site)} loads in a style"
        if 'class="mermaid"' in path.read_text("utf-8"):  # the theme would fetch its program
            yield f"{path.relative_to(site)} has a mermaid diagram"


def broken(site: Path) -> Iterator[str]:
    """Every link and every load inside the site that leads to no file or no anchor."""
    for path in sorted(site.rglob("*.html")):
        for link in (*_page(path).links, *_page(path).loads):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or link.startswith("data:"):
                continue
            if path.name == "404.html":  # its links are absolute: it is served for any address
                parts = parts._replace(path=parts.path.lstrip("/"))
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file():
                yield f"{path.relative_to(site)}: {link}"
            elif target.suffix == ".html" and unquote(parts.fragment) not in _page(target).anchors:
                yield f"{path.relative_to(site)}: {link}: no such anchor"
