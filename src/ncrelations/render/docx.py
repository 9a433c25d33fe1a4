"""A page as a Word document, for papers: headings, quotations and voices are styles that Word knows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from html import escape

from ncrelations.render.form import VOICES, Page, Para, Run, Style, clean

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_TYPES = f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>
</Types>"""

_ROOT = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
</Relationships>"""

_STYLES = f"""{_XML}<w:styles xmlns:w="{_MAIN}">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:before="240"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/>
<w:pPr><w:ind w:left="567" w:right="567"/></w:pPr></w:style>
</w:styles>"""

_LINKS = f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
_STYLES_LINK = f'<Relationship Id="styles" Type="{_OFFICE}/styles" Target="styles.xml"/>'
_DATE = (1980, 1, 1, 0, 0, 0)  # the same words make the same bytes
_PARAGRAPHS = {"heading": "Heading2", "quote": "Quote"}


def docx(page: Page) -> bytes:
    """The page as the bytes of a .docx file, links included."""
    links = tuple(dict.fromkeys(run.link for each in page for run in each.runs if run.link))
    named = {link: f"link{number}" for number, link in enumerate(links)}
    body = "".join(_paragraph(each, named) for each in page)
    document = f'{_XML}<w:document xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "word/document.xml": document,
        "word/styles.xml": _STYLES,
        "word/_rels/document.xml.rels": _LINKS.format("".join([_STYLES_LINK, *map(_link, named.items())])),
    }
    return _zipped(parts.items())


def _zipped(parts: Iterable[tuple[str, str]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts:
            part = zipfile.ZipInfo(name, _DATE)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, text.encode("utf-8"))
    return file.getvalue()


def _link(named: tuple[str, str]) -> str:
    link, name = named
    target = escape(clean(link))
    return f'<Relationship Id="{name}" Type="{_OFFICE}/hyperlink" Target="{target}" TargetMode="External"/>'


def _paragraph(paragraph: Para, links: dict[str, str]) -> str:
    style = _PARAGRAPHS.get(paragraph.kind)
    looks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    mark = paragraph.mark.strip()
    marked = (Run(f"{mark} "), *paragraph.runs) if mark not in ("", "-") else paragraph.runs
    return f"<w:p>{looks}{''.join(_run(run, links) for run in marked)}</w:p>"


def _run(run: Run, links: dict[str, str]) -> str:
    bold = "<w:b/>" if run.style in (Style.ANSWER, Style.TITLE, Style.ALERT) else ""
    italic = "<w:i/>" if run.style in VOICES else ""
    looks = f"<w:rPr>{bold}{italic}</w:rPr>" if bold or italic else ""
    words = f'<w:r>{looks}<w:t xml:space="preserve">{escape(clean(run.text))}</w:t></w:r>'
    return f'<w:hyperlink r:id="{links[run.link]}">{words}</w:hyperlink>' if run.link else words
