"""Ways to break what keeps reminders from being lost, doubled or wrong: each takes out one part.

Where another part would catch the consequence, that one is taken out as well: two layers hide each other's failing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import true

from bot.reminders import digests, ledger, moves, notices, plan, reconcile, schedule
from bot.reminders.delivery import Courier
from bot.reminders.ledger import Ready
from bot.reminders.post import Refused, Sent, TryAgain
from bot.reminders.reconcile import Wanted
from bot.store import deliveries, occurrences, people
from bot.store.records import CourseChannel, Delivery, KnownOccurrence, Person, Reminder, State, To
from bot.store.tables import delivery

Fault = Callable[[pytest.MonkeyPatch], None]


def nonce_at_random(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ledger, "nonce", lambda *_: secrets.token_hex(12))


def no_history(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Courier, "_in_doubt", lambda *_: False)


def history_only_since_the_try(patch: pytest.MonkeyPatch) -> None:
    """Trusts a clock that may have been wrong."""
    patch.setattr("bot.reminders.delivery.WRONG_CLOCK", 0)


def no_start_in_the_key(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Reminder, "rkey", property(lambda one: f"rem|{one.to}{one.recipient}|{one.occurrence}|{one.rule}"))


def no_second_look(patch: pytest.MonkeyPatch) -> None:
    """Sends what was claimed, whatever was said or moved since."""
    planned = reconcile.still_wanted

    def as_claimed(connection: Any, timetable: Any, claimed: Delivery, now: int) -> Wanted | None:
        wanted = planned(connection, timetable, claimed, now)
        if wanted is not None:
            return wanted
        dated = timetable.find(claimed.occurrence)
        recipient: Person | CourseChannel = CourseChannel(guild=0, course="LIVE", channel=900, since=0)
        if claimed.to is To.PERSON:
            recipient = Person(id=claimed.recipient, dm_channel=claimed.recipient)
        return Wanted(reminder=claimed, about=dated, recipient=recipient) if dated else None

    patch.setattr(ledger, "still_wanted", as_claimed)


def unwanted_stays_planned(patch: pytest.MonkeyPatch) -> None:
    no_second_look(patch)
    patch.setattr(deliveries, "_drop", lambda *_: None)


def dropped_for_ever(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deliveries, "_MAY_BE_PLANNED", (State.PLANNED,))


def claim_ignores_leases(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deliveries, "_lapsed", lambda *_: true())


def leases_never_end(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deliveries, "_lapsed", lambda *_: delivery.c.lease_until < 0)


def leases_survive_a_clock_set_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deliveries, "_lapsed", lambda clock, _: delivery.c.lease_until <= clock)


def record_ignores_the_owner(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deliveries, "_claimed", lambda number, _: delivery.c.id == number)


def recorded_before_it_is_sent(patch: pytest.MonkeyPatch) -> None:
    send = Courier._send

    async def first_record(courier: Courier, ready: Ready) -> None:
        await courier._record(ready.delivery, Sent(None))
        await send(courier, ready)

    patch.setattr(Courier, "_send", first_record)


def too_early(patch: pytest.MonkeyPatch) -> None:
    """Does not ask before sending whether its moment has come: a clock may have been set back."""
    planned = reconcile.still_wanted

    def at_once(connection: Any, timetable: Any, claimed: Delivery, now: int) -> Wanted | None:
        wanted = planned(connection, timetable, claimed, now)
        return replace(wanted, reminder=replace(wanted.reminder, fire_at=0)) if wanted else None

    patch.setattr(ledger, "still_wanted", at_once)


def too_late(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(schedule.Dated, "last", property(lambda dated: dated.starts_at + 3600))


def each_rule_by_itself(patch: pytest.MonkeyPatch) -> None:
    """Sends the coarser reminders too, when several are due at once."""
    finest = plan._finest

    def all_of_them(to: Any, recipient: Any, dated: Any, rules: Any, *rest: Any) -> Any:
        for rule in rules:
            yield from finest(to, recipient, dated, [rule], *rest)

    patch.setattr(plan, "_finest", all_of_them)


def from_before_the_opt_in(patch: pytest.MonkeyPatch) -> None:
    wishes = plan._wishes
    patch.setattr(plan, "_wishes", lambda *args: dict.fromkeys(wishes(*args), 0))


def quiet_hours_unheard(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(plan, "_outside", lambda quiet, zone, fire, *_: fire)


def small_moves_told_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(plan, "_told_of_nearly_the_same", lambda *_: False)


def first_fault_is_final(patch: pytest.MonkeyPatch) -> None:
    record = ledger.record

    def once(connection: Any, claimed: Any, owner: Any, result: Any, *rest: Any) -> None:
        record(connection, claimed, owner, Refused() if isinstance(result, TryAgain) else result, *rest)

    patch.setattr(ledger, "record", once)


def closed_messages_tried_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(people, "dm_closed", lambda *_: None)


def ticked_off_unheard(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(people, "tick_off", lambda *_: None)


def put_off_unheard(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(people, "put_off", lambda *_: None)


def cancelled_unheard(patch: pytest.MonkeyPatch) -> None:
    of = schedule._dated
    patch.setattr(schedule, "_dated", lambda occurrence: replace(of(occurrence), cancelled=False))


def told_at_once(patch: pytest.MonkeyPatch) -> None:
    """No settle time."""
    patch.setattr(moves, "SETTLE", 0)


def told_before_it_is_taken_over(patch: pytest.MonkeyPatch) -> None:
    """Plans notices of what is still to be told, so that a crash in between tells it twice."""

    def foretold(connection: Any, since: int) -> Any:
        told = occurrences.read_told_since(connection, since)
        ahead = [row for row in occurrences.read_occurrences(connection).values() if row.next]
        return told + [
            replace(row, told=row.next or row.told, before=row.told, batch=row.seen_at, noticed_at=row.seen_at)
            for row in ahead
        ]

    patch.setattr(reconcile, "read_told_since", foretold)


def told_to_late_followers(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(notices, "_is_news", lambda *_: True)


def sequence_not_raised(patch: pytest.MonkeyPatch) -> None:
    told = moves._told
    patch.setattr(moves, "_told", lambda row, now: replace(told(row, now), sequence=row.sequence))


def held_and_yet_told(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(moves, "_undecided", lambda known: [row for row in known.values() if row.next])


def reminded_while_it_changes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(moves, "differs", lambda *_: False)


def told_too_late(patch: pytest.MonkeyPatch) -> None:
    """Lets the whole settle time go by although the thing begins before it is over."""
    patch.setattr(moves, "_settles_at", lambda edit: max((row.seen_at + moves.SETTLE for row in edit), default=None))


def over_as_soon_as_it_begins(patch: pytest.MonkeyPatch) -> None:
    """Tells nobody who waits in a session that it is called off."""
    patch.setattr(KnownOccurrence, "over_at", lambda _, told: told.starts_at)


def outages_untold(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reconcile, "plan_missed", lambda *_: [])


def weeks_untold(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reconcile, "plan_digests", lambda *_: [])


def weeks_told_anew(patch: pytest.MonkeyPatch) -> None:
    """Tells of the same week again at each moment that is wished for it."""
    patch.setattr(
        Reminder, "rkey", property(lambda one: f"{one.kind}|{one.to}{one.recipient}|{one.fire_at}|{one.rule}")
    )


def weeks_of_before_the_wish(patch: pytest.MonkeyPatch) -> None:
    fires = digests._fires

    def always(person: Person, *rest: Any) -> Any:
        return fires(replace(person, digest=person.digest and replace(person.digest, since=0)), *rest)

    patch.setattr(digests, "_fires", always)
