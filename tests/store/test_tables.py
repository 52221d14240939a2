"""The migrations make exactly the tables of this release, and what is stored of a person can be read and deleted."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.content.model import Weekly
from bot.content.zones import zone
from bot.store import deliveries, items, partners, people, privacy, questions
from bot.store.database import Database
from bot.store.records import Digest, ItemDraft, ItemKind, QuietHours, Reminder, Snooze, To
from bot.store.tables import metadata

NOW = 1_790_000_000
ANA, BEN = 2**63 - 5, 17
OF_NOBODY = {
    "course_channel",
    "occurrence",
    "partner_thread",
    "pressed_card",
    "question_count",
    "scheduled_event",
    "uptime",
}
"""Tables that hold nothing about a person."""


def test_the_migrations_make_the_tables_of_this_release(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "schoolbell.db")
    differences = database.unit(lambda connection: compare_metadata(MigrationContext.configure(connection), metadata))
    database.close()
    assert differences == []


def test_what_people_set_outlives_the_steps_that_change_their_tables(tmp_path: Path) -> None:
    """Making the table of people anew would, by its foreign keys, delete all that hangs on them."""
    database = Database.open(tmp_path / "schoolbell.db")
    _fill(database, ANA)
    before = database.unit(privacy.export, ANA)
    for as_of_0007 in ("ALTER TABLE person ADD COLUMN locale TEXT", "UPDATE alembic_version SET version_num = '0007'"):
        database.unit(lambda connection, sql: connection.execute(text(sql)), as_of_0007)
    database.close()

    database = Database.open(tmp_path / "schoolbell.db")
    differences = database.unit(lambda connection: compare_metadata(MigrationContext.configure(connection), metadata))
    after = database.unit(privacy.export, ANA)
    database.close()
    assert (differences, after) == ([], before)


def test_all_that_a_person_set_is_read_back(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "schoolbell.db")
    _fill(database, ANA)
    [ana] = database.unit(people.read_people, [ANA], NOW)
    database.close()

    assert (ana.zone, ana.quiet) == (zone("Asia/Kathmandu"), QuietHours(starts=time(22), ends=time(7, 30)))
    assert [(follow.course, follow.offsets) for follow in ana.follows] == [
        ("PM-101", {60: NOW, 1440: NOW}),
        ("XY", None),
    ]
    once, weekly = ana.items
    assert once.when == datetime(2026, 10, 2, 17, 0)  # noqa: DTZ001 - a wall time
    assert (weekly.when, weekly.first) == (Weekly(weekdays=(0, 6), at=time(7), minutes=60), date(2026, 9, 8))
    assert ana.snoozes == {"PM-101/essay": Snooze(starts_at=NOW, until=NOW + 60)}
    assert ana.done == {"PM-101/old"}
    assert ana.dm_channel == 5
    assert ana.digest == Digest(weekday=6, at=time(18), since=NOW)


def test_export_lists_every_table_and_after_delete_no_row_holds_the_id(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "schoolbell.db")
    _fill(database, ANA)
    _fill(database, BEN)
    exported = database.unit(privacy.export, ANA)
    assert {name for name, rows in exported.items() if rows} == set(metadata.tables) - OF_NOBODY
    before = database.unit(privacy.export, BEN)

    database.unit(privacy.forget, ANA)
    with_id = database.unit(
        lambda connection: [
            (table.name, row)
            for table in metadata.sorted_tables
            for row in connection.execute(table.select())
            if ANA in row or str(ANA) in str(tuple(row))
        ]
    )
    assert with_id == []
    assert database.unit(privacy.export, BEN) == before
    database.close()


def test_what_one_planned_is_forgotten_a_week_after_it_has_passed(tmp_path: Path) -> None:
    """Wherever its owner lives: the deadline is at 11:15 UTC on 2 October, the last study time on 29 September."""
    database = Database.open(tmp_path / "schoolbell.db")
    _fill(database, ANA)
    ended = ItemDraft(
        kind=ItemKind.SLOT,
        title="Review",
        when=Weekly(weekdays=(1,), at=time(7)),
        zone=zone("Pacific/Kiritimati"),
        first=date(2026, 9, 8),
        until=date(2026, 9, 29),
    )
    database.unit(items.add_item, ANA, ended, NOW)
    left = {}
    for day in (3, 9, 11, 30):
        now = int(datetime(2026, 10, day, 11, 15, tzinfo=UTC).timestamp())
        database.unit(privacy.purge, now, 60 * 86400, 9)
        [ana] = database.unit(people.read_people, [ANA], now)
        left[day] = [item.title for item in ana.items]
    database.close()
    assert left == {3: ["Draft", "Read", "Review"], 9: ["Draft", "Read"], 11: ["Read"], 30: ["Read"]}


def test_who_looked_for_partners_in_a_term_long_over_is_forgotten_though_nobody_joins_any_more(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "schoolbell.db")
    database.unit(partners.join, ANA, "PM-101", "Fall 2026", NOW)
    left = {}
    for days in (300, 401):
        database.unit(privacy.purge, NOW + days * 86400, 60 * 86400, 9)
        left[days] = database.unit(partners.joined_by, ANA)
    database.close()
    assert left == {300: ["PM-101"], 401: []}


def test_a_number_that_was_deleted_never_comes_back(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "schoolbell.db")
    numbers = set()
    for _ in range(2):
        _fill(database, ANA)
        [ana] = database.unit(people.read_people, [ANA], NOW)
        [row] = database.unit(privacy.export, ANA)["delivery"]
        numbers |= {("item", item.id) for item in ana.items} | {("delivery", row["id"])}
        database.unit(privacy.forget, ANA)
    database.close()
    assert len(numbers) == 6


def _fill(database: Database, who: int) -> None:
    database.unit(people.opt_in, who, "PM-101", NOW)
    database.unit(people.opt_in, who, "XY", NOW)
    database.unit(people.set_offsets, who, "PM-101", [1440, 60], NOW)
    database.unit(people.set_zone, who, "Asia/Kathmandu", NOW)
    database.unit(people.set_quiet_hours, who, QuietHours(starts=time(22), ends=time(7, 30)), NOW)
    database.unit(people.dm_opened, who, 5)
    database.unit(people.put_off, who, "PM-101/essay", Snooze(starts_at=NOW, until=NOW + 60))
    database.unit(people.tick_off, who, "PM-101/old", NOW)
    database.unit(partners.join, who, "PM-101", "Fall 2026", NOW)
    database.unit(people.set_digest, who, Digest(weekday=6, at=time(18), since=NOW), NOW)
    kathmandu = zone("Asia/Kathmandu")
    essay = ItemDraft(
        kind=ItemKind.DEADLINE,
        title="Draft",
        when=datetime(2026, 10, 2, 17, 0),  # noqa: DTZ001 - a wall time
        zone=kathmandu,
        offsets=(60,),
    )
    every = Weekly(weekdays=(0, 6), at=time(7), minutes=60)
    slot = ItemDraft(kind=ItemKind.SLOT, title="Read", when=every, zone=kathmandu, first=date(2026, 9, 8))
    database.unit(items.add_item, who, essay, NOW)
    database.unit(items.add_item, who, slot, NOW)
    reminder = Reminder(
        to=To.PERSON,
        recipient=who,
        course="XY",
        occurrence="XY/a",
        starts_at=NOW,
        rule="60",
        fire_at=NOW - 3600,
        expires_at=NOW,
    )
    database.unit(deliveries.reconcile, To.PERSON, [who], [reminder], NOW - 9)
    asked = questions.Asked(text="is it on zoom", why=questions.Why.UNANSWERED, person=who, channel=5, message=6)
    database.unit(questions.keep, asked, NOW)
