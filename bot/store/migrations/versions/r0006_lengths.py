"""How long a session lasts, as who waits in one is told that it is called off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("occurrence", sa.Column("lasts", sa.Integer, nullable=False, server_default="0"))
