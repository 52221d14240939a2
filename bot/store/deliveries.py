"""The ledger: plan, claim, send, record.

planned -claim-> sending -> sent | failed; planned <-> dropped as it is wanted; planned or sending -> expired, which is
planned again only if it is wanted again.
A claim is a lease: whoever holds it may send and record until it runs out, then anyone may claim the row. Recording
needs the claim, so that a process which was overtaken writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, literal_column, or_, select, update

from bot.store.dialect import for_claim, insert_if_new, lease_clock
from bot.store.records import Delivery, Reminder, State, TextKind, To
from bot.store.tables import delivery

# Built once, as building a statement takes longer than running it. The states are written out: neither engine uses a
# partial index for a condition whose value comes as a parameter.
_IS_PLANNED = delivery.c.state == literal_column("'planned'")
_IS_SENDING = delivery.c.state == literal_column("'sending'")
_IS_OPEN = delivery.c.state.in_([literal_column("'planned'"), literal_column("'sending'")])
_ONE = select(delivery).where(delivery.c.id == bindparam("number"))
_URGENT = select(delivery.c.id, delivery.c.expires_at).order_by(delivery.c.expires_at, delivery.c.id)
_ANY_DUE = select(delivery.c.id).where(_IS_PLANNED, delivery.c.fire_at <= bindparam("now")).limit(1)
# Asked apart from leases that are out, since one question with OR would read the whole ledger. The sum keeps both
# engines to the index by urgency, so that a crowd that is due at once need not be sorted each time.
_URGENT_DUE = _URGENT.where(_IS_PLANNED, delivery.c.fire_at + 0 <= bindparam("now")).limit(bindparam("most"))
_TAKE = (
    update(delivery)
    .where(delivery.c.id.in_(bindparam("numbers", expanding=True)))
    .values(
        state=State.SENDING,
        owner=bindparam("by"),
        lease_until=bindparam("until"),
        attempts=delivery.c.attempts + 1,
        first_tried_at=func.coalesce(delivery.c.first_tried_at, bindparam("now")),
    )
    .returning(*delivery.c)
)
_SWEEP = (
    update(delivery)
    .where(
        _IS_OPEN,
        delivery.c.expires_at <= bindparam("now"),
        or_(_IS_PLANNED, delivery.c.lease_until <= bindparam("clock")),
    )
    .values(state=State.EXPIRED)
)
_MAY_BE_PLANNED = (State.PLANNED, State.DROPPED, State.EXPIRED)  # expired, too: a clock that ran ahead is set back
_REMEMBERED = 86400
"""How long after its start a row is still compared with what is wanted; expiry has long had it by then."""


def reconcile(
    connection: Connection, to: To, recipients: Collection[int], wanted: Iterable[Reminder], now: int
) -> tuple[int, int]:
    """Make the ledger plan exactly what is wanted for these recipients; return how many came and how many went.

    What is being sent is left to the sender; what was sent or failed stays so.
    """
    relevant = and_(delivery.c.to == to, delivery.c.recipient.in_(recipients), delivery.c.starts_at > now - _REMEMBERED)
    columns = (delivery.c.id, delivery.c.rkey, delivery.c.state, delivery.c.fire_at, delivery.c.expires_at)
    there = {row.rkey: row for row in connection.execute(select(*columns).where(relevant))}
    new, changed, kept = [], [], set()
    for reminder in wanted:
        rkey = reminder.rkey
        row = there.get(rkey)
        if row is None:
            new.append(_planned(reminder))
            continue
        kept.add(row.id)
        same = row.state == State.PLANNED and (row.fire_at, row.expires_at) == (reminder.fire_at, reminder.expires_at)
        if row.state in _MAY_BE_PLANNED and not same:
            changed.append((row.id, reminder))
    if new:
        connection.execute(insert_if_new(connection, delivery), new)
    for number, reminder in changed:
        values = {"state": State.PLANNED, "fire_at": reminder.fire_at, "expires_at": reminder.expires_at}
        connection.execute(update(delivery).where(delivery.c.id == number).values(**values))
    gone = [row.id for row in there.values() if row.state == State.PLANNED and row.id not in kept]
    if gone:
        _drop(connection, gone)
    return len(new) + len(changed), len(gone)


def claim(connection: Connection, owner: str, limit: int, lease: int, now: int) -> list[Delivery]:
    """Take up to `limit` rows that are due or whose lease is out, the most urgent first, for `lease` seconds."""
    clock = lease_clock(connection, now)
    lapsed = _URGENT.where(_IS_SENDING, _lapsed(clock, lease)).limit(limit)
    urgent = list(connection.execute(for_claim(connection, lapsed)))
    if connection.execute(_ANY_DUE, {"now": now}).first():
        urgent += connection.execute(for_claim(connection, _URGENT_DUE), {"now": now, "most": limit})
    numbers = [row.id for row in sorted(urgent, key=lambda row: (row.expires_at, row.id))[:limit]]
    if not numbers:
        return []
    taken = connection.execute(_TAKE, {"numbers": numbers, "by": owner, "until": clock + lease, "now": now})
    rows = [_delivery(row) for row in taken]
    return sorted(rows, key=lambda row: (row.expires_at, row.id))


def hold(connection: Connection, number: int, owner: str, lease: int, now: int) -> Delivery | None:
    """Read a claimed row anew just before sending, and renew its lease if half of it is gone.

    None if the claim was lost, or is out, so that another may just be taking it.
    """
    clock = lease_clock(connection, now)
    row = connection.execute(_ONE, {"number": number}).one_or_none()
    if row is None or row.state != State.SENDING or row.owner != owner or row.lease_until <= clock:
        return None
    if row.lease_until < clock + lease // 2:
        connection.execute(update(delivery).where(_claimed(number, owner)).values(lease_until=clock + lease))
    return _delivery(row)


def sent(connection: Connection, number: int, owner: str, message: int | None, now: int) -> bool:
    """Record that a reminder is in Discord; False, and nothing is written, without the claim."""
    return _record(connection, number, owner, state=State.SENT, message=message, sent_at=now)


def failed(connection: Connection, number: int, owner: str) -> bool:
    """Record that Discord will never take this one; False, and nothing is written, without the claim."""
    return _record(connection, number, owner, state=State.FAILED)


def unwanted(connection: Connection, number: int, owner: str) -> bool:
    """Record that it should not be sent after all; False, and nothing is written, without the claim."""
    return _record(connection, number, owner, state=State.DROPPED)


def expired(connection: Connection, number: int, owner: str) -> bool:
    """Record that it came too late to be of use; False, and nothing is written, without the claim."""
    return _record(connection, number, owner, state=State.EXPIRED)


def put_back(connection: Connection, number: int, owner: str, fire_at: int) -> bool:
    """Plan it again for later, as it is too early; False, and nothing is written, without the claim.

    The clock may have been set back, so when it was first tried is not known any more.
    """
    return _record(connection, number, owner, state=State.PLANNED, fire_at=fire_at, first_tried_at=0)


def try_again(connection: Connection, number: int, owner: str, wait: int, now: int) -> bool:
    """Let the claim run out after `wait` seconds, when anyone may try again; False without the claim."""
    again = update(delivery).where(_claimed(number, owner))
    return connection.execute(again.values(lease_until=lease_clock(connection, now) + wait)).rowcount > 0


def give_back(connection: Connection, number: int, owner: str, wait: int, now: int) -> bool:
    """Undo a claim by which nothing was sent, for others to take after `wait` seconds; False without the claim."""
    row = connection.execute(select(delivery.c.attempts).where(_claimed(number, owner))).one_or_none()
    if row is None:
        return False
    values: dict[str, object] = {"attempts": row.attempts - 1, "lease_until": lease_clock(connection, now) + wait}
    if row.attempts == 1:  # otherwise an earlier try may have reached Discord, and it stays in doubt
        values["first_tried_at"] = None
    return connection.execute(update(delivery).where(_claimed(number, owner)).values(**values)).rowcount > 0


def sweep(connection: Connection, now: int) -> int:
    """Expire what is of no use any more and is not just being sent; return how many."""
    return connection.execute(_SWEEP, {"now": now, "clock": lease_clock(connection, now)}).rowcount


def read_delivery(connection: Connection, number: int) -> Delivery | None:
    """Read one row of the ledger."""
    row = connection.execute(_ONE, {"number": number}).one_or_none()
    return _delivery(row) if row else None


def recipients_planned(connection: Connection, to: To) -> list[int]:
    """Return those for whom something is planned."""
    planned = select(delivery.c.recipient).where(delivery.c.to == to, delivery.c.state == State.PLANNED)
    return list(connection.scalars(planned.distinct()))


def counts(connection: Connection) -> dict[State, int]:
    """Count the rows of each state."""
    rows = connection.execute(select(delivery.c.state, func.count()).group_by(delivery.c.state))
    return {State(state): count for state, count in rows}


def _drop(connection: Connection, numbers: list[int]) -> None:
    connection.execute(update(delivery).where(delivery.c.id.in_(numbers)).values(state=State.DROPPED))


def _lapsed(clock: int, lease: int) -> ColumnElement[bool]:
    """A lease that ends later than any could is from before the clock was set back."""
    return or_(delivery.c.lease_until <= clock, delivery.c.lease_until > clock + lease)


def _claimed(number: int, owner: str) -> ColumnElement[bool]:
    return and_(delivery.c.id == number, delivery.c.owner == owner, delivery.c.state == State.SENDING)


def _record(connection: Connection, number: int, owner: str, **values: object) -> bool:
    done = update(delivery).where(_claimed(number, owner)).values(owner=None, lease_until=None, **values)
    return connection.execute(done).rowcount > 0


def _planned(reminder: Reminder) -> dict[str, object]:
    return {
        "rkey": reminder.rkey,
        "kind": reminder.kind,
        "to": reminder.to,
        "recipient": reminder.recipient,
        "course": reminder.course,
        "occurrence": reminder.occurrence,
        "starts_at": reminder.starts_at,
        "rule": reminder.rule,
        "fire_at": reminder.fire_at,
        "expires_at": reminder.expires_at,
        "state": State.PLANNED,
    }


def _delivery(row: Any) -> Delivery:
    values = row._asdict()
    del values["rkey"]
    return Delivery(**{**values, "kind": TextKind(row.kind), "to": To(row.to), "state": State(row.state)})
