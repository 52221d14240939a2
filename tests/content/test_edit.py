"""Edits of faq.yaml change the new value's characters and no others, and are refused rather than guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.edit import Edited, NewEntry, add_entry, add_wording
from bot.content.faq import read_faq
from bot.content.refusal import Refusal
from tests.content.layouts import LAYOUTS, USUAL

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
        ("login", " \u200b\n", "There is no letter and no digit in the wording"),
        ("login", "a" * 301, "The wording has 301 letters; at most 300 fit."),
        ("login", "SET TIMES!", '"SET TIMES!" already stands under “Do I have to log in?” (id login).'),
    ],
)
def test_what_cannot_be_added_is_refused_with_the_reason(entry: str, wording: str, why: str) -> None:
    with pytest.raises(Refusal, match=why.replace("(", r"\(").replace(")", r"\)").replace("?", r"\?")):
        add_wording(FAQ, entry, wording)


# ruff: noqa: E501 - a table reads best with one row a line

EDITS: dict[str, Callable[[bytes], Edited]] = {
    "a wording": lambda data: add_wording(data, "login", "must i be there at 7"),
    "a wording that needs quotes": lambda data: add_wording(data, "login", 'where: "there", [here] #1'),
    "a wording of the other": lambda data: add_wording(data, "zoom", "it's on skype, isn't it?"),
    "an entry": lambda data: add_entry(data, NewEntry(question="Who: you?", answer="- *Me*\n\n\n# and Ben", topic="#1")),
    "an entry with wordings": lambda data: add_entry(
        data, NewEntry(question="Who is there", answer="{contact}", also_asked=("who, when", "'why'"))
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", EDITS)
def test_every_other_byte_stays_and_the_file_says_just_what_was_added(layout: str, kind: str) -> None:
    data = LAYOUTS[layout]
    before = read_faq(data)
    assert before.value, before.problems
    edited = EDITS[kind](data)
    after = read_faq(edited.after)

    lost, put = _difference(data, edited.after)
    assert lost in put, "what stood there is gone"
    assert len(put) - len(lost) < 200
    odd_ends = rb"\r(?!\n)|(?<!\r)\n" if b"\r\n" in data else rb"\n" if b"\r" in data else rb"\r"
    assert not re.search(odd_ends, edited.after)
    assert edited.after.endswith(b"\n") == data.endswith(b"\n")

    assert after.value == edited.faq
    assert len(after.problems) == len(before.problems)
    old, new = before.value.entries, edited.faq.entries
    [number] = [index for index, one in enumerate(new) if one.id == edited.entry]
    if kind.startswith("a wording"):
        assert replace(new[number], also_asked=old[number].also_asked) == old[number]
        assert new[number].also_asked == (*old[number].also_asked, *edited.wordings)
        assert new[:number] + new[number + 1 :] == old[:number] + old[number + 1 :]
    else:
        assert (new[:-1], number) == (old, len(old))
    assert replace(edited.faq, entries=()) == replace(before.value, entries=())


@pytest.mark.parametrize(
    ("last", "becomes"),
    [
        ("late]", "late, new]"),
        ("late,]", "late, new,]"),
        ("late  # Ben\n  ]", "late,  # Ben\n      new\n  ]"),
        ("late\n  ]", "late,\n      new\n  ]"),
        ("late,\n  ]", "late,\n      new,\n  ]"),
        ("late, 'at night'\n  ]", "late, 'at night', new\n  ]"),
    ],
)
def test_a_list_in_brackets_goes_on_as_it_began(last: str, becomes: str) -> None:
    text = f"questions:\n- question: Is it?\n  answer: Yes.\n  also_asked: [set times,\n      {last}\n"
    assert add_wording(text.encode(), "is-it", "new").after.decode() == text.replace(last, becomes)


@pytest.mark.parametrize("answer", ["answer: Yes.", "answer: |\n    Yes."])
def test_a_new_entry_goes_below_the_notes_on_the_last_one_and_above_those_on_the_next_section(answer: str) -> None:
    last = f"questions:\n- question: Is it?\n  {answer}\n\n   # needs: course\n"
    rest = "\n# --- Tips ---\n"
    edited = add_entry(f"{last}{rest}".encode(), NewEntry(question="Who?", answer="I."))
    assert edited.after.decode() == f"{last}\n- question: Who?\n  id: who\n  answer: |\n    I.\n{rest}"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_lines_to_paste_are_the_change(layout: str) -> None:
    """Whoever puts these lines in by hand gets the same file."""
    data = LAYOUTS[layout]
    for change in EDITS.values():
        edited = change(data)
        lines, wanted = (re.split("\r\n|\r|\n", text.decode()) for text in (data, edited.after))
        lines[edited.line - 1 : edited.line - 1 + len(edited.old)] = edited.new
        assert [line for line in lines if line] == [line for line in wanted if line]
        assert edited.diff.count("\n") + 1 == len(edited.old) + len(edited.new)


def _difference(before: bytes, after: bytes) -> tuple[bytes, bytes]:
    """What is different between the bytes that both begin and end with."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    return before[start : len(before) - end], after[start : len(after) - end]


def _alike(one: bytes, two: bytes) -> int:
    pairs = enumerate(zip(one, two, strict=False))
    return next((index for index, (left, right) in pairs if left != right), min(len(one), len(two)))


HOSTILE = [
    "what: now", "a #hash", '"quoted"', "it's", "- dash", "-dash", "[a]", "[", "{a}", "{", "&anchor", "*star", "! bang", "!tag x",
    "| pipe", "> more", "% percent", "@at", "`tick`", "? really", "a: b: c", "ends with:", 'ends with "', "ends with ]", "a, b",
    "null", "~", "yes", "0120", "2026-11-24", "18:30", "<<", "---", "...", "=", "a\tb", "a\nb: c", "a\r\n- b", "a\x85b\u2028c",
    "\x00\x07nul", "\x1b[31mred", "\ufeffmark", "a\u200bb", "🙂 👩‍👩‍👧 🏳️‍🌈", "مرحبا متى الدرس", "\u202eevil\u202c", "שלום", "ｗｉｄｅ",
    "“curly”", "‘curly’", "• bullet", "– dash", "— dash", "\\n", "\\", "c:\\temp", "'", '"', "''", "answer: no", "question:x",
    "<@123> @everyone", "**bold**", "x" * 300, "{contact}", "%s {0} $HOME", "é" * 100, "\ud800half", "\ufffe", "١٢٣", "a;b", "(a)",
    "-- why", "|", ">", "key:\n  - x", "# only", "''' \"\"\"", "!!python/object:os.system", "&a *a", "a\xa0b", "\u3000", "🫨",
]  # fmt: skip


@pytest.mark.parametrize("layout", ["usual", "in brackets", "all in quotes", "one wording, no list", "no wordings"])
def test_hostile_text_reads_back_as_typed_or_is_refused_kindly(layout: str) -> None:
    for text in HOSTILE:
        typed = " ".join(re.sub("[\u200b\ufeff\ufffe\u202e\u202c\ud800\x00\x07\x1b]", "", text).split())
        for entry in ("login", "zoom"):
            try:
                edited = add_wording(LAYOUTS[layout], entry, text)
            except Refusal:
                assert not re.search(r"\w", typed), text
            else:
                assert edited.wordings == (typed,)
                read = read_faq(edited.after).value
                assert read is not None
                assert [one.also_asked[-1] for one in read.entries if one.id == entry] == [typed]


@settings(max_examples=50)
@given(text=st.text(st.characters() | st.sampled_from("\n\r\t:#'\"-[]{}&*!|>%@`,? \\"), max_size=60))
def test_any_text_is_written_so_that_it_reads_back_or_is_refused(text: str) -> None:
    entry = NewEntry(question=text, answer=text, topic=text, also_asked=(text[::-1],))
    changes: list[Callable[[], Edited]] = [
        lambda: add_wording(USUAL, "login", text),
        lambda: add_wording(LAYOUTS["in brackets"], "login", text),
        lambda: add_entry(USUAL, entry),
    ]
    for change in changes:
        with suppress(Refusal):
            edited = change()
            assert read_faq(edited.after).value == edited.faq


REFUSED = {
    "a file with a mistake": (USUAL.replace(b"id: zoom", b"id: login"), "a mistake that must be mended first: faq.yaml:23:"),
    "an anchor": (USUAL.replace(b"- set times", b"- &a set times"), "mended first"),
    "UTF-16": (USUAL.decode().encode("utf-16"), "is not saved as UTF-8"),
    "an entry in braces": (
        b"questions:\n  - {question: Is it?, id: login, also_asked: one, answer: No}\n",
        "laid out in a way in which I cannot write",
    ),
    "keys with question marks": (
        b"questions:\n- ? question\n  : Is it?\n  ? id\n  : login\n  ? answer\n  : No.\n",
        "laid out in a way in which I cannot write",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_edited_safely_is_refused_with_the_reason(case: str) -> None:
    data, why = REFUSED[case]
    with pytest.raises(Refusal, match=re.escape(why)):
        add_wording(data, "login", "anything else")


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (NewEntry(question=" ", answer="Yes."), "There is no letter and no digit in the question"),
        (NewEntry(question="Who?", answer="\n \x00"), "There is no letter and no digit in the answer"),
        (NewEntry(question="Who?", answer="a" * 3501), "The answer has 3,501 letters; at most 3,500 fit."),
        (NewEntry(question="Who?", answer="Ask {nobody}."), "nothing is known to fill in for {nobody}"),
        (NewEntry(question="is it on zoom", answer="Yes."), "already stands under “Is it on Zoom?” (id zoom)"),
        (NewEntry(question="Who?", answer="I.", also_asked=("Set times",)), "already stands under “Do I have to log in?”"),
    ],
)  # fmt: skip
def test_a_new_entry_that_cannot_be_used_is_refused_with_the_reason(new: NewEntry, why: str) -> None:
    with pytest.raises(Refusal, match=re.escape(why)):
        add_entry(USUAL, new)


def test_the_id_is_made_of_the_question_and_is_its_own() -> None:
    data, ids = USUAL, []
    for question in ("Zoom", "ZOOM, again?", "None", "何時？", "Zoom agáin"):
        edited = add_entry(data, NewEntry(question=question, answer="Yes."))
        data = edited.after
        ids.append(edited.entry)
    assert ids == ["zoom-2", "zoom-again", "none-2", "question", "zoom-again-2"]
