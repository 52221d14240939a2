"""An edit is written whole or not at all, and never over what somebody else wrote."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.content.edit import Edited, add_wording
from bot.content.refusal import Refusal
from bot.knowledge.library import Library
from bot.knowledge.saving import Saved, ToPaste, edit, save

FAQ = b"questions:\n  - question: Is it on Zoom?\n    id: zoom\n    answer: Yes.\n"
ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals, modes and links of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "faq.yaml"
    path.write_bytes(FAQ)
    return path


def _taught(path: Path, wording: str = "do you use teams") -> Edited:
    return edit(path, lambda data: add_wording(data, "zoom", wording))


def test_an_edit_is_in_the_file_and_nothing_else_is_left_in_the_folder(path: Path) -> None:
    edited = _taught(path)
    assert path.read_bytes() == FAQ
    assert save(path, edited) == Saved(line=4)
    assert path.read_bytes() == edited.after != FAQ
    assert list(path.parent.iterdir()) == [path]


def test_what_somebody_else_has_just_written_stays(path: Path) -> None:
    edited = _taught(path)
    path.write_bytes(FAQ + b"# mine\n")
    with pytest.raises(Refusal, match="changed by somebody else"):
        save(path, edited)
    assert path.read_bytes() == FAQ + b"# mine\n"
    assert list(path.parent.iterdir()) == [path]


def test_of_two_edits_of_the_same_file_the_second_is_made_anew(path: Path) -> None:
    first, second = _taught(path), _taught(path, "is there skype")
    save(path, first)
    with pytest.raises(Refusal, match="try again"):
        save(path, second)
    save(path, _taught(path, "is there skype"))
    assert path.read_bytes().count(b"\n      - ") == 2


@pytest.mark.parametrize("marker", ["folder", "file", "above"])
def test_in_a_git_repository_the_lines_are_to_be_pasted(path: Path, marker: str) -> None:
    root = path.parent
    if marker == "above":
        (path.parent / "school").mkdir()
        path = path.rename(path.parent / "school" / path.name)
    (root / ".git").write_text("gitdir: elsewhere") if marker == "file" else (root / ".git").mkdir()
    told = save(path, _taught(path))
    assert told == ToPaste(why="faq.yaml is kept in a git repository, so the change belongs there.", line=4)
    assert path.read_bytes() == FAQ


@ON_POSIX
def test_a_file_that_may_not_be_written_stays(path: Path) -> None:
    path.chmod(0o444)
    assert save(path, _taught(path)) == ToPaste(why="faq.yaml may not be changed from here.", line=4)
    assert path.read_bytes() == FAQ


@ON_POSIX
def test_modes_and_links_stay(path: Path) -> None:
    path.chmod(0o664)
    link = path.parent / "bot" / "faq.yaml"
    link.parent.mkdir()
    link.symlink_to(path)
    save(link, _taught(link))
    assert link.is_symlink()
    assert b"teams" in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o664


def test_a_file_that_is_gone_is_said_to_be(path: Path) -> None:
    edited = _taught(path)
    path.unlink()
    assert isinstance(save(path, edited), ToPaste)
    with pytest.raises(Refusal, match=r"There is no file faq\.yaml"):
        _taught(path)


def test_the_library_takes_an_edit_up(path: Path, tmp_path: Path) -> None:
    (tmp_path / "courses.yaml").write_bytes((Path(__file__).parents[1] / "content/base/courses.yaml").read_bytes())
    library = Library(tmp_path, tmp_path / "state")
    library.open()
    save(library.folder / "faq.yaml", _taught(path))
    reloaded = library.poll() or library.poll()
    assert reloaded is not None
    assert reloaded.summary == "1 question changed"


DEATHS = {
    # where the process dies, by what it does first, and whether the edit is in the file afterwards
    "amid the writing": ("resource.setrlimit(resource.RLIMIT_FSIZE, (30, 30))", signal.SIGXFSZ, False),
    "before the new file takes the place of the old one": ("os.fsync = lambda _: os.kill(os.getpid(), 9)", 9, False),
    "right after that": ("os.open = lambda *_: os.kill(os.getpid(), 9)", 9, True),
} if sys.platform != "win32" else {}  # fmt: skip
DYING = """
import os, resource, signal, sys
from pathlib import Path
from bot.content.edit import add_wording
from bot.knowledge.saving import edit, save
path = Path(sys.argv[1])
edited = edit(path, lambda data: add_wording(data, "zoom", "do you use teams"))
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
{dying}
save(path, edited)
"""


@ON_POSIX
@pytest.mark.parametrize("death", DEATHS)
def test_killed_in_the_middle_it_leaves_the_old_file_or_the_new_one(path: Path, death: str) -> None:
    dying, by, is_new = DEATHS[death]
    edited = _taught(path)
    ended = subprocess.run([sys.executable, "-c", DYING.format(dying=dying), path], cwd=Path(__file__).parents[2])
    assert ended.returncode == -by
    assert path.read_bytes() == (edited.after if is_new else FAQ)
    if not is_new:
        assert save(path, edited) == Saved(line=4)  # what it left behind is in nobody's way
    assert list(path.parent.iterdir()) == [path]


@ON_POSIX
def test_on_a_full_disk_the_lines_are_to_be_pasted(path: Path) -> None:
    full = "resource.setrlimit(resource.RLIMIT_FSIZE, (30, 30)); signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    script = DYING.format(dying=full).replace("save(path, edited)", "print(save(path, edited).why)")
    ended = subprocess.run(
        [sys.executable, "-c", script, path], cwd=Path(__file__).parents[2], capture_output=True, text=True
    )
    assert ended.stdout == "faq.yaml could not be written (File too large).\n"
    assert path.read_bytes() == FAQ
    assert list(path.parent.iterdir()) == [path]
