"""What SQLite and PostgreSQL do differently, and nowhere else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, extract, func, select
from sqlalchemy.dialects import postgresql, sqlite


def insert_if_new(connection: Connection, table: Table) -> Insert:
    """An INSERT that leaves a row alone whose key is there already."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def lease_clock(connection: Connection, now: int) -> int:
    """Return the clock by which leases run out, the same for all processes: `now` where there is only one."""
    if connection.dialect.name == "postgresql":
        moment: Any = extract("epoch", func.clock_timestamp())
        return int(connection.scalar(select(moment)) or now)
    return now


def for_claim(connection: Connection, rows: Select[Any]) -> Select[Any]:
    """Lock the rows that are about to be claimed, and pass over those that another process is just claiming.

    SQLite needs none of it: BEGIN IMMEDIATE lets only one in.
    """
    if connection.dialect.name == "postgresql":
        return rows.with_for_update(skip_locked=True)
    return rows
