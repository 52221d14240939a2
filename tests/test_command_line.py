"""The command line as its users meet it: `python -m bot …` in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.knowledge.library import load
from bot.reminders.reconcile import take_up
from bot.reminders.schedule import Schedule
from bot.store.database import Database
from bot.store.people import opt_in

ROOT = Path(__file__).parent.parent


def bot(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        cwd=ROOT,
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder with a copy of the shipped files, to be broken."""
    for name in ("faq.yaml", "courses.yaml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_ask_answers_in_words_with_the_zone() -> None:
    done = bot("ask", "when is the next session of pmp-200", "--at", "2026-10-05T12:00")
    assert done.returncode == 0
    assert "Tue 6 Oct 2026, 18:00 EDT" in done.stdout
    assert "<t:" not in done.stdout


def test_a_moment_with_an_offset_is_taken_as_it_is() -> None:
    done = bot("ask", "when is the next session of pmp-200", "--at", "2026-10-07T01:00+02:00")
    assert "PMP-200 is live now" in done.stdout


@pytest.mark.parametrize(
    ("local_time", "words"), [("17:59", "18:00 EDT to 19:30 EDT (in 1 minute)"), ("18:01", "PMP-200 is live now")]
)
def test_a_moment_without_an_offset_is_local_to_the_school(local_time: str, words: str) -> None:
    assert words in bot("ask", "when is the next session of pmp-200", "--at", f"2026-10-06T{local_time}").stdout


def test_ask_ends_with_the_related_questions() -> None:
    last = bot("ask", "what is a hybrid course?").stdout.strip().splitlines()[-1]
    assert last.startswith("See also: ")
    assert "How do I know which format a course uses?" in last


def test_a_reader_who_leaves_early_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--batch"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as asking:
        assert asking.stdin
        assert asking.stdout
        assert asking.stderr
        asking.stdin.write("hi\n")
        asking.stdin.flush()
        assert json.loads(asking.stdout.readline())["outcome"] == "unknown"
        asking.stdout.close()
        asking.stdin.write("hi\n")
        asking.stdin.close()
        assert asking.stderr.read() == ""
    assert asking.returncode == 0


def test_ask_prints_json() -> None:
    done = bot("ask", "what if i miss pm-101's session?", "--json", "--at", "2026-10-05T12:00")
    said = json.loads(done.stdout)
    assert said["outcome"] == "answer"
    assert said["entry"] == "missed-session"
    assert said["courses"] == ["PM-101"]
    assert said["alternatives"][0] == {"entry": "missed-session", "score": said["score"]}
    assert "PM-101" in said["text"]


def test_a_card_has_no_entry_and_an_unknown_question_has_alternatives_too() -> None:
    lines = bot(
        "ask", "--batch", given="da 120\nwhere is the swimming pool\n\nwhen is my next session\n"
    ).stdout.splitlines()
    card, unknown, empty, which = map(json.loads, lines)
    assert (card["outcome"], card["entry"]) == ("answer", None)
    assert unknown["outcome"] == "unknown"
    assert all(set(other) == {"entry", "score"} for other in unknown["alternatives"])
    assert empty["outcome"] == "unknown"
    assert (which["outcome"], which["entry"]) == ("which_course", "next-session")


def test_the_course_can_be_given_beside_the_question() -> None:
    assert "PMP-200" in bot("ask", "when do we meet", "--course", "pmp200").stdout
    done = bot("ask", "when do we meet", "--course", "nonsense")
    assert done.returncode == 2
    assert "PM-101" in done.stderr


def test_neither_ask_nor_check_imports_what_only_the_bot_needs(tmp_path: Path) -> None:
    script = (
        "import sys; from bot.__main__ import main; main(sys.argv[1:]); "
        "print({'discord', 'simcord', 'icalendar', 'pydantic', 'sqlalchemy'} & set(sys.modules) - {MAY})"
    )
    # Only the settings tell `check` where the bot's state would be; without any, nothing that reads it is needed.
    for arguments, may in ((["ask", "hi"], "set()"), (["check"], "{'pydantic'}")):
        done = subprocess.run(
            [sys.executable, "-c", script.replace("{MAY}", may), *arguments],
            cwd=ROOT,
            env={**os.environ, "STATE_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == "set()"


def test_check_is_content_with_the_shipped_files() -> None:
    done = bot("check")
    assert done.returncode == 0
    assert done.stdout.startswith("Both files are fine")


def test_check_says_whom_changed_dates_will_reach_while_the_bot_runs(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIR", str(tmp_path))
    courses = content / "courses.yaml"
    ahead = courses.read_text(encoding="utf-8").replace("2026", "2054").replace("2027", "2055")  # the same weekdays
    courses.write_text(ahead, encoding="utf-8")
    base = load(content).knowledge
    assert base is not None
    with closing(Database.open(tmp_path / "schoolbell.sqlite3")) as database:
        database.unit(opt_in, 1, "HR-150", 1)
        database.unit(take_up, Schedule.of(base.courses.values(), base.timetable, base.school.timezone), 2)
        replace(courses, "due: Sun 28 Feb 2055", "due: Mon 1 Mar 2055")
        *_, whom, what = bot("check", "--content", content).stdout.splitlines()
    assert whom.startswith("This edit will message 1 student and #hr-150 in ")
    assert what == "- HR-150: Case study: Sun 28 Feb 2055, 23:59 EST → Mon 1 Mar 2055, 23:59 EST"


def test_check_leaves_a_damaged_state_alone(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATE_DIR", str(tmp_path))
    (tmp_path / "schoolbell.sqlite3").write_text("no database", encoding="utf-8")
    assert bot("check", "--content", content).stderr == ""


def test_check_names_the_line_and_exits_1(content: Path) -> None:
    replace(content / "courses.yaml", "due: Fri 2 Oct 2026", "due: soon")
    line = (content / "courses.yaml").read_text(encoding="utf-8").splitlines().index("        due: soon") + 1
    done = bot("check", "--content", content)
    assert done.returncode == 1
    assert done.stdout.startswith(f'courses.yaml:{line}:14: error: due: "soon"')
    as_json = json.loads(bot("check", "--content", content, "--format", "json").stdout)
    assert [(one["file"], one["line"], one["column"], one["level"]) for one in as_json] == [
        ("courses.yaml", line, 14, "error")
    ]
    assert set(as_json[0]) == {"file", "line", "column", "level", "message", "fix"}
    assert bot("check", "--content", content, "--format", "github").stdout.startswith("::error file=")


def test_signs_with_a_meaning_to_github_are_escaped(content: Path) -> None:
    colon = "" if sys.platform == "win32" else ":"  # there, the drive has one
    folder = content / f"term 1, 100%{colon}"
    folder.mkdir()
    shutil.move(content / "courses.yaml", folder)
    shutil.move(content / "faq.yaml", folder)
    replace(folder / "courses.yaml", "due: Fri 2 Oct 2026", 'due: "100%, then: soon"')
    replace(folder / "faq.yaml", "related: [difference, which-format]", "related: [difference, which-formt]")
    lines = bot("check", "--content", folder, "--format", "github").stdout.splitlines()
    assert len(lines) == 2
    for line in lines:
        properties, message = line.removeprefix("::error ").split("::", 1)
        assert [one.partition("=")[0] for one in properties.split(",")] == ["file", "line", "col"]
        assert "term 1%2C 100%25" + "%3A" * len(colon) + "/" in properties
        assert ":" not in properties
        assert ("100%25, then: soon" in message) == ("courses.yaml" in properties)
        assert ("?%0ATry:  " in message) == ("faq.yaml" in properties), "a line feed would end the message"


@pytest.mark.parametrize("command", [["ask", "hi"], ["run"], ["try"]])
def test_nothing_starts_on_a_broken_file(content: Path, command: list[str]) -> None:
    replace(content / "faq.yaml", "questions:", "question")
    done = bot(*command, "--content", content)
    assert done.returncode == 1
    assert "faq.yaml:" in done.stderr
    assert "Mend them and start again" in done.stderr


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    done = bot("check", "--content", tmp_path)
    assert done.returncode == 1
    assert "There is no file faq.yaml" in done.stdout
    assert "There is no file courses.yaml" in done.stdout


def test_schemas_for_a_folder_that_is_not_there_are_refused_in_words(tmp_path: Path) -> None:
    done = bot("schema", "--content", tmp_path / "nowhere")
    assert done.returncode == 1
    assert done.stderr == f"{tmp_path / 'nowhere' / 'schemas'} cannot be written: No such file or directory.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ask"], "Write it in quotes"),
        (["ask", "hi", "--at", "tomorrow"], "Write it like 2026-11-24T17:00"),
    ],
)
def test_wrong_use_is_answered_with_right_use(arguments: list[str], sentence: str) -> None:
    done = bot(*arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
