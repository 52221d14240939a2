"""What goes wrong with whole passages: sections, blocks and lines that were deleted, moved, pasted or shifted.

Every row is one mistake in a good file (tests/content/base), and in one that is much longer.
"""

# ruff: noqa: E501 - a table reads best with one row a line

from __future__ import annotations

from pathlib import Path

from tests.content.teachers_mistakes import C, F, Mistake

FOLDER = Path(__file__).parent / "base"
COURSES, FAQ = ((FOLDER / f"{name}.yaml").read_text(encoding="utf-8") for name in ("courses", "faq"))


def part(text: str, start: str, end: str) -> str:
    """Cut a passage out of a file, without `end`."""
    begin = text.index(start)
    return text[begin : text.index(end, begin + 1)]


def shifted(text: str, by: int) -> str:
    """Move all lines of a passage to the right, or to the left with a negative number."""
    lines = text.split("\n")
    return "\n".join((" " * by + line if by > 0 else line[-by:]) if line.strip() else line for line in lines)


def flat(text: str) -> str:
    return "\n".join(line.lstrip() for line in text.split("\n"))


def tabbed(text: str) -> str:
    return "\n".join("\t" * ((len(line) - len(line.lstrip())) // 2) + line.lstrip() for line in text.split("\n"))


def quoted(text: str, mark: str) -> str:
    return "".join(mark + line for line in text.splitlines(keepends=True))


PMP = part(COURSES, "  - code: PMP-200", "  - code: DA-120")
PACED = part(FAQ, "  - question: Are these", '  - question: "What')
TERMS = part(COURSES, "terms:", "formats:")
DOG = "  - question: Can I bring my dog?\n    id: dog\n    answer: |\n      No.\n"

DELETED = [
    Mistake(F, "questions:\n  #", "  #", "  - question: ", "questions:  is missing above"),
    Mistake(F, "tips:\n  - title: Make", "  - title: Make", "- title: Make", "tips:  is missing above"),
    Mistake(F, "elsewhere:\n  - topic", "  - topic", "- topic: Tuition", "elsewhere:  is missing above"),
    Mistake(F, "examples:\n  - ask", "  - ask", "- ask: do i need", "examples:  is missing above"),
    Mistake(C, "terms:\n  Fall", "  Fall", "  Fall 2026:", "terms:  is missing above"),
    Mistake(C, "formats:\n  asyn", "  asyn", "  asynchronous:", "formats:  is missing above"),
    Mistake(C, "comparison:\n  - about", "  - about", "- about: Set", "comparison:  is missing above"),
    Mistake(C, "\nschool:\n", "\n", "  name: Evening", "school:  is missing above"),
    Mistake(C, "\ndefaults:\n", "\n", "  deadline_time", "defaults:  is missing above"),
    Mistake(C, "\n\nterms:\n  Fall", "\n  Fall", "  Fall 2026:", "terms:  is missing above"),
    Mistake(C, "        cancelled:\n", "", "- 13 Oct 2026", "the name of this list is missing"),
    Mistake(C, "      - name: Application\n", "", "due: Mon 16", "a deadline begins with a dash: write  - name: "),
    Mistake(C, "  - about: Set meeting times\n", "", "asynchronous: No", "a row begins with a dash: write  - about: "),
    Mistake(C, "      - every: Tue and Thu 18:00-19:30\n", "", "where: https://video", "a live session begins with a dash"),
    Mistake(C, "  Fall 2026:\n", "", "starts: Tue 8 Sep", "a name is missing above this, such as  Spring 2027:"),
    Mistake(C, "  asynchronous:\n    also_called", "    also_called", "also_called: [async", "a name is missing above this, such as  synchronous:"),
    Mistake(C, "  synchronous:\n    also_called", "    also_called", "also_called: [sync", "If another format begins here, its first line is missing above"),
    Mistake(C, part(COURSES, "  - code: PMP", "    instructor: Luis"), "", "instructor: Luis", "the dash is missing"),
    Mistake(C, "        moved:\n", "", "- 12 Nov 2026", "a new date, and no reason; if the session takes place then, write the line below  moved:"),
    Mistake(C, "    links:\n      Course", "      Course", "Course site", "such as  links:"),
    Mistake(C, "  contact:\n    name", "    name", "name: ES office", "such as  contact:"),
    Mistake(C, "    live_sessions:\n      - every", "      - every", "- every: Tue", "part of the text above"),
    Mistake(F, "    by_format:\n      asyn", "      asyn", "asynchronous: |", "part of the text above"),
    Mistake(C, "    deadlines:\n      - name: Application", "      - name: Application", "- name: Application", ""),
    Mistake(F, "    also_asked:\n      - can i go", "      - can i go", "topic: Times", "a list stands below this and has no name"),
]  # fmt: skip

MOVED = [
    Mistake(C, PMP, shifted(PMP, 2), "- code: PMP-200", "too far to the right (and"),
    Mistake(C, PMP, shifted(PMP, -2), "- code: PMP-200", "too far to the left (and"),
    Mistake(C, PMP, flat(PMP), "- code: PMP-200", "the spaces at the beginning of this line and of"),
    Mistake(F, PACED, shifted(PACED, 2), "- question: Are", "too far to the right (and"),
    Mistake(F, PACED, shifted(PACED, -2), "- question: Are", "too far to the left (and"),
    Mistake(F, PACED, flat(PACED), "- question: Are", "the spaces at the beginning of this line and of"),
    Mistake(C, PMP, tabbed(PMP), "- code: PMP-200", "begins with a Tab (and"),
    Mistake(C, PMP, PMP.replace("    ", "\u00a0\u00a0\u00a0\u00a0"), "title: PMP", "no-break spaces"),
    Mistake(C, TERMS + part(COURSES, "formats:", "courses:"), part(COURSES, "formats:", "courses:") + TERMS.replace("terms:\n", "terms:\n" + PMP), "- code: PMP-200", "a course begins here, in the middle of  terms:"),
    Mistake(C, "      - name: Application\n        due: Mon 16 Nov 2026 noon\n", "        due: Mon 16 Nov 2026 noon\n      - name: Application\n", "due: Mon 16", "move it below  - name: Application"),
    Mistake(C, "    deadlines:\n      - name: Application\n", "      - name: Application\n    deadlines:\n", "- name: Application", "move it below  deadlines:"),
    Mistake(C, "  Spring 2027:\n    starts: Tue 19 Jan 2027\n    ends: Fri 7 May 2027\n", "    starts: Tue 19 Jan 2027\n    ends: Fri 7 May 2027\n  Spring 2027:\n", "starts: Tue 19", "move it below  Spring 2027:"),
    Mistake(C, "  - code: PMP-200", "  - - code: PMP-200", "- - code: PMP", "one dash is enough"),
    Mistake(F, "  - question: Are these", "  - - question: Are these", "- - question", "one dash is enough"),
]  # fmt: skip

PASTED = [
    Mistake(C, PMP, quoted(PMP, "> "), ">   - code", '">" stands at the beginning of this line (and of'),
    Mistake(C, PMP, quoted(PMP, "+"), "+  - code", '"+" stands at the beginning of this line (and of'),
    Mistake(C, COURSES, flat(COURSES), "name: Evening", "the spaces at the beginning of this line and of"),
    Mistake(F, FAQ, flat(FAQ), "I don't have", "the spaces at the beginning of this line and of"),
    Mistake(C, COURSES, COURSES.replace("  ", "\u00a0\u00a0"), "name: Evening", "no-break spaces"),
    Mistake(C, COURSES, FAQ, "if_no_match", "the sections of faq.yaml"),
    Mistake(F, FAQ, COURSES, "timezone: America/New", "the sections of courses.yaml"),
    Mistake(C, COURSES, COURSES + COURSES[COURSES.index("timezone"):].replace("timezone:", "timezone:  "), "timezone:  ", "the file begins anew"),
    Mistake(C, COURSES, f"```yaml\n{COURSES}```\n", "```yaml", "the page that this was copied from"),
    Mistake(F, PACED, DOG.replace("  -", "\n  -") + PACED.replace("  - question: Are these", "  - question: Can I bring my dog?\n    #"), "Can I bring my dog?\n    #", "another question"),
    Mistake(F, PACED, PACED + PACED, "", "self-paced"),
    Mistake(F, FAQ, f"{FAQ}\n{COURSES}", "timezone: America/New", "sections of courses.yaml ( timezone:"),
    Mistake(C, COURSES, f"{COURSES}\n{FAQ}", "if_no_match", "sections of faq.yaml ( if_no_match:"),
    Mistake(F, FAQ, f"{FAQ}\nquestions:\n{DOG}", "questions:\n  - question: Can", "stands twice in this file (first in line 7); put what is below it there"),
    Mistake(F, FAQ, f"{FAQ}\n{DOG}", "- question: Can I bring", "It belongs below  questions:"),
    Mistake(C, COURSES, f":\n{COURSES}", ":\n", '":" stands alone on this line'),
    Mistake(F, FAQ, f"-\n{FAQ}", "-\n", '"-" stands alone on this line'),
    Mistake(C, COURSES, f"{COURSES}}}\n", "}\n", '"}" stands alone on this line'),
    Mistake(C, COURSES, f"{COURSES}`", "`", '"`" stands alone on this line'),
    Mistake(C, COURSES, f"f{COURSES}", "f# yaml", '"f" stands before the #'),
    Mistake(C, "  - code: DA-120", f"{DOG}\n  - code: DA-120", "- question: Can I", "something of faq.yaml"),
    Mistake(F, "tips:\n", "courses:\n  - code: A-1\n    title: A\n\ntips:\n", "courses:", "it belongs in courses.yaml"),
    Mistake(F, "[self paced, pace]", '"self paced, pace', '"self paced', "not closed"),
    Mistake(F, "      - can i finish early", '      - "can i finish early', '"can i finish', "not closed"),
    Mistake(F, "    id: self-paced", "    id: 'self-paced", "'self-paced", "not closed"),
    Mistake(F, PACED, DOG.replace("answer: |", "answer |") + "\n" + PACED, "answer |", "colon"),
]  # fmt: skip

WRITTEN = [
    Mistake(F, PACED, DOG.replace("    id", "     id").replace("    answer", "     answer") + "\n" + PACED, "     id: dog", "too far to the right (and"),
    Mistake(F, PACED, DOG.replace("    id", "   id").replace("    answer", "   answer") + "\n" + PACED, "   id: dog", "too far to the left (and"),
    Mistake(F, PACED, flat(DOG).replace("question", "  question").replace("id", "  id").replace("answer", "  answer").replace("No", "    No").replace("- ", "") + "\n" + PACED, "question: Can I", "the dash is missing"),
    Mistake(F, PACED, DOG.replace("|", "¦") + "\n" + PACED, "answer: ¦", "needs a |"),
    Mistake(F, PACED, DOG.replace("|", "I") + "\n" + PACED, "answer: I", "needs a |"),
    Mistake(F, PACED, DOG.replace("No.", "Ask {{contact}}.") + "\n" + PACED, "{{contact}}", "too many braces"),
    Mistake(F, PACED, DOG.replace("No.", "Ask contact}.") + "\n" + PACED, "contact}", "lacks its beginning"),
    Mistake(F, PACED, DOG + "    also_asked:\n      - dogs\n      -\n\n" + PACED, "      -\n", "nothing stands after this dash"),
    Mistake(F, PACED, DOG + "    also_asked:\n      - may i bring my old and very friendly dog to the online lessons?\n        may i bring my cat\n\n" + PACED, "        may i", "begin it with a dash"),
    Mistake(F, PACED, DOG + "    also_asked:\n      - !dogs\n\n" + PACED, "!dogs", "needs quotes"),
    Mistake(F, PACED, DOG + "    links:\n      [Dogs](https://es.example.edu/dogs)\n\n" + PACED, "[Dogs]", "write a link as  Dogs: https"),
    Mistake(F, "contact: bursar@es.example.edu", "contact: mailto:bursar@es.example.edu", "mailto:", "not an e-mail"),
    Mistake(F, "questions:\n", "- questions:\n", "- questions:", "the name of a section stands alone"),
    Mistake(F, "questions:\n", "[questions]\n", "[questions]", "the name of a section stands alone"),
    Mistake(F, "questions:\n", " questions:\n", " questions:", "the name of a section stands alone"),
    Mistake(F, "questions:\n", "FAQ:\n", "FAQ:", "did you mean  questions:"),
    Mistake(C, "  - code: PMP-200\n", "  1. code: PMP-200\n", "1. code", "with a dash"),
    Mistake(C, "  - code: PMP-200\n", "  PMP-200:\n", "PMP-200:", "write  - code: PMP-200"),
    Mistake(C, "    title: PMP Exam Preparation (live)", '    "title: PMP Exam Preparation (live)"', '"title:', "quotes are around the whole line"),
    Mistake(C, "every: Tue and Thu 18:00-19:30", "every: Tue and Thu\n        time: 18:00-19:30", "time: 18", "no field of its own"),
    Mistake(C, "every: Tue and Thu 18:00-19:30", "every: [Tue 18:00-19:30, Thu 18:00-19:30]", "[Tue", "one text belongs here"),
    Mistake(C, "- on: Sat 6", "- true: Sat 6", "true: Sat", "not a field"),
    Mistake(C, "    instructor: Dana Whitfield <d.whitfield@es.example.edu>", "    instructor:\n      name: Dana Whitfield", "instructor:", "one text belongs"),
    Mistake(C, "      Syllabus: https", "      https", "      https://learn.es.example.edu/pm101/syl", "the name is missing"),
    Mistake(C, "channel: pm-101", "channel: # pm-101", "channel: # pm", "without the #"),
    Mistake(C, "channel: pm-101", "channel: <#123456789012345678>", "<#123", "a number or a link of Discord"),
    Mistake(C, "channel: pm-101", "channel: https://discord.com/channels/12/34", "discord.com", "a number or a link of Discord"),
    Mistake(C, "channel: pm-101", "channel: pm 101", "pm 101", "pm-101"),
    Mistake(C, "role: PM-101 students", "role: '@everyone'", "@everyone", "call everybody"),
    Mistake(C, "session_length: 90 min", "session_length: 90 days", "90 days", "no length for a session"),
    Mistake(C, "[1 week, 1 day, 2 hours]", "[7, 1, 2]", "[7, 1", "lack their units"),
    Mistake(C, "[1 week, 1 day, 2 hours]", "[1 week; 1 day; 2 hours]", "[1 week;", ""),
    Mistake(C, "    starts: Mon 1 Feb 2027", "    starts: Mon 1 Nov 2027", "starts: Mon 1 Nov", "before it starts"),
]  # fmt: skip

PASSAGES = [*DELETED, *MOVED, *PASTED, *WRITTEN]
