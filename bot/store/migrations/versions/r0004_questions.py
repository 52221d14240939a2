"""What students asked in vain, and counts of what was asked and whether it helped."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "open_question",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("person", sa.BigInteger),
        sa.Column("guild", sa.BigInteger),
        sa.Column("channel", sa.BigInteger),
        sa.Column("message", sa.BigInteger),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("why", sa.String(10), nullable=False),
        sa.Column("entry", sa.Text),
        sa.Column("course", sa.Text),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("handled_at", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_index("open_question_by_person", "open_question", ["person"])
    op.create_index("open_question_by_age", "open_question", ["asked_at"])
    op.create_table(
        "question_count",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("what", sa.String(10), primary_key=True),
        sa.Column("entry", sa.Text, primary_key=True),
        sa.Column("course", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
