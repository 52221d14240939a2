"""On which cards a button was pressed that is counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "pressed_card",
        sa.Column("message", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("about", sa.String(7), primary_key=True),
        sa.Column("pressed_at", sa.BigInteger, nullable=False),
    )
    op.create_index("pressed_card_by_age", "pressed_card", ["pressed_at"])
