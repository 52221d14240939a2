"""People's languages are no longer kept, as nothing was made of them."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    # Not in a batch: that would make the table anew, and so empty all those that point to it.
    op.drop_column("person", "locale")
