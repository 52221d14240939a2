"""From the bytes of a file to its text, whatever editor saved it."""

from __future__ import annotations

import codecs
import re

from bot.content.problems import Place

LARGEST = 400_000
MOST_LINES = 12_000  # some 500 courses

# What YAML forbids in a file: control characters, and halves of characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")  # left behind by copying from web pages and word processors
_LINE_ENDS = re.compile("\r\n|\r")
_ODD_LINE_ENDS = re.compile("[\x85\u2028\u2029]")  # line ends to YAML and to no editor
_UTF16 = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DOCUMENTS = (
    (b"pk\x03\x04", "a document of Word or Excel"),
    (b"\xd0\xcf\x11\xe0", "a document of Word or Excel"),
    (b"{\\rtf", "a document of WordPad or Word"),
    (b"%pdf-", "a PDF"),
    ((b"<!doctype html", b"<html"), "a page of the web"),
)
_OLD_SIGNS = {0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x96: "–", 0x97: "—", 0x85: "…", 0x80: "€"}


def decode(data: bytes) -> tuple[str, list[tuple[Place, str]]]:
    """Give the text, with plain line ends, and what was wrong with the bytes. The text can be read on in any case."""
    if len(data) > LARGEST:
        size, most = f"{len(data) / 1000:,.0f} kB", f"{LARGEST / 1000:.0f} kB"
        message = f"the file has {size}, and {most} is the most that is read. Is it the right file?"
        return "", [(Place(line=1, column=1), message)]
    kind = next((kind for signs, kind in _DOCUMENTS if data[:64].lstrip().lower().startswith(signs)), None)
    if kind is not None:
        message = f"this is {kind}, and not plain text. Copy its text into Notepad or VS Code, and save it there"
        return "", [(Place(line=1, column=1), message)]
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > MOST_LINES:
        message = f"the file has {lines:,} lines, and {MOST_LINES:,} are the most that are read. Is it the right file?"
        return "", [(Place(line=1, column=1), message)]
    text, problems = _text(data)
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text = _INVISIBLE.sub("", _ODD_LINE_ENDS.sub(" ", text))
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        if not problems:
            code = f"U+{ord(forbidden[0]):04X}"
            message = f"an invisible control character ({code}) stands here; delete it, or type the line anew"
            problems.append((_place(text, forbidden.start()), message))
        text = _FORBIDDEN.sub(" ", text)
    return text, problems


def _text(data: bytes) -> tuple[str, list[tuple[Place, str]]]:
    for mark, encoding in _UTF16:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), []
    if len(data) >= 4 and data[1::2].count(0) > len(data) * 0.4:
        return data.decode("utf-16-le", errors="replace"), []
    if len(data) >= 4 and data[::2].count(0) > len(data) * 0.4:
        return data.decode("utf-16-be", errors="replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        before = _LINE_ENDS.sub("\n", data[: error.start].decode("utf-8").removeprefix("\ufeff"))
        sign = _OLD_SIGNS.get(data[error.start]) or bytes([data[error.start]]).decode("cp1252", errors="replace")
        message = (
            f'the letter "{sign}" is saved in an old Windows encoding. Save the file as UTF-8 '
            "(in Notepad: Save as, Encoding: UTF-8)"
        )
        return data.decode("cp1252", errors="replace"), [(_place(before, len(before)), message)]


def _place(text: str, index: int) -> Place:
    start = text.rfind("\n", 0, index) + 1
    return Place(line=text.count("\n", 0, index) + 1, column=index - start + 1)
