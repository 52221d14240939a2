"""What the world was last told of every session and deadline, so that a change is noticed and told once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("delivery", sa.Column("kind", sa.String(8), nullable=False, server_default="reminder"))
