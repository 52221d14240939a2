"""Line breaks in long texts: those that the editor's width made go, those that staff meant stay."""

from __future__ import annotations

import pytest

from bot.content.prose import flowing

FULL = "Let your instructor know, before the session if you possibly can. This"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (f"{FULL}\nis what counts.", f"{FULL} is what counts."),
        (f"{FULL}\n\nis a new paragraph.", f"{FULL}\n\nis a new paragraph."),
        ("Room 5\nMain Street 1", "Room 5\nMain Street 1"),
        (f"{FULL}:\n- one\n- two", f"{FULL}:\n- one\n- two"),
        (f"- {FULL}\n  goes on\n- two", f"- {FULL} goes on\n- two"),
        (f"{FULL}\n1. first", f"{FULL}\n1. first"),
        (f"{FULL}\n> quoted", f"{FULL}\n> quoted"),
        (f"# {FULL}\ntext", f"# {FULL}\ntext"),
        (f"{FULL}  \nmeant", f"{FULL}  \nmeant"),
        (f"```\n{FULL}\ncode\n```\n{FULL}\nprose", f"```\n{FULL}\ncode\n```\n{FULL} prose"),
        ("", ""),
    ],
)
def test_only_full_lines_flow_on(written: str, read: str) -> None:
    assert flowing(written) == read
    assert flowing(read) == read
