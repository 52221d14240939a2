"""Brings a database of any age to the tables of this release, one transaction a step."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

FOLDER = Path(__file__).parent


def migrate(connection: Connection) -> None:
    """Run the steps that this database lacks. Raises CommandError if a newer release has already changed it."""
    command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


__all__ = ["CommandError", "migrate"]
