"""Good files, however oddly laid out or encoded, give no message and say the same."""

from pathlib import Path

import pytest
import yaml

from bot.content.courses import read_courses
from bot.content.faq import read_faq

# ruff: noqa: E501 - a table reads best with one row a line

FOLDER = Path(__file__).parent / "base"
BASE = {name: (FOLDER / f"{name}.yaml").read_text(encoding="utf-8") for name in ("faq", "courses")}
F, C = "faq", "courses"

ENCODED = {
    "a mark of UTF-8 at the beginning": b"\xef\xbb\xbf" + BASE[C].encode(),
    "UTF-16 as Notepad writes it": BASE[C].encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + BASE[C].encode("utf-16-be"),
    "UTF-16 without its mark": BASE[C].encode("utf-16-le"),
    "line ends of Windows": BASE[C].replace("\n", "\r\n").encode(),
    "line ends of old Macs": BASE[C].replace("\n", "\r").encode(),
    "no end of line at the end": BASE[C].rstrip("\n").encode(),
    "a line of dashes first": b"---\n" + BASE[C].encode(),
    "dots at the end": BASE[C].encode() + b"...\n",
    "blanks at line ends": BASE[C].replace("\n", "   \n").encode(),
    "all of it indented": "".join(f"  {line}" for line in BASE[C].splitlines(keepends=True)).encode(),
    "no empty lines": BASE[C].replace("\n\n", "\n").encode(),
    "twice as many empty lines": BASE[C].replace("\n\n", "\n\n\n\n").encode(),
}

SAME = [
    (F, "also_asked:", "Also asked:"),
    (F, "also_asked:", "also-asked:"),
    (C, "title:", "TITLE:"),
    (C, "title:", "title :"),
    (C, "title:", '"title":'),
    (C, "title:", "title\u200b:"),
    (C, '"Data Analysis 1: Spreadsheets"', "'Data Analysis 1: Spreadsheets'"),
    (C, "[pmp, exam prep]", "pmp, exam prep"),
    (C, "[pmp, exam prep]", "[pmp,\n      exam prep]"),
    (C, "[pmp, exam prep]", "\n      - pmp\n      - exam prep"),
    (C, "skip: [29 Nov 2026]", "skip: 29 Nov 2026"),
    (C, "format: asynchronous", "format: async"),
    (C, "format: asynchronous", "format: Asynchronous"),
    (C, "format: asynchronous", "format: on your own time"),
    (F, "for: [asynchronous, hybrid]", "for: async, blended"),
    (F, "answer: |\n      It", "answer: |-\n      It"),
    (F, "answer: |\n      It", "answer: >\n      It"),
    (F, "called **hybrid**.", "called\n      **hybrid**."),
    (C, "title: Project Management Foundations", "title:\n      Project Management Foundations"),
    (C, "  - code: PMP-200", "#  # next\n  - code: PMP-200 # the live one"),
    (C, "  - code: PMP-200\n", "  -\n    code: PMP-200\n"),
    (C, "  - code: PMP-200\n    title: PMP Exam Preparation (live)", "  - title: PMP Exam Preparation (live)\n    code: PMP-200"),
    (C, "      - You log in when it works for you.\n      - Ass", "    - You log in when it works for you.\n    - Ass"),
    (C, "optional: yes", "optional: TRUE"),
    (C, "due: Fri 2 Oct 2026", "due: 2026-10-02"),
    (C, "due: Fri 2 Oct 2026", "due: October 2, 2026"),
    (C, "due: Fri 2 Oct 2026", "due: 2 Oct"),
    (C, "due: Fri 2 Oct 2026", 'due: "Fri 2 Oct 2026"'),
    (C, "due: Fri 11 Dec 2026 5pm", "due: 2026-12-11T17:00"),
    (C, "Tue and Thu 18:00-19:30", "Tuesdays & Thursdays, 6–7:30 pm"),
    (C, "Tue and Thu 18:00-19:30", "Tue, Thu 18h for 1h30"),
    (C, "          - 13 Oct 2026: Instructor", "          13 Oct 2026: Instructor"),
    (C, "pm101\n      Syllabus:", "pm101\n      Syllabus :"),
    (C, "25 Nov 2026 to 29 Nov 2026:", "25-29 Nov:"),
    (C, "remind_before: [1 day]", "remind_before: 24 hours"),
    (C, "channel: ask-es", "channel: ask-es  # see there"),
    (C, "channel: pm-101", "channel:\tpm-101\t"),
    (C, "channel: pm-101", 'channel: "#pm-101"'),
    (C, "channel: pm-101", 'channel: "@pm-101"'),
    (C, "  name: Evening School\n  short_name: ES\n", "  short_name: ES\n  name: Evening School\n"),
]  # fmt: skip

FINE = [
    (C, "code: PM-101", "code: 0120"),
    (C, "title: Project Management Foundations", "title: 🎓 Projets d'été ✨"),
    (C, "title: Project Management Foundations", "title: C# for beginners"),
    (C, "title: Project Management Foundations", 'title: The "agile" project'),
    (C, "title: Project Management Foundations", "title: No"),
    (C, "/syllabus", "/syllabus#week1"),
    (C, "    instructor: Dana Whitfield <d.whitfield@es.example.edu>", "    instructor:"),
    (C, "[pmp, exam prep]", "[]"),
    (C, "contact: data@es.example.edu", "contact: The data office"),
    (C, "due: Fri 2 Oct 2026", "due: 24/11/2026 17:00"),
    (C, "        cancelled:\n          - 13 Oct 2026: Instructor at a conference", "        cancelled: 13 Oct 2026, 20 Oct 2026"),
    (C, "29 Nov 2026: Thanksgiving break", "29 Nov 2026: until 5 we close"),
    (C, "          - 13 Oct 2026: Instructor", "          # (until May)\n          - 13 Oct 2026: to rest, Instructor"),
    (C, "contact: data@es.example.edu", "contact: office at bldg.5"),
    (C, "about: Plan, run", "about: Plan // run"),
    (F, "- can i finish early", "- can i finish early - or late"),
    (F, "- can i finish early", "- NÃO, São Paulo, Âge"),
    (F, "      It depends on the course.", "      See [contact](https://es.example.edu/contact): it\n      (as a rule) depends.\n      // and so on\n      2)  a  title: b"),
    (F, "- can i finish early", "- هل يمكنني"),
    (F, "      It depends on the course.", "      | a | b |\n      |---|---|\n      # Head\n      > quote: yes\n      {\"a\": [1\n      - x\n        -y\n      *z* `{contact}`"),
    (F, "      It depends on the course.", "      It depends on the course.\n      \tand so on"),
    (F, "      It depends on the course.", "      It\u00a0depends “on” the course: yes."),
]  # fmt: skip


@pytest.mark.parametrize("name", ENCODED)
def test_an_encoding_does_not_matter(name: str) -> None:
    reading = read_courses(ENCODED[name])
    assert [str(problem) for problem in reading.problems] == []
    assert reading.value == read_courses(BASE[C].encode()).value


@pytest.mark.parametrize(("file", "before", "after"), SAME)
def test_a_layout_does_not_matter(file: str, before: str, after: str) -> None:
    assert before in BASE[file]
    read = read_faq if file == F else read_courses
    reading = read(BASE[file].replace(before, after).encode())
    assert [str(problem) for problem in reading.problems] == []
    assert reading.value == read(BASE[file].encode()).value


def test_what_another_program_writes_is_read_the_same() -> None:
    shipped = (Path(__file__).parents[2] / "faq.yaml").read_text(encoding="utf-8")
    for text in (BASE[F], shipped):  # the dump has long texts in quotes that end on a line of their own
        reading = read_faq(yaml.safe_dump(yaml.safe_load(text), sort_keys=False, allow_unicode=True).encode())
        assert [str(problem) for problem in reading.problems] == []
        assert reading.value == read_faq(text.encode()).value


@pytest.mark.parametrize(("file", "before", "after"), FINE)
def test_an_unusual_value_is_fine(file: str, before: str, after: str) -> None:
    assert before in BASE[file]
    read = read_faq if file == F else read_courses
    reading = read(BASE[file].replace(before, after).encode())
    assert [str(problem) for problem in reading.problems] == []
    assert reading.value is not None
