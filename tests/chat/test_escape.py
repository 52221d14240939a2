from __future__ import annotations

import pytest

from bot.chat.escape import escape


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("when is it due?", "when is it due?"),
        ("@everyone <@&12>", r"\@everyone \<\@\&12\>"),
        ("[a](https://x.y)", r"\[a\]\(https\:\/\/x\.y\)"),
        ("**a** __b__ `c` ||d|| ~~e~~", r"\*\*a\*\* \_\_b\_\_ \`c\` \|\|d\|\| \~\~e\~\~"),
        ("# title\n> quote\n-# small", r"\# title \> quote \-\# small"),
        ("a\0b\x07c\x1bd", "abcd"),
        ("‮evil‬ ‏x​y﻿", "evil xy"),
        ("  two\n\n\tlines  ", "two lines"),
        ("Ä 日本 😀", "Ä 日本 😀"),
        ("", ""),
    ],
)
def test_typed_text_is_shown_as_it_stands(typed: str, shown: str) -> None:
    assert escape(typed) == shown


def test_long_text_is_cut_and_cannot_break_its_escapes() -> None:
    shown = escape("[a](" * 1500, limit=200)

    assert shown == r"\[a\]\(" * 50 + "…"
