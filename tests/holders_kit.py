"""Letters and statements, each with passages and whose view they state: read as files, and counted.

`tests/holders` has twenty-six sets of twenty and five of twenty-eight. The rules were fitted on `fit` and, once they
had been measured on them, on sets by other hands: `others`, `later`, `officer` (papers of the United Nations), `press`,
`lawyer`, `archivist`, `delegations`, `campaigners` and `office`. `unread` is our own. `diplomat`, `spokesperson`,
`clerk`, `researcher` and `historian` were measured before anything was fitted on them: the rules held 57 of their 140
papers, 570 of 879 passages. So were `service`, `press_office` and `catalogue`, of ordinary letters and statements: 29
of 60 papers, 87 of 129 passages, the first passage of 46 papers. So were `institute`, `committee` and `court`, by three
more: 34 of 60 papers, 95 of 132 passages, the first of 45. So were `newsroom` and `embassy`: 15 of 40 papers, 61 of 95
passages, the first of 32; `embassy` has a key for what a paragraph only reports in most papers, which stays in the
paper's voice by design. Of `analyst`, `defence` and `cross_section`, by other hands, only sums are looked at;
of `mission`, `corpus`, `protocol` and `peace`, of ordinary papers, too: 61 of their 80 papers, 154 of 186 passages, the
first of 67 before any rule was fitted on such papers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from hostile_files import docx, paragraph, typed_pdf
from ncrelations.document.attribution import attributions_in
from ncrelations.document.reference import Work
from ncrelations.document.spans import LeafKind
from ncrelations.document.tree import Block, Document
from ncrelations.files.document_tree import document_of
from ncrelations.files.file_facts import with_facts
from ncrelations.files.file_text import Request
from ncrelations.files.readers import read

HOLDERS = Path(__file__).with_name("holders")
NOBODY = "a document without a name"

_ASIDE = (LeafKind.FURNITURE, LeafKind.TITLE)
_WORK = Work("report", "Doc", NOBODY, (), "", None, None)
_PARTS = re.compile(r"(?<=>)[^<>]+")
"""What stands between the marks of a page."""
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_STYLES = '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:styles>'


@dataclass(frozen=True, slots=True)
class Found:
    """Whose view a passage was found to state, beside whose it states."""

    name: str
    passage: str
    expected: str
    label: str
    attributed: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether the holder is the right one: who speaks, not who sends it on."""
        own = re.sub(r" \(transmitted by .*", "", self.label)
        if self.expected.startswith("said: "):
            told = own, *(self.attributed if own == NOBODY else ())
            return any(_names(said, words) for said in self.expected[6:].split("|") for words in told)
        return any(_names(each, own) for each in self.expected.split("|"))


def _names(expected: str, label: str) -> bool:
    if expected == "-":
        return label == NOBODY
    inside = len(expected) > 1 and re.search(rf"(?<!\w){re.escape(expected)}(?!\w)", label, re.IGNORECASE)
    return label == expected or bool(inside)


def half(name: str, folder: Path) -> Iterator[list[Found]]:
    """The passages of each document of a set; files are written to the folder."""
    expected = tomllib.loads((HOLDERS / f"{name}.toml").read_text(encoding="utf-8"))
    for source in sorted((HOLDERS / name).iterdir()):
        document = _document(source, folder)
        number = source.name.partition(".")[0]
        left_out = _left_out(source, document)
        keys = {_shown(words): holder for words, holder in expected[number].items()}
        yield [_found(number, document, words, holder, left_out) for words, holder in keys.items()]


def _left_out(source: Path, document: Document) -> str:
    """What the reader of HTML leaves out of a page, as feet and asides."""
    parts = _PARTS.findall(source.read_text(encoding="utf-8")) if source.suffix == ".html" else ()
    read_in = _plain(document.source)
    return "\n".join(words for words in map(_plain, map(_shown, parts)) if words and words not in read_in)


def _shown(words: str) -> str:
    """The words of a passage as a page shows them, without the marks of HTML."""
    return unescape(_TAG.sub("", words))


def _document(source: Path, folder: Path) -> Document:
    path = folder / source.name.removesuffix(".txt" if source.name.count(".") > 1 else "")
    path.write_bytes(_bytes(source))
    return document_of(with_facts(read(Request(path))), "doc", _WORK)


def _bytes(source: Path) -> bytes:
    """The file: Word files and PDFs are made of their lines, the others are as they stand."""
    lines = source.read_text(encoding="utf-8").splitlines()
    if source.name.endswith(".pdf.txt"):
        return typed_pdf(lines)
    if source.name.endswith(".docx.txt"):
        styles = "".join(
            f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>' for n in (1, 2)
        )
        return docx("".join(map(_paragraph, lines)), styles=_STYLES.format(styles))
    return source.read_bytes()


def _paragraph(line: str) -> str:
    marks, _, words = line.partition(" ")
    if marks in ("#", "##"):
        return paragraph(escape(words), f'<w:pStyle w:val="H{len(marks)}"/>')
    return paragraph(escape(_BOLD.sub(r"\1", line)))


def _found(number: str, document: Document, words: str, holder: str, left_out: str) -> Found:
    block = None if _plain(words) in left_out else _block(document, words)
    if block is None:
        return Found(number, words, holder, NOBODY, ())
    said = attributions_in(sentence.text for sentence in block.sentences)
    return Found(number, words, holder, block.voice.label, said)


def _block(document: Document, words: str) -> Block | None:
    """The block that has those words, its printed number or an item's before them; `None` for page furniture.

    Raises `LookupError` where the document has them nowhere.
    """
    plain, unnumbered = _plain(words), _plain(re.sub(r"^\d+[.)]\s+", "", words))
    for block in document.blocks:
        if unnumbered in _plain(block.text) or plain in _plain(f"{block.section.number} {block.text}"):
            return block
    furniture = (document.source[leaf.span.start : leaf.span.end] for leaf in document.leaves if leaf.kind in _ASIDE)
    if any(plain in _plain(each) for each in furniture):
        return None
    raise LookupError(words)


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip()
