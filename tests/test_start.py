"""start.py: from a fresh clone to a running command, and back to it after everything that happens to a folder."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import start

ROOT = Path(start.__file__).parent

PROJECT = """
[project]
name = "schoolbell"
dependencies = ["pip"]
[project.optional-dependencies]
try = [{requirement}]
"""
BOT = "import sys, os; print(os.getcwd(), *sys.argv[1:]); sys.exit(7)"

OFFLINE = {"PIP_NO_INDEX": "1"}


class Clone:
    """A folder with the real start.py, no packages to fetch, and a bot that shows what it was handed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(
        self, *arguments: str, cwd: Path | None = None, pip: dict[str, str] = OFFLINE
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(self.folder / "start.py"), *arguments],
            cwd=cwd or self.folder,
            env={**os.environ, **pip},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    folder = tmp_path_factory.mktemp("clone")
    shutil.copy(ROOT / "start.py", folder)
    (folder / "pyproject.toml").write_text(PROJECT.format(requirement=""), encoding="utf-8")
    (folder / "constraints.txt").touch()
    (folder / "bot").mkdir()
    (folder / "bot" / "__main__.py").write_text(BOT, encoding="utf-8")
    clone = Clone(folder)
    assert "Setting up .venv" in clone.start("try").stderr
    return clone


@pytest.fixture
def clone(made_once: Clone, tmp_path: Path) -> Clone:
    """A copy to spoil. It was set up in another place, as a folder that has been moved."""
    moved = tmp_path / "moved"
    shutil.copytree(made_once.folder, moved, symlinks=True)
    return Clone(moved)


def test_a_second_start_only_hands_on(clone: Clone) -> None:
    result = clone.start("ask", "when is it due?", "--json")
    assert (result.stdout.strip(), result.stderr) == (f"{clone.folder} ask when is it due? --json", "")
    assert result.returncode == 7


@pytest.mark.parametrize(
    ("arguments", "handed_on"),
    [
        ([], "try"),
        (["--channel", "questions"], "try --channel questions"),
        (["try", "--channel", "try"], "try --channel try"),
        (["check", "--content", "files"], "check --content {here}/files"),
        (["check", "--content=files"], "check --content={here}/files"),
        (["check", "--content", "/files"], "check --content /files"),
    ],
)
def test_options_reach_the_bot(made_once: Clone, tmp_path: Path, arguments: list[str], handed_on: str) -> None:
    """Also from another folder, to which a relative folder of content belongs."""
    result = made_once.start(*arguments, cwd=tmp_path)
    assert result.stdout.strip() == f"{made_once.folder} {handed_on.format(here=tmp_path)}"


def test_changed_lists_are_installed_once(clone: Clone) -> None:
    (clone.folder / "constraints.txt").write_text("colorama==0.4.6\n", encoding="utf-8")
    assert [clone.start("ask").stderr.startswith("Installing bot") for _ in range(2)] == [True, False]


def test_what_another_command_needs_is_added(clone: Clone) -> None:
    stamp = clone.folder / ".venv" / start.STAMP.name
    stamp.write_text(stamp.read_text(encoding="utf-8").replace("try", ""), encoding="utf-8")
    told = [clone.start(name).stderr for name in ("ask", "try", "ask")]
    assert [told[0], told[1].partition(":")[0], told[2]] == ["", "Installing bot, try", ""]


def test_a_half_made_folder_is_made_anew(clone: Clone) -> None:
    shutil.rmtree(clone.folder / ".venv")
    (clone.folder / ".venv").mkdir()
    (clone.folder / ".venv" / "half").touch()
    result = clone.start("ask")
    assert result.stderr.startswith("Setting up .venv")
    assert result.returncode == 7


@pytest.mark.parametrize("line", ["executable = /gone/bin/python3.11\n", ""])
def test_a_folder_whose_python_is_gone_is_made_anew(clone: Clone, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    venv = clone.folder / ".venv"
    monkeypatch.setattr(start, "VENV", venv)
    monkeypatch.setattr(start, "STAMP", venv / start.STAMP.name)
    monkeypatch.setattr(start, "PYTHON", venv / start.PYTHON.relative_to(ROOT / ".venv"))
    assert start.read_stamp()[0] is not None
    (venv / "pyvenv.cfg").write_text(line, encoding="utf-8")
    assert start.read_stamp() == (None, set())


def test_a_failing_installation_is_one_sentence_with_the_reason(clone: Clone) -> None:
    (clone.folder / "pyproject.toml").write_text(PROJECT.format(requirement='"no-such-thing"'), encoding="utf-8")
    for _ in range(2):  # and the second time it is tried again
        result = clone.start("try")
        assert result.returncode == 1
        assert result.stderr.splitlines()[-1] == (
            "start.py: the packages could not be installed: ERROR: No matching distribution found for no-such-thing"
        )


def test_offline_it_says_so(clone: Clone) -> None:
    (clone.folder / "constraints.txt").write_text("no-such-thing==1\n", encoding="utf-8")
    (clone.folder / "pyproject.toml").write_text(PROJECT.format(requirement='"no-such-thing"'), encoding="utf-8")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "1"}
    result = clone.start("try", pip=nowhere)
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith("start.py: the packages cannot be fetched")


def test_a_python_without_venv_says_what_to_install(clone: Clone) -> None:
    shutil.rmtree(clone.folder / ".venv")
    path = str(clone.folder / "start.py")
    code = f"import sys, runpy; sys.modules['ensurepip'] = None; runpy.run_path({path!r}, run_name='__main__')"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("start.py: this Python lacks its venv module; install it")
    assert len(result.stderr.splitlines()) == 1


def test_an_old_python_says_that_it_is_too_old() -> None:
    source = (ROOT / "start.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
    code = f"import sys; sys.version_info = (3, 6, 9); exec(compile({source!r}, 'start.py', 'exec'))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (1, "Schoolbell needs Python 3.11 or newer, and this is 3.6.\n")


def test_the_packages_come_from_pyproject() -> None:
    names = {requirement.partition(">")[0].partition("=")[0] for requirement in start.requirements({"try", "dev"})}
    assert {"discord.py", "simcord", "simcord[pytest]", "pytest", "ruff"} <= names
    assert not any(name.startswith("schoolbell") for name in names)
    assert "simcord" not in " ".join(start.requirements(set()))
    assert "matplotlib" in " ".join(start.requirements(start.EXTRAS["run"]))
