"""What `check` and a start of the bot make of files that are not as they should be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder with a copy of the shipped files, to be edited."""
    folder = tmp_path / "content"
    folder.mkdir()
    for name in ("faq.yaml", "courses.yaml"):
        shutil.copy(ROOT / name, folder)
    return folder


def bot(content: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments, "--content", str(content)],
        cwd=ROOT,
        env={**os.environ, "STATE_DIR": str(content.parent / "state"), "DISCORD_TOKEN": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_failed_example_fails_the_check_but_not_the_start(content: Path) -> None:
    edit(content / "faq.yaml", "    expect: self-paced\n", "    expect: login-time\n")
    checked = bot(content, "check")
    assert checked.returncode == 1
    assert "error: expect:" in checked.stdout
    assert "is expected to give login-time, but the bot answers with self-paced" in checked.stdout
    assert "fine" not in checked.stdout
    assert bot(content, "check", "--format", "github").stdout.startswith("::error file=")
    assert bot(content, "ask", "are these classes self paced").returncode == 0


def test_a_warning_fails_nothing(content: Path) -> None:
    edit(content / "courses.yaml", "channel: pmp-200", "channel: pm-101")
    checked = bot(content, "check")
    assert checked.returncode == 0
    assert "warning: channel:" in checked.stdout


def test_the_bot_starts_on_a_broken_file_with_its_last_good_version(content: Path) -> None:
    missing = "There is no token"  # as far as it comes without Discord
    assert missing in bot(content, "run").stderr
    edit(content / "faq.yaml", "questions:", "question")
    again = bot(content, "run")
    assert "faq.yaml:" in again.stderr
    assert "answers from the last version that had no mistakes" in again.stderr
    assert missing in again.stderr
