from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("\u202eevil\u202c \u200fx\u200by\ufeff", "evil xy"),
        ("  two\n\n\tlines  ", "two lines"),
        ("Ä 日本 😀", "Ä 日本 😀"),
        ("", ""),
    ],
)
def test_typed_text_is_shown_as_it_stands(typed: str, shown: str) -> None:
    assert escape(typed) == shown


def test_long_text_is_cut_and_keeps_its_escapes_whole() -> None:
    assert escape("[a](" * 1500, limit=200) == r"\[a\]\(" * 50 + "…"


@given(st.text())
def test_no_text_gets_through_with_an_effect(typed: str) -> None:
    shown = escape(typed)

    assert re.fullmatch(r"(?:\\.|[^\\`*_~|>#\[\](){}<@:/])*", shown)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs"}
    assert len(shown) <= 401
