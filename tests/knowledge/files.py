"""Small files to be judged, and what was found in them, by the line that a person would look at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import dedent, indent

from bot.content.problems import Problem

SCHOOL = """\
timezone: America/New_York
school:
  name: School
  short_name: SPS
  contact: help@school.edu
defaults:
  session_length: 90 min
terms:
  Fall:
    starts: Tue 8 Sep 2026
    ends: Fri 18 Dec 2026
    no_class:
      - 25 Nov 2026 to 29 Nov 2026: Thanksgiving
formats:
  asynchronous:
    in_short: On your own time
  synchronous:
    in_short: Live
  hybrid:
    in_short: Both
courses:
"""


def courses_file(*courses: str) -> str:
    """Write courses.yaml with these courses, each given by its lines without the dash; term and title are added."""
    return SCHOOL + "".join(_block(dedent(course).strip("\n"), f"C-{n}") for n, course in enumerate(courses, start=1))


def _block(lines: str, code: str) -> str:
    given = lines if "code:" in lines else f"code: {code}\n{lines}"
    given += "" if "title:" in given.split("live_sessions")[0] else f"\ntitle: Course {code}"
    return "  - " + indent(f"{given}\nterm: Fall\n", "    ").lstrip()


def told(problems: Sequence[Problem], **files: str) -> list[str]:
    """Write each problem as `the line it names -> level: message`; a line that the message names is shown as well."""
    lines = {f"{name}.yaml": [line.strip() for line in text.splitlines()] for name, text in files.items()}

    def sentence(problem: Problem) -> str:
        there = lines[problem.file]
        message = re.sub(r"\bline (\d+)", lambda found: f"line: {there[int(found[1]) - 1]}", problem.message)
        return f"{there[problem.line - 1]} -> {problem.level}: {message}"

    return [sentence(problem) for problem in problems]
