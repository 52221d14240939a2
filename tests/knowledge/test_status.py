"""What staff are told about the two files."""

from __future__ import annotations

from bot.content.problems import Level, Problem
from bot.knowledge.status import status


def problem(message: str, level: Level = Level.ERROR, file: str = "faq.yaml", line: int = 3) -> Problem:
    return Problem(file=file, line=line, column=5, level=level, message=message)


def test_an_error_names_the_file_the_line_and_what_the_bot_does_meanwhile() -> None:
    told = status([problem("no colon"), problem("here too", line=9)], [], "")
    assert told.broken
    assert told.text == (
        "**faq.yaml and courses.yaml**\n"
        "⚠️ faq.yaml cannot be used as it is. Until it is mended, I answer from its last good version.\n"
        "```\nfaq.yaml:3:5: error: no colon\nfaq.yaml:9:5: error: here too\n```"
    )


def test_the_other_file_is_taken_up() -> None:
    told = status([problem("no colon")], [], "3 sessions moved")
    assert told.text.endswith("\nTaken up from the other file: 3 sessions moved.")


def test_mended_says_what_changed() -> None:
    told = status([], [], "1 question added, 2 changed", was_broken=True)
    assert not told.broken
    assert told.text.endswith("\n✅ Fixed: 1 question added, 2 changed.")


def test_mended_by_going_back() -> None:
    assert status([], [], "", was_broken=True).text.endswith("✅ Fixed: nothing that students see has changed.")


def test_warnings_and_failed_examples_are_told_beside_what_was_taken_up() -> None:
    told = status([problem("twice at once", Level.WARNING)], [problem("expect: x", line=40)], "1 question changed")
    assert not told.broken
    assert told.text.splitlines()[1:] == [
        "✅ Taken up: 1 question changed.",
        "Please have a look:",
        "```",
        "faq.yaml:3:5: warning: twice at once",
        "```",
        "These examples give another answer than expected:",
        "```",
        "faq.yaml:40:5: error: expect: x",
        "```",
    ]


def test_many_and_long_problems_fit_into_a_message() -> None:
    many = status([problem(f"number {n}", line=n) for n in range(1, 30)], [], "")
    assert "and 21 more" in many.text
    long = status([problem("x" * 700, line=n) for n in range(1, 9)], [], "")
    assert len(long.text) <= 2000
    assert long.text.count("```") == 2


def test_what_staff_wrote_cannot_leave_its_block() -> None:
    told = status([problem('"``` @everyone" is not a date')], [], "")
    assert told.text.count("```") == 2
