"""5,000 reminders at once by direct message, to a Discord that allows 50 requests a second.

python -m benchmarks.reminders_load [--small]

Promises: all within 120 s, no 429; a session's reminder that becomes due amid them goes out within 1 s; after a restart
no direct messages are opened again; 1,000 people with closed ones cost one refusal each and delay nobody. Exits 1 if
one is broken. --small has 400 people, and as much less time.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reminders_sender import Item, Setup, check_alive, enrol, start
from benchmarks.reminders_stand_in import Rules, Seen, channel_of, person, stand_in, takes_messages

LIMIT = 50
CLOSED = 5
"""Every so-many-th person takes no direct messages."""
SESSIONS = 10
AGAIN = 200
"""So many people are reminded of one more thing, after the restart."""
DAY = 86400


@dataclass(frozen=True, kw_only=True)
class Size:
    """`within` is what is promised, and `planning` how long the sender has for its first plan, both in seconds.

    The direct messages of `unopened` people were not opened at their opt-in.
    """

    people: int
    unopened: int
    within: int
    planning: int


FULL = Size(people=5_000, unopened=4, within=120, planning=40)
SMALL = Size(people=400, unopened=2, within=12, planning=12)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """When the last was there, how late sessions were at most, both in seconds; what Discord saw until the restart."""

    sent: int
    wanted: int
    last: float
    session: float
    seen: Seen
    restarted: Seen


def burden(size: Size, closed: int) -> Figures:
    """Let everything become due at one moment, and see when it arrives."""
    due = int(time.time()) + size.planning
    many = Item(code="MANY", starts_at=due + 3600, before=60)
    moments = [due + 2 + number * (size.within - 6) // SESSIONS for number in range(SESSIONS)]
    sessions = [
        Item(code=f"LIVE{number}", starts_at=moment + 600, before=10, session=True)
        for number, moment in enumerate(moments)
    ]
    later = Item(code="LATER", starts_at=due + size.within + 15 + 3600, before=60)
    people = [person(number) for number in range(1, size.people + 1)]
    attending = dict(zip([person(900_001 + CLOSED * number) for number in range(SESSIONS)], sessions, strict=True))
    follows = [(who, ["MANY", "LATER"] if index < AGAIN else ["MANY"]) for index, who in enumerate(people)]
    follows += [(who, [item.code]) for who, item in attending.items()]
    channels = {who: None if index < size.unopened else channel_of(who) for index, (who, _) in enumerate(follows)}
    with tempfile.TemporaryDirectory() as folder, stand_in(Rules(limit=LIMIT, closed=closed)) as watch:
        path = Path(folder, "bell.sqlite3")
        enrol(path, follows, channels, due - DAY)
        setup = Setup(database=str(path), port=watch.port, items=[many, *sessions, later])
        sender = start(setup)
        try:
            while time.time() < due or (_open(path, "MANY") and time.time() < due + 3 * size.within):
                check_alive(sender, setup)
                time.sleep(0.2)
            time.sleep(1)  # sessions' last ones
            seen = watch.seen()
            sender.terminate()
            sender.wait()
            sender = start(setup)
            while time.time() < later.fire_at + 1 or (_open(path, "LATER") and time.time() < later.fire_at + 60):
                check_alive(sender, setup)
                time.sleep(0.2)
        finally:
            sender.terminate()
            sender.wait()
        restarted = watch.seen()
    fires = {item.about: item.fire_at for item in sessions}
    arrived = {about: at - fires[about] for _, about, at in restarted.messages if about in fires}
    lates = [arrived.get(item.about, float("inf")) for who, item in attending.items() if takes_messages(who, closed)]
    there = [at - due for _, about, at in seen.messages if about == many.about]
    return Figures(
        sent=len(there),
        wanted=sum(takes_messages(who, closed) for who in people),
        last=max(there),
        session=max(lates),
        seen=seen,
        restarted=restarted,
    )


def _open(path: Path, course: str) -> int:
    """How many rows of this course are still to be sent."""
    query = "SELECT count(*) FROM delivery WHERE state IN ('planned', 'sending') AND course = ?"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as connection:
        return int(connection.execute(query, (course,)).fetchone()[0])


def report(size: Size, closed: int, figures: Figures) -> bool:
    """Print what was measured; True if the promises were kept."""
    seen, restarted = figures.seen, figures.restarted
    shut = size.people // closed if closed else 0
    opened = restarted.opened.total()
    said = {
        f"sent {figures.sent:,} of {figures.wanted:,}": figures.sent == figures.wanted,
        f"last after {figures.last:.1f} s": figures.last <= size.within,
        f"429: {restarted.over_limit}": restarted.over_limit == 0,
        f"sessions at most {figures.session:.2f} s late": figures.session <= 1,
        f"people refused {len(restarted.refused)} of {shut}": len(restarted.refused) == shut,
        f"refusals in all {restarted.refused.total()}": restarted.refused.total() == shut,
        f"opened {opened} of {size.unopened}": opened == size.unopened,
        f"opened after the restart {opened - seen.opened.total()}": opened == seen.opened.total(),
        f"sent after the restart {len(restarted.messages) - len(seen.messages)}": len(restarted.messages)
        > len(seen.messages),
    }
    print(f"{size.people:,} people, {shut:,} of them closed, load {os.getloadavg()[0]:.1f}")
    for text, kept in said.items():
        print(f"  {text:40} {'' if kept else 'BROKEN'}")
    return all(said.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    size = SMALL if parser.parse_args().small else FULL
    kept = [report(size, closed, burden(size, closed)) for closed in (0, CLOSED)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
