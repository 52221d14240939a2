"""The tables as this release wants them. Instants are whole seconds since 1970 in UTC; wall times are text with a zone.

`delivery` is the ledger of reminders and of all else that is sent once: its `planned` rows are a cache that may be
thrown away and planned anew, every other state is memory of what happened.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData()

# SQLite counts up by itself only in a primary key that is called INTEGER, which there has 64 bits.
_Id = BigInteger().with_variant(Integer, "sqlite")


def _of_person(*, primary_key: bool = False) -> Column[int]:
    return Column(
        "person", BigInteger, ForeignKey("person.id", ondelete="CASCADE"), primary_key=primary_key, nullable=False
    )


person = Table(
    "person",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),  # Discord's
    Column("zone", Text),
    Column("quiet_from", String(5)),
    Column("quiet_to", String(5)),
    Column("direct_messages", Boolean, nullable=False, default=True),
    Column("direct_messages_since", BigInteger, nullable=False, default=0),
    Column("dm_channel", BigInteger),
    Column("dm_closed_at", BigInteger),
    Column("digest_weekday", Integer),  # 0 is Monday
    Column("digest_at", String(5)),
    Column("digest_since", BigInteger),
    Column("item_creations", Text, nullable=False, default="[]"),  # when, as JSON; those of the last hour
    Column("created_at", BigInteger, nullable=False),
)

subscription = Table(
    "subscription",
    metadata,
    _of_person(primary_key=True),
    Column("course", Text, primary_key=True),
    Column("offsets", Text),  # {minutes before: since when} as JSON; NULL is what the file says
    Column("since", BigInteger, nullable=False),
    Column("muted_until", BigInteger),
    Column("runs_until", BigInteger),  # when the course ends that is followed; NULL until the bot has noted it
    Index("subscription_by_course", "course"),
)

personal_item = Table(
    "personal_item",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    _of_person(),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("course", Text),
    Column("zone", Text, nullable=False),
    Column("once_at", Text),  # a wall time, or else the four that follow
    Column("weekdays", Text),
    Column("at", String(5)),
    Column("interval", Integer),
    Column("first", String(10)),
    Column("until", String(10)),
    Column("minutes", Integer),
    Column("offsets", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Index("personal_item_by_person", "person"),
    CheckConstraint("(once_at IS NULL) <> (weekdays IS NULL)", name="once_or_weekly"),
    sqlite_autoincrement=True,  # a number is in keys of the ledger, and must not come back after a deletion
)

snooze = Table(
    "snooze",
    metadata,
    _of_person(primary_key=True),
    Column("occurrence", Text, primary_key=True),
    Column("starts_at", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
)

done = Table(
    "done",
    metadata,
    _of_person(primary_key=True),
    Column("occurrence", Text, primary_key=True),
    Column("starts_at", BigInteger, nullable=False),
)

course_channel = Table(
    "course_channel",
    metadata,
    Column("guild", BigInteger, primary_key=True, autoincrement=False),
    Column("course", Text, primary_key=True),
    Column("channel", BigInteger, nullable=False),
    Column("role", BigInteger),
    Column("since", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
)

partner = Table(
    "partner",
    metadata,
    _of_person(primary_key=True),
    Column("course", Text, primary_key=True),
    Column("term", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Index("partner_by_course", "course", "term"),
)

partner_thread = Table(
    "partner_thread",
    metadata,
    Column("guild", BigInteger, primary_key=True, autoincrement=False),
    Column("course", Text, primary_key=True),
    Column("term", Text, primary_key=True),
    Column("thread", BigInteger, nullable=False),
)

scheduled_event = Table(
    "scheduled_event",
    metadata,
    Column("guild", BigInteger, primary_key=True, autoincrement=False),
    Column("occurrence", Text, primary_key=True),
    Column("event", BigInteger, nullable=False),
    Column("starts_at", BigInteger, nullable=False),
    Column("state", String(9), nullable=False),
    Column("written", Text, nullable=False),  # what the bot last wrote there, as JSON
)

uptime = Table(  # when the bot was at work; the gaps are its outages
    "uptime",
    metadata,
    Column("began", BigInteger, primary_key=True, autoincrement=False),
    Column("ended", BigInteger, nullable=False),
)

occurrence = Table(
    "occurrence",
    metadata,
    Column("key", Text, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),  # the first key: what calendars know it by
    Column("course", Text, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("title", Text),
    Column("starts_at", BigInteger, nullable=False),  # this and the next two: what people were last told
    Column("standing", String(9), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("was_at", BigInteger),  # this and the next three are of the last change that was told
    Column("was_standing", String(9)),
    Column("batch", BigInteger),
    Column("noticed_at", BigInteger),
    Column("next_at", BigInteger),  # this and the next three: what the files say, if that is still to be told
    Column("next_standing", String(9)),
    Column("seen_at", BigInteger),
    Column("decision", String(4)),
    Column("lasts", Integer, nullable=False, default=0, server_default="0"),  # seconds
    Index("occurrence_by_batch", "batch"),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("rkey", Text, nullable=False, unique=True),
    Column("kind", String(8), nullable=False, default="reminder", server_default="reminder"),
    Column("to", String(1), nullable=False),  # u: a person, c: a course's channel
    Column("recipient", BigInteger, nullable=False),
    Column("course", Text),
    Column("occurrence", Text, nullable=False),
    Column("starts_at", BigInteger, nullable=False),
    Column("rule", Text, nullable=False),
    Column("fire_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("state", String(8), nullable=False),
    Column("owner", Text),
    Column("lease_until", BigInteger),
    Column("attempts", Integer, nullable=False, default=0),
    Column("first_tried_at", BigInteger),
    Column("sent_at", BigInteger),
    Column("message", BigInteger),
    Index("delivery_by_recipient", "to", "recipient", "starts_at"),
    Index("delivery_by_start", "starts_at"),
    Index(
        "delivery_due",
        "fire_at",
        sqlite_where=text("state = 'planned'"),
        postgresql_where=text("state = 'planned'"),
    ),
    Index(
        "delivery_urgent",
        "expires_at",
        "id",
        "fire_at",
        sqlite_where=text("state = 'planned'"),
        postgresql_where=text("state = 'planned'"),
    ),
    Index(
        "delivery_leased",
        "lease_until",
        "expires_at",
        "id",
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
    Index(
        "delivery_expiring",
        "expires_at",
        sqlite_where=text("state IN ('planned', 'sending')"),
        postgresql_where=text("state IN ('planned', 'sending')"),
    ),
    sqlite_autoincrement=True,  # a number is on buttons in Discord, and must not come back after a deletion
)

open_question = Table(
    "open_question",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("guild", BigInteger),  # whose staff may read it; NULL, all of them: it was asked in a direct message
    # Who asked, and where, until the question is handled; then all three are NULL. No row of `person` is needed.
    Column("person", BigInteger),
    Column("channel", BigInteger),
    Column("message", BigInteger),
    Column("text", Text, nullable=False),
    Column("why", String(10), nullable=False),
    Column("entry", Text),
    Column("course", Text),
    Column("asked_at", BigInteger, nullable=False),
    Column("handled_at", BigInteger),
    Index("open_question_by_person", "person"),
    Index("open_question_by_age", "asked_at"),
    sqlite_autoincrement=True,  # a number is on buttons in Discord, and must not come back after a deletion
)

question_count = Table(
    "question_count",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("what", String(10), primary_key=True),
    Column("entry", Text, primary_key=True),  # "" is none: NULL would not be equal to itself
    Column("course", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)

pressed_card = Table(  # on which a button was pressed that is counted, so that a second press is not
    "pressed_card",
    metadata,
    Column("message", BigInteger, primary_key=True, autoincrement=False),
    Column("about", String(7), primary_key=True),
    Column("pressed_at", BigInteger, nullable=False),
    Index("pressed_card_by_age", "pressed_at"),
)
