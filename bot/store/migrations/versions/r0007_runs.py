"""Until when the course runs that somebody follows, as its next run is for others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("subscription", sa.Column("runs_until", sa.BigInteger))
