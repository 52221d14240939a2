"""How a new text is written into a file, so that it reads back as what was typed, in the style of its neighbours."""

from __future__ import annotations

import re
import unicodedata

from bot.content.page import quoted

_UNSAFE = re.compile(r"""[:#"\[\]{}|>&*!%@`\\;]""")
_NO_LETTERS = ("Cc", "Cs")
"""Control characters, and halves of characters."""
_INVISIBLE = frozenset("\u200b\u2060\ufeff\ufffe\uffff")
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the order in which an editor shows the letters of a line around."""
_ODD_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def one_line(text: str) -> str:
    """Put a typed text on one line, without what cannot be seen; letters of every script and emoji stay."""
    return " ".join(_visible(" ".join(text.split())).split())


def paragraphs(text: str) -> str:
    """Tidy a typed text of several lines: nothing invisible, no tabs, no blanks at the ends of lines."""
    lines = _ODD_LINE_ENDS.sub("\n", text).expandtabs(4).split("\n")
    return "\n".join(_visible(line).rstrip() for line in lines).strip()


def scalar(text: str, quote: str = "", *, in_brackets: bool = False) -> str:
    """Write a one-line text as a value: with this quote, or plain if it has none and is harmless so."""
    if quote == "'":
        return "'" + text.replace("'", "''") + "'"
    if quote == '"':
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text if is_plain(text, in_brackets=in_brackets) else quoted(text)


def is_plain(text: str, *, in_brackets: bool = False) -> bool:
    """Tell whether a text needs no quotes: neither for YAML, nor for the reader, who suspects what looks like more."""
    if not text[:1].isalnum() or _UNSAFE.search(text) or text.casefold() == "null":
        return False
    return not (in_brackets and "," in text)


def _visible(text: str) -> str:
    unseen = _INVISIBLE | _DIRECTIONS
    return "".join(one for one in text if one not in unseen and unicodedata.category(one) not in _NO_LETTERS)
