"""Long texts: where staff broke a line only because their editor's was full, readers see one flowing paragraph."""

from __future__ import annotations

import re

FULL_LINE = 64
"""Letters from which a line counts as full: whoever breaks shorter ones means it."""

_BEGINS_A_LINE = re.compile(r"\s*(?:[-*+•] |\d{1,3}[.)] |>|#{1,3} |-# |```)")
_FENCE = "```"


def flowing(text: str) -> str:
    """Join the lines of each paragraph that were broken because they were full.

    A line stays on its own after a blank one, a short one, a heading or one that ends in two spaces or a backslash; and
    if it begins a list item, a quotation or a heading. Blocks of code stay as they are.
    """
    flowed: list[str] = []
    last = ""
    in_code = False
    for line in text.splitlines():
        fence = line.strip().startswith(_FENCE)
        if not (in_code or fence) and _continues(last, line):
            flowed[-1] = f"{flowed[-1]} {line.strip()}"
        else:
            flowed.append(line)
        in_code ^= fence
        last = "" if fence else line
    return "\n".join(flowed)


def _continues(last: str, line: str) -> bool:
    words = line.split(maxsplit=1)
    if not words or not last.strip() or last.endswith(("  ", "\\")) or last.lstrip().startswith("#"):
        return False
    was_full = len(last.rstrip()) + 1 + len(words[0]) > FULL_LINE
    return was_full and not _BEGINS_A_LINE.match(line)
