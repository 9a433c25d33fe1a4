"""HTML: blocks from headings, paragraphs, items and rows. Navigation, footers, scripts and what is hidden are left out.

The text is what a page shows; nothing of it is fetched, executed or rendered.
"""

from __future__ import annotations

import re
from typing import Any

from ncrelations.document.spans import LeafKind, Page, Span
from ncrelations.errors import FileRefused
from ncrelations.files.file_kind import decoded
from ncrelations.files.file_text import BlockKind, FileText, Request
from ncrelations.files.flow import Flow

READER = "html 1"

_DROPPED = frozenset({
    "script", "style", "nav", "footer", "aside", "noscript", "template", "head", "svg", "button", "select", "iframe",
    "object", "embed", "canvas", "audio", "video", "form", "dialog", "map", "input", "textarea", "menu", "math",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "ruby", "rt", "rp", "rb", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "br", "center", "nobr",
})  # fmt: skip
_HIDDEN_ROLES = frozenset({"navigation", "search", "banner", "contentinfo", "complementary", "menu", "dialog"})
_NO_TEXT = frozenset(
    {"mw-editsection", "noprint", "navbox", "headerlink", "sr-only", "visually-hidden", "screen-reader-text"}
)
"""Classes by which usual page generators mark what is no text: links to edit a section, signs for its address."""
_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_DATES = ("article:published_time", "date", "dc.date", "dcterms.date", "dc.date.issued", "citation_publication_date")
_AUTHORS = ("author", "dc.creator", "dcterms.creator", "citation_author")
_DATE = re.compile(r"(\d{4})[-/](\d\d?)(?:[-/](\d\d?))?|(\d{4})$")
_CALL = re.compile(r"\[?(?:\d{1,3}|[a-z*†‡])\]?")
_NAME = re.compile(r"(?:[Bb]y )?(?P<who>[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,4})(?=,|$| [|·–—])")
_AROUND = (
    "header, footer, address, [role=banner], [role=contentinfo], .header, .banner, .masthead, .site-header, .site-title"
    ", .site-name, .logo, .brand, .footer, .site-footer, #header, #banner, #masthead, #logo, #footer, nav, .nav, #top"
    ", .top, .topbar, .path, .breadcrumb, .breadcrumbs"
)
"""What shows whose site a page is of, by its elements or the names that page generators give them."""
_MOST_NODES, _MOST_PARTS, _MOST_AROUND, _LONGEST_LINE = 2_000_000, 10, 5_000, 200


def read_html(data: bytes, request: Request) -> FileText:
    """The text of an HTML page."""
    declared = _CHARSET.search(data[:4096])
    source, encoding = decoded(data, str(request.path), declared[1].decode("ascii") if declared else None)
    tree = parsed(source)
    walk = Walk()
    walk.read(_content(tree))
    flow = walk.flow
    if not flow.length:
        raise FileRefused(str(request.path), "empty")
    about = _about(tree)
    return FileText(
        "html",
        flow.text,
        flow.cut(),
        tuple(walk.pages),
        "markup" if flow.headings else "none",
        about.get("og:title") or about.get("title"),
        _byline(tree) or next((about[name] for name in _AUTHORS if name in about), None),
        next((date for name in _DATES if (date := plain_date(about.get(name, "")))), None),
        set_off=tuple(walk.set_off),
        around=_around(tree, about),
        remarks=(f"read as {encoding}",) if encoding else (),
        reader=READER,
    )


def parsed(source: str) -> Any:
    """The tree of a page."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(source)


def _content(tree: Any) -> Any:
    """The part of a page that is its text: its main part where it has one."""
    body = tree.body or tree.root
    main = tree.css("main, [role=main]")
    if len(main) == 1 and len(main[0].text()) > 0.3 * len(body.text()):
        return main[0]
    return body


def _about(tree: Any) -> dict[str, str]:
    """What the head of a page says of it; what is said twice counts once, the first time."""
    said: dict[str, str] = {}
    title = tree.css_first("title")
    if title is not None:
        said["title"] = " ".join(title.text().split())[:300]
    for meta in tree.css("meta"):
        attributes = meta.attributes
        name = (attributes.get("property") or attributes.get("name") or "").lower()
        words = " ".join((attributes.get("content") or "").split())[:300]
        if name and words:
            said.setdefault(name, words)
    return {name: words for name, words in said.items() if words}


def _around(tree: Any, about: dict[str, str]) -> tuple[str, ...]:
    """Whose site a page is of, as it says, and the lines of its head and foot."""
    parts = [node.text(separator="\n") for node in tree.css(_AROUND)[:_MOST_PARTS]]
    lines = [" ".join(line.split()) for part in parts for line in part[:_MOST_AROUND].split("\n")]
    logos = [image.attributes.get("alt") or "" for image in tree.css("img[alt]")[:_MOST_PARTS] if _is_logo(image)]
    said = [about.get("og:site_name", ""), about.get("application-name", ""), *logos]
    return tuple(dict.fromkeys(line for line in [*said, *lines] if 3 < len(line) <= _LONGEST_LINE))


def _is_logo(image: Any) -> bool:
    """Whether a picture is the sign of whose site a page is."""
    return any("logo" in (image.attributes.get(name) or "").lower() for name in ("src", "class", "id", "alt"))


def _byline(tree: Any) -> str | None:
    """The author whom a page marks up as such."""
    marked = tree.css_first(".byline, [rel=author], [itemprop=author]")
    words = " ".join(marked.text().split()) if marked is not None else ""
    match = _NAME.match(words)
    return match["who"] if match else None


def plain_date(text: str) -> str | None:
    """A date, year first, as far as the text gives it in figures."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    parts = [part for part in match.groups() if part]
    return "-".join([parts[0], *(f"{int(part):02}" for part in parts[1:])])


class Walk:
    """Goes through the elements of pages and writes what they show."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.pages: list[Page] = []
        self.set_off: list[Span] = []
        self._begun = self._quoted = 0
        self._fresh = True
        self._items = 0
        self._row = 0
        self._verbatim = 0
        self._level: int | None = None
        self._left = _MOST_NODES

    def read(self, root: Any) -> None:
        """Write what an element shows. Without recursion: pages nest as deep as they like."""
        todo: list[tuple[Any, bool]] = [(root, False)]
        while todo and self._left:
            node, done = todo.pop()
            self._left -= 1
            if done:
                self._leave(node)
            elif node.tag == "-text":
                self._text(node.text_content or "")
            elif self._enter(node):
                todo.append((node, True))
                todo.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
        self._fresh = True

    def _enter(self, node: Any) -> bool:
        """Begin an element; whether its content is shown."""
        tag, attributes = node.tag, node.attributes
        if tag in _DROPPED or tag.startswith(("-", "!")) or _is_hidden(attributes):
            return False
        if attributes.get("epub:type") == "pagebreak" or attributes.get("role") == "doc-pagebreak":
            label = attributes.get("title") or attributes.get("aria-label") or node.text().strip()
            self.pages.append(Page(self.flow.length, len(self.pages) + 1, label or None))
            return False
        if tag == "br":
            self.flow.space("\n")
        elif tag == "sup" and node.css_first("a") is not None and _CALL.fullmatch(node.text().strip()):
            self.flow.mark(node.text().strip())
            return False
        elif tag not in _INLINE:
            self._break(tag)
            self._count(tag, 1, node)
        return True

    def _leave(self, node: Any) -> None:
        if node.tag not in _INLINE:
            self._count(node.tag, -1, node)
            self._break(node.tag)

    def _break(self, tag: str) -> None:
        """What follows is another block; in a row of a table, another cell."""
        if not self._row or tag == "tr":
            self._fresh = True
        elif not self._fresh:
            self.flow.space("\t" if tag in ("td", "th") else " ")

    def _count(self, tag: str, step: int, node: Any) -> None:
        if tag in ("li", "dd"):
            self._items += step
        elif tag == "tr":
            self._row += step * _is_row(node)
        elif tag == "pre":
            self._verbatim += step
        elif tag == "blockquote":
            self._quote(step)
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._level = int(tag[1]) if step > 0 else None

    def _quote(self, step: int) -> None:
        """Remember where a block quotation stands; one within another is a part of it."""
        self._quoted += step
        if step > 0 and self._quoted == 1:
            self._begun = self.flow.length
        elif not self._quoted:
            self.set_off.append(Span(self._begun, self.flow.length))

    def _text(self, text: str) -> None:
        words = text if self._verbatim else re.sub(r"\s+", " ", text)
        if not words.strip():
            if not self._fresh:
                self.flow.space(" ")
            return
        if self._fresh:
            block: BlockKind = "t" if self._row else "b" if self._items else "p"
            self.flow.begin(LeafKind.HEADING if self._level else LeafKind.TEXT, block, self._level)
            self._fresh = False
            words = words.lstrip()
        self.flow.words(words)


def _is_row(node: Any) -> bool:
    """Whether a row of a table tabulates: one that holds a single cell, or more blocks than cells, lays out a page."""
    cells = len(node.css("td, th"))
    return cells > 1 and len(node.css("p, li, h1, h2, h3, h4, table")) <= cells


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if not _NO_TEXT.isdisjoint((attributes.get("class") or "").split()):
        return True
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or (attributes.get("role") or "") in _HIDDEN_ROLES
