"""Weekly digests, study partners, and the server's scheduled events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _of_person() -> sa.Column[int]:
    return sa.Column(
        "person", sa.BigInteger, sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, nullable=False
    )


def upgrade() -> None:
    op.add_column("person", sa.Column("digest_weekday", sa.Integer))
    op.add_column("person", sa.Column("digest_at", sa.String(5)))
    op.add_column("person", sa.Column("digest_since", sa.BigInteger))
    op.create_table(
        "partner",
        _of_person(),
        sa.Column("course", sa.Text, primary_key=True),
        sa.Column("term", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
    )
    op.create_index("partner_by_course", "partner", ["course", "term"])
    op.create_table(
        "partner_thread",
        sa.Column("guild", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("course", sa.Text, primary_key=True),
        sa.Column("term", sa.Text, primary_key=True),
        sa.Column("thread", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "scheduled_event",
        sa.Column("guild", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("occurrence", sa.Text, primary_key=True),
        sa.Column("event", sa.BigInteger, nullable=False),
        sa.Column("starts_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("written", sa.Text, nullable=False),
    )
