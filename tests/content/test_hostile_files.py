"""Whatever the bytes are, they give a value or problems, quickly; nothing is expanded, and nothing raises."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.courses import read_courses
from bot.content.faq import read_faq

BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + step, 98 + step, b",".join([b"*%c" % (97 + step)] * 9)) for step in range(9)
)

HOSTILE = {
    "nothing": (b"", "empty"),
    "notes only": (b"# a note\n\n", "empty"),
    "a bomb of aliases": (BOMB, "not used"),
    "very many brackets": (b"[" * 390_000, "too deep"),
    "a hundred thousand dashes": (b"- " * 100_000, "too deep"),
    "too large a file": (b"# note\n" * 200_000, "the file has 1,400 kB, and 400 kB is the most that is read"),
    "too many lines": (b"a\n" * 20_000, "20,000 lines"),
    "too many values": (b"a: [" + b"x, " * 40_000 + b"]\n", "more than 35,000 values"),
    "a very long line of dashes": (b"-" * 390_000, ""),
    "a date with very many words behind it": (b"terms:\n  F:\n    no_class: 8 Sep 2026" + b" x" * 190_000, ""),
    "a document of Word": (b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)), "of Word or Excel, and not plain text"),
    "a document of WordPad": (b"{\\rtf1\\ansi if_no_match: x\\par}", "of WordPad or Word, and not plain text"),
    "a page of the web": (b"\n<!DOCTYPE html>\n<html><body><pre>\n", "a page of the web, and not plain text"),
    "a NUL": (b"school:\x00 x\n", "control character"),
    "an old Windows encoding": (b"school:\n  name: Caf\xe9\n", "UTF-8"),
    "an old Windows quote": (b"school:\n  name: it\x92s\n", "’"),
    "a list": (b"- a\n- b\n", "lines of"),
    "a text": (b"hello\n", "lines of"),
    "a complex name": (b"? [a, b]\n: c\n", ""),
    "thousands of mistakes": (b"questions:\n" + b"  - question: a\nid: b\n" * 5_000, ""),
    "a merge key": (b"a: &x {b: c}\nd:\n  <<: *x\n", "not used"),
    "a tag that makes objects": (b"a: !!python/object/apply:os.system [ls]\n", "not used"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gives_a_sentence(name: str) -> None:
    data, says = HOSTILE[name]
    for reading in (read_courses(data), read_faq(data)):
        assert reading.value is None
        assert any(says in problem.message for problem in reading.problems), reading.problems


def test_an_old_encoding_is_named_at_its_letter_and_the_rest_is_read_on() -> None:
    problems = read_courses(b"school:\r\n  name: Caf\xe9\r\n  shrt_name: C\r\n").problems
    assert (problems[0].line, problems[0].column) == (2, 12)
    assert any("short_name" in problem.message for problem in problems)


def test_a_bomb_of_aliases_takes_no_memory() -> None:
    read_courses(BOMB)
    tracemalloc.start()
    read_courses(BOMB)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_of_very_many_problems_the_first_are_told() -> None:
    problems = read_faq(b"questions:\n" + b"  - question: a\n    id: b\n    answer: c\n" * 3_000).problems
    assert len(problems) == 101
    assert "there may be more below" in problems[-1].message


def test_very_many_questions_alike_have_an_id_each() -> None:
    reading = read_faq(
        b"questions:\n" + b"".join(b"  - question: What %s is it\n    answer: c\n" % (b"?" * n) for n in range(60))
    )
    assert reading.value is not None
    assert len({entry.id for entry in reading.value.entries}) == 60


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    for reading in (read_courses(data), read_faq(data)):
        assert reading.problems


PIECES = st.sampled_from(
    (
        *(
            "courses:",
            "questions:",
            "terms:",
            "code: ",
            "title: ",
            "due: ",
            "answer: |\n",
            "every ",
            "Fri 2 Oct",
            "2026",
        ),
        *("  - ", "- ", "-", "    ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", ": ", "'", '"', "“", "é", "x", ","),
        *(
            "[",
            "]",
            "{",
            "}",
            "|",
            ">",
            "# ",
            "#",
            "*a",
            "&a ",
            "!x ",
            "%",
            "@",
            "`",
            "? ",
            "---",
            "<<<<<<< ",
            "=======",
        ),
    )
)


@settings(max_examples=250)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_nothing_that_looks_like_a_file_raises(text: str) -> None:
    for reading in (read_courses(text.encode()), read_faq(text.encode())):
        assert reading.problems
        for problem in reading.problems:
            assert problem.line >= 1
            assert problem.column >= 1
