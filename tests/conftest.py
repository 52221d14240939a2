"""What many tests ask of: the shipped files, and an assistant that answers from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.answering.knowledge_base import KnowledgeBase
from bot.assistant import Assistant
from bot.knowledge.library import load
from bot.store.database import Database

ROOT = Path(__file__).parent.parent

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")  # a busy machine is no failure


@pytest.fixture(scope="session")
def shipped() -> KnowledgeBase:
    """The knowledge base of the two files in this repository."""
    loaded = load(ROOT)
    assert loaded.knowledge is not None, "\n".join(map(str, loaded.problems))
    return loaded.knowledge


@pytest.fixture
def assistant(shipped: KnowledgeBase) -> Assistant:
    """An assistant with nothing remembered."""
    return Assistant(shipped)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database of the bot."""
    database = Database.open(tmp_path / "schoolbell.sqlite3")
    yield database
    database.close()
