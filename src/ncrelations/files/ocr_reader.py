"""Text recognised on pages that are pictures, by RapidOCR with the weights in its package: the extra `ocr`."""

from __future__ import annotations

from typing import Any

from ncrelations.errors import FileRefused
from ncrelations.files.pdf_words import PageWords, Word

_DOTS_A_POINT = 2.1
_MOST_DOTS = 20_000_000
_SUREST = 0.5
_LETTERS = 0.8
"""The height of letters as part of the height of the box around them."""
_BELOW = 0.2


class Recognizer:
    """Recognises the words of pages, with one thread. Raises `FileRefused` where the extra is not installed."""

    def __init__(self, path: str) -> None:
        try:
            from rapidocr import RapidOCR
        except ModuleNotFoundError as error:
            raise FileRefused(path, "ocr_missing", error.name or "") from error
        threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
        self._engine: Any = RapidOCR(params={"Global.log_level": "critical", **threads})

    def words(self, page: Any) -> PageWords:
        """The words of a page, line by line."""
        width, height = page.get_size()
        scale = min(_DOTS_A_POINT, (_MOST_DOTS / max(1.0, width * height)) ** 0.5)
        picture = page.render(scale=scale).to_numpy()
        read = self._engine(picture[:, :, :3])
        found = PageWords(width, height)
        if read.boxes is None:
            return found
        for box, text, score in zip(read.boxes, read.txts, read.scores, strict=True):
            if score >= _SUREST and text.strip():
                found.runs.append(_line(box / scale, text, height))
        return found


def _line(box: Any, text: str, height: float) -> list[Word]:
    """The words of a line, each where its letters stand in the box of the line."""
    left, right = float(box[:, 0].min()), float(box[:, 0].max())
    top, bottom = float(box[:, 1].min()), float(box[:, 1].max())
    size = (bottom - top) * _LETTERS
    base = height - bottom + (bottom - top) * _BELOW
    step, found, at = (right - left) / max(1, len(text)), list[Word](), 0
    for piece in text.split():
        at = text.index(piece, at)
        found.append(Word(piece, left + at * step, left + (at + len(piece)) * step, base, size))
        at += len(piece)
    return found
