"""One SQLite file: locked by one process, written by one thread, each unit of work a transaction of its own."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import IO, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from bot.store.migrations import CommandError, migrate

IN_USE = "The database {path} is in use by another process of this bot. Stop that one first, or name another file."
NOT_WRITABLE = "The database {path} cannot be opened: {why}. Check that its folder exists and who may write there."
NOT_OURS = (
    "The file {path} is not a database of this bot, or it is damaged. Name another file, or put a backup in its place."
)
TOO_NEW = "The database {path} was written by a newer release of this bot. Install that release, or name another file."

_NOT_OPENED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY}
"""What is no fault of the file's contents."""

P = ParamSpec("P")
R = TypeVar("R")


class StoreError(RuntimeError):
    """The database cannot be used; the message says why, and what the operator can do."""


class Database:
    """An open database. A unit of work is a plain function whose first argument is the connection.

    Each runs whole or not at all, and one after the other. It must not wait for anything.
    """

    def __init__(self, connection: Connection, lock: IO[bytes]) -> None:
        self._connection = connection
        self._lock = lock
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")

    @classmethod
    def open(cls, path: Path) -> Database:
        """Lock the file, make it if it is not there, and bring its tables up to date; raises StoreError."""
        try:
            lock = _lock(path)
        except OSError as error:
            raise StoreError(NOT_WRITABLE.format(path=path, why=error.strerror)) from None
        try:
            connection = _connect(path)
            migrate(connection)
            connection.rollback()  # reading which steps were run has begun a transaction
        except CommandError:
            lock.close()
            raise StoreError(TOO_NEW.format(path=path)) from None
        except DatabaseError as error:
            lock.close()
            if getattr(error.orig, "sqlite_errorcode", None) in _NOT_OPENED:
                raise StoreError(NOT_WRITABLE.format(path=path, why=error.orig)) from None
            raise StoreError(NOT_OURS.format(path=path)) from None
        return cls(connection, lock)

    def unit(self, work: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one unit of work in this thread. Only where no other thread uses the database at the same time."""
        with self._connection.begin():
            return work(self._connection, *args, **kwargs)

    async def run(self, work: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one unit of work in the database's thread. It is finished there even if the caller is cancelled."""
        loop = asyncio.get_running_loop()
        # Without the shield, a unit that still waits for its turn would be cancelled with its caller.
        return await asyncio.shield(loop.run_in_executor(self._thread, partial(self.unit, work, *args, **kwargs)))

    def close(self) -> None:
        """Finish the units under way, close the file and free it for another process."""
        self._thread.shutdown()
        self._connection.close()
        self._connection.engine.dispose()
        self._lock.close()


def peek(path: Path, work: Callable[Concatenate[Connection, P], R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """Run one unit of work that only reads, also while the bot is running; None where there is nothing to be read.

    That is so without a database, and with one that another release wrote or somebody has locked.
    """
    if not path.is_file():
        return None
    address = f"{path.absolute().as_uri()}?mode=ro"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), hide_parameters=True)
    try:
        with engine.connect() as connection:
            return work(connection, *args, **kwargs)
    except DatabaseError:
        return None
    finally:
        engine.dispose()


def _connect(path: Path) -> Connection:
    # One connection for the whole process; `unit` sees to it that only one thread at a time uses it.
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(
        url,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "timeout": 10},
        hide_parameters=True,  # else an error in the log would quote what students wrote
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection, _record):  # type: ignore[no-untyped-def]
        connection.isolation_level = None  # we say BEGIN ourselves, so that DDL is inside, too
        for setting in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine.connect()


def _lock(path: Path) -> IO[bytes]:
    """Take the operating system's lock, which ends with the process, however that ends."""
    file = path.with_name(path.name + ".lock").open("ab")
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise StoreError(IN_USE.format(path=path)) from None
    return file
