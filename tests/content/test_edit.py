"""Edits of faq.yaml change the new value's characters and no others, and are refused rather than guessed."""

from __future__ import annotations

import pytest

from bot.content.edit import NewEntry, add_entry, add_wording
from bot.content.refusal import Refusal

FAQ = b"""\
questions:
  - question: Do I have to log in?
    id: login
    also_asked:
      - set times   # ask Ben
      # more to come
    answer: |
      No.
"""


def test_a_wording_goes_below_the_last_one() -> None:
    edited = add_wording(FAQ, "login", "must i be there: at 7?")
    assert edited.after == FAQ.replace(b"Ben\n", b'Ben\n      - "must i be there: at 7?"\n')
    assert (edited.line, edited.diff) == (6, '+       - "must i be there: at 7?"')
    assert edited.faq.entries[0].also_asked == ("set times", "must i be there: at 7?")


def test_a_new_entry_goes_below_the_others() -> None:
    new = NewEntry(
        question="Is it on Zoom?", answer="Yes: *always*.\n\n- bring # a mug", also_asked=("zoom",), topic="Tech"
    )
    edited = add_entry(FAQ, new)
    assert edited.entry == "is-it-on-zoom"
    assert (
        edited.after
        == FAQ
        + b"""\

  - question: Is it on Zoom?
    id: is-it-on-zoom
    topic: Tech
    also_asked:
      - zoom
    answer: |
      Yes: *always*.

      - bring # a mug
"""
    )


@pytest.mark.parametrize(
    ("entry", "wording", "why"),
    [
        ("gone", "anything", 'There is no question with the id "gone" in faq.yaml any more.'),
        ("login", " \u200b\n", "Nothing is left of the wording"),
        ("login", "a" * 301, "The wording has 301 letters; at most 300 fit."),
        ("login", "SET TIMES!", '"SET TIMES!" already stands under “Do I have to log in?” (id login).'),
    ],
)
def test_what_cannot_be_added_is_refused_with_the_reason(entry: str, wording: str, why: str) -> None:
    with pytest.raises(Refusal, match=why.replace("(", r"\(").replace(")", r"\)").replace("?", r"\?")):
        add_wording(FAQ, entry, wording)
