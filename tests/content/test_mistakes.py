"""A mistake is told once, on the line where a person would point, in a sentence that fits it."""

from functools import cache
from pathlib import Path

import pytest

from bot.content.courses import read_courses
from bot.content.faq import read_faq
from bot.content.problems import Level, Problem
from tests.content.teachers_mistakes import ALL, EDGE, Mistake
from tests.content.teachers_passages import PASSAGES

BASE = {
    name: (Path(__file__).parent / "base" / f"{name}.yaml").read_text(encoding="utf-8") for name in ("faq", "courses")
}
QUESTION = """
  - question: How long is part {0}?
    id: part-{0}
    also_asked:
      - is part {0} long
    related: [login-time]
    answer: |
      Part {0} takes a week.
"""
COURSE = """
  - code: XY-{0}
    title: Part {0}
    format: asynchronous
    term: Fall 2026
    deadlines:
      - name: Essay
        due: Fri 2 Oct 2026
"""
MORE = {  # the good files with so much more in them that they are not read as a whole again
    "faq": BASE["faq"]
    .replace("questions:\n", "questions:\n" + "".join(QUESTION.format(number) for number in range(30)))
    .replace("\ntips:", "".join(QUESTION.format(number) for number in range(30, 60)) + "\ntips:"),
    "courses": BASE["courses"].replace(
        "\ncourses:\n", "\ncourses:\n" + "".join(COURSE.format(number) for number in range(100, 130))
    )
    + "".join(COURSE.format(number) for number in range(130, 160)),
}


@cache
def problems(file: str, text: str) -> tuple[Problem, ...]:
    read = read_faq if file == "faq" else read_courses
    return read(text.encode()).problems


def broken(mistake: Mistake, base: str) -> tuple[str, int | None]:
    """Make the mistake in a good file; give its text and the line to point at."""
    assert mistake.before in base
    text = base.replace(mistake.before, mistake.after, 1)
    if not mistake.line:
        return text, None
    edited = base.index(mistake.before)
    before = text.rfind("\n", 0, text.rfind("\n", 0, edited)) + 1 if edited else 0
    return text, text.count("\n", 0, text.index(mistake.line, before)) + 1


@pytest.mark.parametrize("mistake", [*ALL, *PASSAGES], ids=lambda mistake: f"{mistake.file}: {mistake.after[:40]!r}")
def test_one_mistake_gives_one_message_on_its_line(mistake: Mistake) -> None:
    text, line = broken(mistake, BASE[mistake.file])
    found = problems(mistake.file, text)
    assert len(found) == 1, [str(problem) for problem in found]
    assert mistake.says in found[0].message
    assert line in (None, found[0].line)


@pytest.mark.parametrize("mistake", [*EDGE, *PASSAGES], ids=lambda mistake: f"{mistake.file}: {mistake.after[:40]!r}")
def test_one_mistake_in_a_long_file_gives_one_message_on_its_line(mistake: Mistake) -> None:
    assert problems(mistake.file, MORE[mistake.file]) == ()
    if mistake.before not in MORE[mistake.file]:
        pytest.skip("it is about the file as a whole")
    text, line = broken(mistake, MORE[mistake.file])
    found = problems(mistake.file, text)
    assert len(found) == 1, [str(problem) for problem in found]
    assert mistake.says in found[0].message
    assert line in (None, found[0].line)


@pytest.mark.parametrize(
    "instead",
    [
        "    }{ login-time\n",  # no YAML at all
        "    name: login-time\n",  # of another block
        "    id login-time\n",
    ],
)
def test_a_broken_list_of_questions_is_not_blamed_on_those_who_name_its_ids(instead: str) -> None:
    text = MORE["faq"].replace("    id: login-time\n", instead)
    (problem,) = problems("faq", text)
    assert text.split("\n")[problem.line - 1] == instead.rstrip("\n")


def test_what_nobody_can_explain_is_told_once() -> None:
    text = MORE["faq"].replace("  - question: Do I have to log in at a specific time?\n", "    {question: Do I\n")
    (problem,) = problems("faq", text)
    assert "does not fit what stands above" in problem.message


def test_an_offered_line_mends_its_mistake() -> None:
    offered = 0
    for mistake in (*ALL, *PASSAGES):
        text, _ = broken(mistake, BASE[mistake.file])
        for problem in problems(mistake.file, text):
            if problem.fix is not None:
                offered += 1
                lines = text.split("\n")
                lines[problem.line - 1] = problem.fix
                left = 1 if "more line" in problem.message else 0
                assert len(problems(mistake.file, "\n".join(lines))) == left, (mistake, problem.fix)
    assert offered > len(ALL) / 3


def test_all_mistakes_are_told_in_one_pass() -> None:
    text = BASE["courses"]
    for before, after in (
        ("  short_name: ES", "  short_name ES"),
        ("    title: Project", "    titel: Project"),
        ("due: Fri 2 Oct 2026", "due: soon"),
        ('"Data Analysis 1: Spreadsheets"', '"Data Analysis 1: Spreadsheets'),
        ("    contact: data@", "   contact: data@"),
    ):
        text = text.replace(before, after)
    lines = text.split("\n")
    told = [lines[problem.line - 1].strip().split(":")[0].split()[0] for problem in problems("courses", text)]
    assert told == ["short_name", "titel", "due", "title", "contact"]


@pytest.mark.parametrize("file", ["faq", "courses"])
def test_colons_missing_in_many_lines_are_told_once_for_each_passage(file: str) -> None:
    text = MORE[file]
    for name in ("id", "topic", "title", "format", "term", "instructor", "channel", "attendance", "due"):
        text = text.replace(f"    {name}: ", f"    {name} ", 1)
    lines, good = text.split("\n"), MORE[file].split("\n")
    wrong = {number for number, line in enumerate(lines, start=1) if line != good[number - 1]}
    found = problems(file, text)
    assert [problem.line for problem in found] == sorted(number for number in wrong if number - 1 not in wrong)
    assert all("the colon is missing" in problem.message for problem in found)
    assert ("and in the next 2 lines" in found[1].message) == (file == "courses")


def test_a_problem_prints_as_tools_expect() -> None:
    text = BASE["courses"].replace("short_name: ES", "short_name ES")
    (problem,) = problems("courses", text)
    assert str(problem) == (
        "courses.yaml:8:13: error: the colon is missing after  short_name\n    Try:  short_name: ES"
    )
    assert problem.level is Level.ERROR
