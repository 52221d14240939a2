"""What people typed, made safe to be shown again."""

from __future__ import annotations

import re
import unicodedata

_MARKS = {ord(mark): f"\\{mark}" for mark in r"\`*_~|>#-+.!:[](){}<@&/"}
_MARKED = re.compile(r"\\(.)", re.DOTALL)
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Control, format (bidi marks, zero widths) and surrogate characters: they have no look of their own, only effects."""


def escape(typed: str, limit: int = 200) -> str:
    """Show `typed` in one line as plain text: no Markdown, no mention, nothing hidden, cut after `limit` characters.

    One pass without backtracking, so hostile text takes no longer than any other.
    """
    words = " ".join(typed.split())
    visible = "".join(char for char in words if unicodedata.category(char) not in _HIDDEN).strip()
    cut = visible if len(visible) <= limit else visible[:limit].rstrip() + "…"
    return cut.translate(_MARKS)


def is_blank(typed: str) -> bool:
    """Whether there is nothing to be seen in it."""
    return not escape(typed)


def escape_lines(text: str, limit: int = 400) -> str:
    """Show several lines as plain text, each as `escape` shows it."""
    return "\n".join(escape(line, limit) for line in text.splitlines())


def unescape(shown: str) -> str:
    """Give back what `escape` has made safe."""
    return _MARKED.sub(r"\1", shown)
