"""People, what they follow and set themselves, the courses' channels, and the ledger of reminders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _of_person(*, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        "person", sa.BigInteger, sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=primary_key, nullable=False
    )


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("zone", sa.Text),
        sa.Column("quiet_from", sa.String(5)),
        sa.Column("quiet_to", sa.String(5)),
        sa.Column("locale", sa.Text),
        sa.Column("direct_messages", sa.Boolean, nullable=False),
        sa.Column("direct_messages_since", sa.BigInteger, nullable=False),
        sa.Column("dm_channel", sa.BigInteger),
        sa.Column("dm_closed_at", sa.BigInteger),
        sa.Column("item_creations", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "subscription",
        _of_person(primary_key=True),
        sa.Column("course", sa.Text, primary_key=True),
        sa.Column("offsets", sa.Text),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("muted_until", sa.BigInteger),
    )
    op.create_index("subscription_by_course", "subscription", ["course"])
    op.create_table(
        "personal_item",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        _of_person(),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("course", sa.Text),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("once_at", sa.Text),
        sa.Column("weekdays", sa.Text),
        sa.Column("at", sa.String(5)),
        sa.Column("interval", sa.Integer),
        sa.Column("first", sa.String(10)),
        sa.Column("until", sa.String(10)),
        sa.Column("minutes", sa.Integer),
        sa.Column("offsets", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.CheckConstraint("(once_at IS NULL) <> (weekdays IS NULL)", name="once_or_weekly"),
        sqlite_autoincrement=True,
    )
    op.create_index("personal_item_by_person", "personal_item", ["person"])
    for name, moment in (("snooze", "until"), ("done", None)):
        op.create_table(
            name,
            _of_person(primary_key=True),
            sa.Column("occurrence", sa.Text, primary_key=True),
            sa.Column("starts_at", sa.BigInteger, nullable=False),
            *([sa.Column(moment, sa.BigInteger, nullable=False)] if moment else []),
        )
    op.create_table(
        "course_channel",
        sa.Column("guild", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("course", sa.Text, primary_key=True),
        sa.Column("channel", sa.BigInteger, nullable=False),
        sa.Column("role", sa.BigInteger),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("closed_at", sa.BigInteger),
    )
    op.create_table(
        "delivery",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("rkey", sa.Text, nullable=False, unique=True),
        sa.Column("to", sa.String(1), nullable=False),
        sa.Column("recipient", sa.BigInteger, nullable=False),
        sa.Column("course", sa.Text),
        sa.Column("occurrence", sa.Text, nullable=False),
        sa.Column("starts_at", sa.BigInteger, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("fire_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("first_tried_at", sa.BigInteger),
        sa.Column("sent_at", sa.BigInteger),
        sa.Column("message", sa.BigInteger),
        sqlite_autoincrement=True,
    )
    op.create_index("delivery_by_recipient", "delivery", ["to", "recipient", "starts_at"])
    op.create_index("delivery_by_start", "delivery", ["starts_at"])
    for name, columns, states in (
        ("delivery_due", ["fire_at"], "state = 'planned'"),
        ("delivery_urgent", ["expires_at", "id", "fire_at"], "state = 'planned'"),
        ("delivery_leased", ["lease_until", "expires_at", "id"], "state = 'sending'"),
        ("delivery_expiring", ["expires_at"], "state IN ('planned', 'sending')"),
    ):
        op.create_index(name, "delivery", columns, sqlite_where=sa.text(states), postgresql_where=sa.text(states))
