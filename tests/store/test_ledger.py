"""The ledger's promise, told as one story that any engine could run, and what the file on the disk promises."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Connection, deliveries, people
from bot.store.database import Database, StoreError
from bot.store.records import Reminder, State, To

LEASE = 60
NOON = 1_790_000_000


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "schoolbell.db")
    yield database
    database.close()


def reminder(who: int, *, fire: int = NOON, expires: int = NOON + 3600, rule: str = "120") -> Reminder:
    return Reminder(
        to=To.PERSON,
        recipient=who,
        course="PM-101",
        occurrence="PM-101/essay",
        starts_at=NOON + 7200,
        rule=rule,
        fire_at=fire,
        expires_at=expires,
    )


def planned(database: Database, *wanted: Reminder, now: int = NOON - 60) -> tuple[int, int]:
    who = {one.recipient for one in wanted} | {1, 2, 3}
    return database.unit(deliveries.reconcile, To.PERSON, who, wanted, now)


def claimed(database: Database, owner: str, now: int = NOON, limit: int = 1) -> list[tuple[int, int]]:
    rows = database.unit(deliveries.claim, owner, limit, LEASE, now)
    return [(row.id, row.recipient) for row in rows]


def state(database: Database, number: int) -> State:
    row = database.unit(deliveries.read_delivery, number)
    assert row is not None
    return row.state


def test_two_processes_share_the_work_and_a_crash_loses_nothing(database: Database) -> None:
    planned(database, reminder(1, expires=NOON + 900), reminder(2, expires=NOON + 600))

    assert claimed(database, "first", NOON - 1) == [], "nothing is due yet"
    assert [who for _, who in claimed(database, "first")] == [2], "the most urgent one"
    [(number, who)] = claimed(database, "second")
    assert who == 1
    assert claimed(database, "third") == [], "both are taken"
    assert claimed(database, "third", NOON + LEASE - 1) == []

    assert database.unit(deliveries.sent, number, "second", 77, NOON + 1)
    assert state(database, number) is State.SENT

    [(crashed, who)] = claimed(database, "third", NOON + LEASE)
    assert who == 2, "the lease of the first process is out"
    assert not database.unit(deliveries.sent, crashed, "first", 78, NOON + LEASE), "it was overtaken"
    assert database.unit(deliveries.sent, crashed, "third", 79, NOON + LEASE)
    assert claimed(database, "first", NOON + 10 * LEASE) == []


def test_a_try_that_failed_comes_up_again_after_its_wait(database: Database) -> None:
    planned(database, reminder(1))
    [(number, _)] = claimed(database, "first")
    assert database.unit(deliveries.try_again, number, "first", 4, NOON + 1)
    assert claimed(database, "second", NOON + 4) == []
    assert claimed(database, "second", NOON + 5) == [(number, 1)]
    row = database.unit(deliveries.read_delivery, number)
    assert row is not None
    assert (row.attempts, row.first_tried_at) == (2, NOON)


def test_what_was_given_back_untried_is_as_new(database: Database) -> None:
    planned(database, reminder(1))
    [(number, _)] = claimed(database, "first")
    assert database.unit(deliveries.give_back, number, "first", 0, NOON)
    assert claimed(database, "second", NOON + 9) == [(number, 1)]
    row = database.unit(deliveries.read_delivery, number)
    assert row is not None
    assert (row.attempts, row.first_tried_at) == (1, NOON + 9)


def test_a_clock_set_back_does_not_keep_a_lease_for_hours(database: Database) -> None:
    planned(database, reminder(1, fire=NOON - 8000))
    claimed(database, "first", NOON)
    assert claimed(database, "second", NOON - 7200) != []


def test_reconciling_plans_what_is_wanted_and_nothing_else(database: Database) -> None:
    first, second = reminder(1), reminder(2)
    assert planned(database, first, second) == (2, 0)
    assert planned(database, first, second) == (0, 0), "the same again changes nothing"
    assert planned(database, second) == (0, 1)
    assert [who for _, who in claimed(database, "first", limit=9)] == [2]
    assert planned(database, first, second) == (1, 0), "wanted again"
    [(number, who)] = claimed(database, "first", limit=9)
    assert who == 1
    database.unit(deliveries.sent, number, "first", 5, NOON)
    assert planned(database) == (0, 0), "what was sent stays sent"
    assert planned(database, first) == (0, 0)
    assert state(database, number) is State.SENT


def test_what_is_too_late_to_be_of_use_expires_unless_it_is_being_sent(database: Database) -> None:
    planned(database, reminder(1), reminder(2, expires=NOON + 3000))
    [(number, who)] = claimed(database, "first", NOON + 2990)
    assert who == 2
    assert database.unit(deliveries.sweep, NOON + 3010) == 0, "it is just being sent"
    assert database.unit(deliveries.sweep, NOON + 2990 + LEASE) == 1
    assert state(database, number) is State.EXPIRED
    assert database.unit(deliveries.sweep, NOON + 3600) == 1


def test_nobody_reads_half_of_a_unit_of_work(database: Database) -> None:
    def broken(connection: Connection) -> None:
        people.opt_in(connection, 1, "PM-101", NOON)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.unit(broken)
    assert database.unit(people.person_ids) == []


async def test_a_unit_of_work_is_finished_even_if_its_caller_gives_up(database: Database) -> None:
    going_on = threading.Event()
    first = asyncio.create_task(database.run(lambda _: going_on.wait(10)))
    second = asyncio.create_task(database.run(people.opt_in, 1, "PM-101", NOON))
    await asyncio.sleep(0)
    second.cancel()
    going_on.set()
    await asyncio.gather(first, second, return_exceptions=True)
    assert second.cancelled()
    assert await database.run(people.person_ids) == [1]


def test_a_second_process_is_told_so_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "schoolbell.db"
    hold = f"""
from pathlib import Path
from bot.store.database import Database
held = Database.open(Path({str(path)!r}))
print("open", flush=True)
input()
"""
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"open"
        with pytest.raises(StoreError, match="in use by another process"):
            Database.open(path)
        other.kill()
        other.wait()
        Database.open(path).close()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"this is not a database, but it is longer than a header of one would be" * 9, "not a database of this bot")],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "schoolbell.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=sentence):
        Database.open(path)
    assert path.read_bytes() == content
    with pytest.raises(StoreError, match="cannot be opened"):
        Database.open(tmp_path / "nowhere" / "schoolbell.db")


def test_what_cannot_be_opened_is_not_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "schoolbell.db"
    path.mkdir()  # as a container makes of a mounted file that is not there
    with pytest.raises(StoreError, match=r"cannot be opened: unable to open database file\."):
        Database.open(path)


def test_a_database_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "schoolbell.db"
    database = Database.open(path)
    database.unit(lambda connection: connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(StoreError, match="newer release"):
        Database.open(path)
