"""What students asked in vain, and counts of what was asked and whether it helped."""

from __future__ import annotations

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    pass
