"""What the world was last told of every session and deadline, so that a change is noticed and told once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "occurrence",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("uid", sa.Text, nullable=False, unique=True),
        sa.Column("course", sa.Text, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("starts_at", sa.BigInteger, nullable=False),
        sa.Column("standing", sa.String(9), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("was_at", sa.BigInteger),
        sa.Column("was_standing", sa.String(9)),
        sa.Column("batch", sa.BigInteger),
        sa.Column("noticed_at", sa.BigInteger),
        sa.Column("next_at", sa.BigInteger),
        sa.Column("next_standing", sa.String(9)),
        sa.Column("seen_at", sa.BigInteger),
        sa.Column("decision", sa.String(4)),
    )
    op.create_index("occurrence_by_batch", "occurrence", ["batch"])
    op.create_table(
        "uptime",
        sa.Column("began", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("ended", sa.BigInteger, nullable=False),
    )
    op.add_column("delivery", sa.Column("kind", sa.String(8), nullable=False, server_default="reminder"))
