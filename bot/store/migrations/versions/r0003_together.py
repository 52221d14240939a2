"""Weekly digests, study partners, and the server's scheduled events."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    pass
