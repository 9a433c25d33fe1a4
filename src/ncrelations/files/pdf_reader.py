"""PDF: words to lines, lines to columns and paragraphs, and the whole to one text with its pages.

Content order decides nothing: where words stand on the page does. Running heads, page numbers and footnotes stand
in the text where they are printed, as parts of their own; a paragraph goes on behind them.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes import create_string_buffer
from itertools import islice, pairwise
from typing import Any

from ncrelations.document.spans import Page
from ncrelations.errors import FileRefused
from ncrelations.files.file_text import FileText, Request, Structure
from ncrelations.files.hyphens import Hyphens
from ncrelations.files.ocr_reader import Recognizer
from ncrelations.files.pdf_furniture import PageLines, body_size, part_furniture, part_notes, running_offset
from ncrelations.files.pdf_headings import Known, Tags, by_bookmarks, by_fonts, by_tags, leveled
from ncrelations.files.pdf_lines import lines_of
from ncrelations.files.pdf_paragraphs import Grouping, Paragraph
from ncrelations.files.pdf_text import Composed, compose, link
from ncrelations.files.pdf_words import PageReader, PageWords

READER = "pdf 1"

_FEWEST_LETTERS = 12
_FEWEST_WORDS = 3
_FEWEST_HEADINGS = 20
"""One heading on so many pages: where tags or bookmarks have fewer, they do not tell the sections."""
_MOST_BOOKMARKS = 5_000
_NO_TITLE = re.compile(
    r"microsoft word\s*-|untitled|\.(?:docx?|pdf|indd|exe|tmp|html?|rtf|qxd)\b|^\W*$|^slide \d|^document\d*$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"^(?P<before>\D{0,12}?)(?P<number>\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?\D{0,3}$")


def read_pdf(
    data: bytes, request: Request, *, structures: Sequence[Structure] = ("tags", "bookmarks", "fonts")
) -> FileText:
    """The text of a PDF; `structures` are the sources of headings that are tried, in order."""
    document = _opened(data, request)
    try:
        with _nothing_collected():
            return _Reading(document, request, structures).text()
    finally:
        document.close()


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Keep Python from looking for garbage among thousands of words that all stay: a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _opened(data: bytes, request: Request) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=request.password)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        reason = "encrypted" if "assword" in str(error) else "damaged"
        wrong = "the password is wrong" if reason == "encrypted" and request.password else ""
        raise FileRefused(str(request.path), reason, wrong) from error
    if not pages:
        document.close()
        raise FileRefused(str(request.path), "damaged", "it has no pages")
    if pages > request.limits.pages:
        document.close()
        raise FileRefused(str(request.path), "too_large", f"{pages:,} pages")
    return document


class _Reading:
    """One PDF being read."""

    def __init__(self, document: Any, request: Request, structures: Sequence[Structure]) -> None:
        self._document, self._request, self._structures = document, request, structures
        self._tagged = "tags" in structures and bool(document.is_tagged())
        self._marked: list[dict[int, Known]] = []
        self._unread: list[int] = []
        self._pictures: set[int] = set()
        self._recognizer: Recognizer | None = None
        self._structure: Structure = "none"

    def text(self) -> FileText:
        """The whole text."""
        pages = self._pages()
        letters = (c for page in pages for line in page.lines for word in line.words for c in word.text if c.isalnum())
        if sum(1 for _ in islice(letters, _FEWEST_LETTERS)) < _FEWEST_LETTERS:
            raise FileRefused(str(self._request.path), "no_text")
        part_furniture(pages)
        body = body_size(pages)
        for page in pages:
            part_notes(page, body)
        paragraphs, notes = self._paragraphs(pages, body)
        link(paragraphs)
        link(notes)
        composed = compose(pages, paragraphs, notes, _hyphens(pages))
        return self._filed(composed, pages)

    def _pages(self) -> list[PageLines]:
        """The lines of every page."""
        reader, tags, found = PageReader(self._tagged), Tags(), []
        for index in range(len(self._document)):
            try:
                page = self._document[index]
                words = self._recognised(page, reader.words(page), index)
                self._marked.append(tags.headings(page.raw) if self._tagged else {})
                page.close()
            except FileRefused:
                raise
            except Exception:  # noqa: BLE001  # PDFium's error for one damaged page; the others are read
                found.append(PageLines(1.0, 1.0, []))
                self._marked.append({})
                self._unread.append(index + 1)
                continue
            lines, columns = lines_of(words)
            found.append(PageLines(words.width, words.height, lines, columns, aside=words.turned))
        return found

    def _recognised(self, page: Any, words: PageWords, index: int) -> PageWords:
        """The words of a page; where it is a picture, those recognised on it, if that is wanted."""
        if not self._request.limits.ocr or sum(map(len, words.runs)) > _FEWEST_WORDS:
            return words
        self._recognizer = self._recognizer or Recognizer(str(self._request.path))
        self._pictures.add(index + 1)
        found = self._recognizer.words(page)
        self._request.watch(index + 1)
        return found

    def _paragraphs(self, pages: Sequence[PageLines], body: float) -> tuple[list[Paragraph], list[Paragraph]]:
        known = self._known(pages)
        heading = leveled(known)
        paragraphs, notes = list[Paragraph](), list[Paragraph]()
        for number, page in enumerate(pages):
            grouping = Grouping(page, number, heading)
            for each in grouping.paragraphs():
                found = heading(each.lines[0])
                each.level = found.level if found else None
                paragraphs.append(each)
            notes += grouping.notes()
        if not known and "fonts" in self._structures:
            by_fonts(paragraphs, body)
            self._structure = "fonts" if any(each.level for each in paragraphs) else "none"
        return paragraphs, notes

    def _known(self, pages: Sequence[PageLines]) -> dict[int, Known]:
        """The headings that the file itself declares."""
        for structure in self._structures:
            found: dict[int, Known] = {}
            if structure == "tags" and self._tagged:
                found = by_tags(pages, self._marked)
            elif structure == "bookmarks":
                found = by_bookmarks(pages, self.bookmarks())
            if len({(each.level, each.order) for each in found.values()}) > len(pages) / _FEWEST_HEADINGS:
                self._structure = structure
                return found
        return {}

    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Level, title and page index of the file's bookmarks."""
        found = []
        for mark in self._document.get_toc(max_depth=6):
            target = mark.get_dest()
            index = target.get_index() if target else None
            if index is not None:
                found.append((mark.level, mark.get_title() or "", index))
            if len(found) >= _MOST_BOOKMARKS:
                break
        return found

    def _filed(self, composed: Composed, pages: Sequence[PageLines]) -> FileText:
        about = {name: " ".join(value.split())[:300] for name, value in self._document.get_metadata_dict().items()}
        labels = self._labels(pages)
        title, author = about.get("Title", ""), about.get("Author", "")
        title = "" if _NO_TITLE.search(title) else title
        return FileText(
            "pdf",
            composed.text,
            composed.parts,
            tuple(
                self._page(number, *each) for number, each in enumerate(zip(composed.starts, labels, strict=True), 1)
            ),
            self._structure,
            title or None,
            (author if title else "") or None,  # beside no title it is who typed it
            remarks=tuple(self._remarks(pages)),
            reader=READER,
        )

    def _page(self, number: int, start: int, label: str | None) -> Page:
        return Page(start, number, label, recognised=number in self._pictures)

    def _labels(self, pages: Sequence[PageLines]) -> list[str | None]:
        """The numbers of the pages as the file labels them, else as they are printed where they run on."""
        buffer, found = create_string_buffer(128), list[str | None]()
        import pypdfium2.raw as pdfium

        for index in range(len(pages)):
            length = pdfium.FPDF_GetPageLabel(self._document.raw, index, buffer, 128)
            found.append(buffer.raw[: max(0, min(length, 128) - 2)].decode("utf-16-le", "replace") or None)
        return found if any(found) else printed_labels(pages)

    def _remarks(self, pages: Sequence[PageLines]) -> Iterator[str]:
        doubtful = [number for number, page in enumerate(pages, 1) if page.columns > 2]
        bare = [
            n
            for n, page in enumerate(pages, 1)
            if n not in self._unread and not (page.lines or page.notes or page.foot)
        ]
        for words, numbers in (
            ("reading order doubtful on", doubtful),
            ("no text on", bare),
            ("text recognised (OCR) on", sorted(self._pictures)),
            ("damaged:", self._unread),
        ):
            if numbers:
                listed = ", ".join(map(str, numbers[:20])) + (" ..." if len(numbers) > 20 else "")
                yield f"{words} p. {listed}"


def _hyphens(pages: Sequence[PageLines]) -> Hyphens:
    """What tells the hyphens of these pages: their words, and those at the ends of lines."""
    lines = [line.words for page in pages for line in page.lines]
    words = (word.text for line in lines for word in (line[:-1] if line[-1].text[-1:] == "-" else line))
    ends = ((line[-1].text, after[0].text) for line, after in pairwise(lines) if line[-1].text.endswith("-"))
    return Hyphens(words, ends)


def printed_labels(pages: Sequence[PageLines]) -> list[str | None]:
    """The page numbers printed at the edges, where they run on with the pages."""
    found = []
    for page in pages:
        cells = (" ".join(word.text for word in cell) for line in [*page.foot, *page.head] for cell in line.cells)
        matches = [_PAGE.match(cell) for cell in cells]
        ends = [line.words[end].text for line in [*page.foot, *page.head] for end in (0, -1)]
        found.append([*(match["number"] for match in matches if match), *ends])
    offset = running_offset(found)
    return [str(index + offset) if offset is not None and index + offset > 0 else None for index in range(len(pages))]
