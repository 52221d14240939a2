"""The two files while the bot runs: every way of saving arrives once, and what was good stays."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.problems import Problem
from bot.knowledge.library import Library, Reloaded, load
from tests.knowledge.files import courses_file

FAQ = """\
questions:
  - question: Do I have to log in at a specific time?
    id: login-time
    answer: No.
  - question: What happens if I miss a live session?
    id: missed
    answer: It depends.
"""
COURSES = courses_file(
    "code: PM-101\nformat: synchronous\nlive_sessions:\n  - every: Tue 18:00-19:30\n"
    "deadlines:\n  - name: Essay\n    due: Fri 2 Oct 2026"
)
CHANGED = FAQ.replace("answer: No.", "answer: Never, really.")
BROKEN = FAQ.replace("answer: No.", "anser No.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "faq.yaml").write_text(FAQ, encoding="utf-8")
    (folder / "courses.yaml").write_text(COURSES, encoding="utf-8")
    return folder


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Library:
    library = Library(folder, tmp_path / "state")
    assert library.open().knowledge is not None
    return library


def polled(library: Library, times: int = 3) -> list[Reloaded]:
    """Look several times while nobody writes, as the bot does every few seconds."""
    return [found for found in (library.poll() for _ in range(times)) if found]


def answer(reloaded: Reloaded) -> str:
    return reloaded.knowledge.entries["login-time"].answer


def lines(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{problem.file}:{problem.line}: {problem.level}" for problem in problems]


# --- Every way of saving --------------------------------------------------------------------------


def in_place(file: Path, text: str, between: Callable[[], None]) -> None:
    file.write_text(text, encoding="utf-8")


def atomic_rename(file: Path, text: str, between: Callable[[], None]) -> None:
    other = file.with_name(".faq.yaml.tmp")
    other.write_text(text, encoding="utf-8")
    between()
    other.replace(file)


def vim(file: Path, text: str, between: Callable[[], None]) -> None:
    backup = file.with_name("faq.yaml~")
    file.rename(backup)
    between()
    with file.open("w", encoding="utf-8") as new:
        new.write(text[:50])
        new.flush()
        between()
        new.write(text[50:])
    backup.unlink()


def truncate_and_write_later(file: Path, text: str, between: Callable[[], None]) -> None:
    with file.open("w", encoding="utf-8") as same:
        between()
        same.write(text[:80])
        same.flush()
        between()
        same.write(text[80:])


def unlink_and_create(file: Path, text: str, between: Callable[[], None]) -> None:
    file.unlink()
    between()
    file.write_text(text, encoding="utf-8")


def git_pull(file: Path, text: str, between: Callable[[], None]) -> None:
    folder = file.parent
    git = ["git", "-c", "user.name=Kim", "-c", "user.email=kim@school.edu", "-c", "commit.gpgsign=false"]

    def run(*arguments: str) -> None:
        subprocess.run([*git, *arguments], cwd=folder, check=True, capture_output=True)

    run("init", "-b", "main")
    run("add", "faq.yaml", "courses.yaml")
    run("commit", "-m", "before")
    run("checkout", "-b", "edit")
    file.write_text(text, encoding="utf-8")
    run("commit", "-am", "after")
    run("checkout", "main")
    between()
    run("merge", "--ff-only", "edit")


def symlinked_folder(file: Path, text: str, between: Callable[[], None]) -> None:
    """A mounted configuration: the folder is a link to a version, and is turned to the next one."""
    folder = file.parent
    first, second = (folder.with_name(name) for name in ("version-1", "version-2"))
    folder.rename(first)
    folder.symlink_to(first, target_is_directory=True)
    shutil.copytree(first, second)
    (second / "faq.yaml").write_text(text, encoding="utf-8")
    between()
    link = folder.with_name("next")
    link.symlink_to(second, target_is_directory=True)
    link.replace(folder)


def old_time_kept(file: Path, text: str, between: Callable[[], None]) -> None:
    """Some tools copy a file with its time: it is older than the one that it replaces."""
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(0, 0))


WAYS = [
    in_place,
    atomic_rename,
    vim,
    truncate_and_write_later,
    unlink_and_create,
    git_pull,
    symlinked_folder,
    old_time_kept,
]


@pytest.mark.parametrize("save", WAYS)
@pytest.mark.parametrize("looks_in_between", [False, True])
def test_every_way_of_saving_arrives_once_and_whole(
    save: Callable[[Path, str, Callable[[], None]], None], looks_in_between: bool, folder: Path, library: Library
) -> None:
    seen: list[Reloaded] = []

    def look() -> None:
        if looks_in_between:
            seen.extend(polled(library, 1))

    save(folder / "faq.yaml", CHANGED, look)
    seen += polled(library)
    assert [answer(reloaded) for reloaded in seen] == ["Never, really."]
    assert seen[0].problems == ()
    assert seen[0].summary == "1 question changed"


def test_a_second_save_arrives_too(folder: Path, library: Library) -> None:
    (folder / "faq.yaml").write_text(CHANGED, encoding="utf-8")
    assert len(polled(library)) == 1
    (folder / "faq.yaml").write_text(FAQ, encoding="utf-8")
    assert [answer(reloaded) for reloaded in polled(library)] == ["No."]


def test_a_file_that_is_still_being_written_is_left_alone(folder: Path, library: Library) -> None:
    for count in range(50, len(CHANGED), 20):
        (folder / "faq.yaml").write_text(CHANGED[:count], encoding="utf-8")
        assert library.poll() is None


def test_touching_a_file_is_no_change(folder: Path, library: Library) -> None:
    os.utime(folder / "faq.yaml", ns=(10**18, 10**18))
    (folder / "courses.yaml").write_text(COURSES, encoding="utf-8")
    assert polled(library) == []


# --- What was good stays ---------------------------------------------------------------------------


def test_a_broken_file_keeps_its_last_good_version_and_is_named_once(folder: Path, library: Library) -> None:
    (folder / "faq.yaml").write_text(BROKEN, encoding="utf-8")
    (reloaded,) = polled(library)
    assert answer(reloaded) == "No."
    assert reloaded.summary == ""
    assert any(line.startswith("faq.yaml:4: error") for line in lines(reloaded.problems))
    (folder / "faq.yaml").write_text(CHANGED, encoding="utf-8")
    (mended,) = polled(library)
    assert (answer(mended), mended.problems, mended.summary) == ("Never, really.", (), "1 question changed")


def test_a_broken_faq_does_not_hold_back_the_courses(folder: Path, library: Library) -> None:
    (folder / "faq.yaml").write_text(BROKEN, encoding="utf-8")
    (folder / "courses.yaml").write_text(COURSES.replace("18:00-19:30", "17:00-18:30"), encoding="utf-8")
    (reloaded,) = polled(library)
    assert answer(reloaded) == "No."
    assert reloaded.summary == "15 sessions moved"
    assert {problem.file for problem in reloaded.problems} == {"faq.yaml"}


def test_an_error_of_the_whole_keeps_the_last_good_version_too(folder: Path, library: Library) -> None:
    (folder / "courses.yaml").write_text(
        COURSES.replace("19:30\n", "19:30\n        cancelled: 14 Oct 2026\n"), encoding="utf-8"
    )
    (reloaded,) = polled(library)
    assert [problem.message[:40] for problem in reloaded.problems] == ["cancelled: no session of PM-101 is plann"]
    assert reloaded.summary == ""


def test_a_missing_file_is_named_and_its_return_is_noticed(folder: Path, library: Library) -> None:
    (folder / "faq.yaml").rename(folder / "away")
    (missing,) = polled(library)
    assert answer(missing) == "No."
    assert "There is no file faq.yaml" in missing.problems[0].message
    (folder / "away").rename(folder / "faq.yaml")
    (back,) = polled(library)
    assert (back.problems, back.summary) == ((), "")


def test_a_file_that_cannot_be_read_for_a_while_is_read_as_soon_as_it_can(folder: Path, library: Library) -> None:
    file = folder / "faq.yaml"
    file.rename(folder / "aside")
    file.mkdir()  # nobody can read a folder as a file, whatever they may
    (locked,) = polled(library)
    assert [problem.message for problem in locked.problems] == [
        "faq.yaml cannot be read: Is a directory. Close other programs that use it, and check who may read it."
    ]
    assert answer(locked) == "No."
    file.rmdir()
    file.write_text(CHANGED, encoding="utf-8")
    (free,) = polled(library)
    assert (answer(free), free.problems) == ("Never, really.", ())


def test_a_failed_example_keeps_nothing_back(folder: Path, library: Library) -> None:
    text = CHANGED + "examples:\n  - ask: do i have to log in at a specific time\n    expect: missed\n"
    (folder / "faq.yaml").write_text(text, encoding="utf-8")
    (reloaded,) = polled(library)
    assert answer(reloaded) == "Never, really."
    assert reloaded.problems == ()
    assert lines(reloaded.failed_examples) == ["faq.yaml:10: error"]


# --- A restart -------------------------------------------------------------------------------------


def test_a_restart_on_a_broken_file_answers_from_the_kept_version(
    folder: Path, library: Library, tmp_path: Path
) -> None:
    (folder / "faq.yaml").write_text(CHANGED, encoding="utf-8")
    polled(library)
    (folder / "faq.yaml").write_text(BROKEN, encoding="utf-8")
    (folder / "courses.yaml").unlink()
    restarted = Library(folder, tmp_path / "state")
    loaded = restarted.open()
    assert loaded.knowledge is not None
    assert loaded.knowledge.entries["login-time"].answer == "Never, really."
    assert "PM-101" in loaded.knowledge.courses
    assert {problem.file for problem in loaded.problems} == {"faq.yaml", "courses.yaml"}
    (folder / "faq.yaml").write_text(FAQ, encoding="utf-8")
    assert [answer(reloaded) for reloaded in polled(restarted)] == ["No."]


def test_without_a_kept_version_a_broken_file_gives_nothing_until_it_is_mended(folder: Path, tmp_path: Path) -> None:
    (folder / "faq.yaml").write_text(BROKEN, encoding="utf-8")
    library = Library(folder, tmp_path / "state")
    assert library.open().knowledge is None
    assert polled(library) == []
    (folder / "faq.yaml").write_text(FAQ, encoding="utf-8")
    assert [answer(reloaded) for reloaded in polled(library)] == ["No."]


def test_another_folder_has_its_own_kept_versions(folder: Path, library: Library, tmp_path: Path) -> None:
    other = shutil.copytree(folder, tmp_path / "other")
    (other / "faq.yaml").write_text(BROKEN, encoding="utf-8")
    assert Library(other, tmp_path / "state").open().knowledge is None


def test_a_state_folder_that_cannot_be_written_is_no_reason_to_fail(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "state").write_text("a file where a folder belongs", encoding="utf-8")
    library = Library(folder, tmp_path / "state")
    assert library.open().knowledge is not None
    [said] = [one.getMessage() for one in caplog.records]
    assert said.startswith(f"The last good version of the two files cannot be kept in {tmp_path / 'state'} (Not a dir")
    assert said.endswith("Let me write there, or name another folder in STATE_DIR.")

    (folder / "faq.yaml").write_text(CHANGED, encoding="utf-8")
    assert len(polled(library)) == 1
    assert len(caplog.records) == 1, "it is said once"


def test_loading_knows_nothing_of_kept_versions(folder: Path, library: Library) -> None:
    assert load(folder).knowledge is not None
    (folder / "faq.yaml").write_text(BROKEN, encoding="utf-8")
    assert load(folder).knowledge is None


def test_reading_leaves_nothing_to_be_collected(folder: Path, library: Library) -> None:
    """What is read may hold no cycles: it is kept out of the search for them."""
    gc.unfreeze()  # what other tests have left
    gc.collect()
    (folder / "faq.yaml").write_text(CHANGED, encoding="utf-8")
    (folder / "courses.yaml").write_text(COURSES.replace("18:00-19:30", "17:00-18:30"), encoding="utf-8")
    assert len(polled(library)) == 1
    assert gc.isenabled()
    gc.unfreeze()
    assert gc.collect() == 0
