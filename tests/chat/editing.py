"""Staff edit the two files while the bot runs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from simcord.env import Env

from bot.assistant import Assistant
from bot.chat.client import SchoolbellBot, create
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.store.database import Database

if TYPE_CHECKING:
    from tests.chat.conftest import Clock

ROOT = Path(__file__).parents[2]


def copied(folder: Path) -> Path:
    """Make a folder with a copy of the shipped files, to be edited."""
    folder.mkdir()
    for name in ("faq.yaml", "courses.yaml"):
        shutil.copy(ROOT / name, folder)
    return folder


def from_files(settings: Settings, clock: Clock, database: Database) -> SchoolbellBot:
    """Make a bot as a new process would, from what lies in the folder."""
    library = Library(settings.content_dir, settings.state_dir)
    opened = library.open()
    assert opened.knowledge is not None
    return create(Assistant(opened.knowledge), settings, clock, database=database, library=library)


def edit(file: Path, old: str, new: str) -> int:
    """Replace a text; return the number of its line."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


async def saved(env: Env) -> None:
    """Let the bot look as often as it takes to see that nobody writes any more."""
    await env.advance_time(7)
