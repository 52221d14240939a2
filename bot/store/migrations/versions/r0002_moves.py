"""What the world was last told of every session and deadline, so that a change is noticed and told once."""

from __future__ import annotations

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    pass
