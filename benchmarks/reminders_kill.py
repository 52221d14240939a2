"""Kills the sender with kill -9 amid its work while Discord fails in every way: what is lost, what is doubled?

python -m benchmarks.reminders_kill [--small] [--seed N] [--nonce stable|random] [--history on|off]

10,000 reminders, 20 kills, a tenth of the requests goes wrong, and outages that outlast Discord's memory of a nonce.
All durations of the delivery, and that memory, are a tenth of the real ones, so that such outages fit in. With the
nonce made random, or without the look into the history, messages are doubled: the check can fail. Exits 1 if any is
lost or doubled.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reminders_sender import Item, Setup, check_alive, enrol, start
from benchmarks.reminders_stand_in import Rules, Seen, Watch, channel_of, person, stand_in, takes_messages

SCALE = 10
NONCE_MEMORY = 60 / SCALE
CLOSED = 50
"""Every so-many-th person takes no direct messages."""
UNOPENED = 40
"""Every so-many-th person's direct messages were not opened at their opt-in."""
DAY = 86400


@dataclass(frozen=True, kw_only=True)
class Ordeal:
    """What the sender goes through. `long_outages` of the kills, and `storms` of Discord, outlast the nonce's memory.

    `stagger`: seconds between the moments at which things become due. `patience`: after so many seconds it ends anyhow.
    """

    people: int = 2_500
    items: int = 4
    kills: int = 20
    long_outages: int = 5
    storms: int = 2
    stagger: int = 40
    faults: float = 0.1
    seed: int = 1
    nonce: bool = True
    history: bool = True
    patience: float = 1_200.0


SMALL = Ordeal(people=60, items=4, kills=3, long_outages=1, storms=1, stagger=2, patience=120)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of the reminders. `seconds` is the whole run."""

    wanted: int
    sent: int
    lost: int
    doubled: int
    unasked: int
    kills: int
    seconds: float
    seen: Seen


def endure(ordeal: Ordeal) -> Outcome:
    """Go through it, and compare what reached Discord with what should have."""
    began = time.monotonic()
    chance = random.Random(ordeal.seed)
    now = int(time.time())
    items = [
        Item(code=f"C{number}", starts_at=now + 3600 + ordeal.stagger * number, before=60)
        for number in range(ordeal.items)
    ]
    people = [person(number) for number in range(1, ordeal.people + 1)]
    wanted = {(channel_of(who), item.about) for who in people if takes_messages(who, CLOSED) for item in items}
    rules = Rules(seed=ordeal.seed, faults=ordeal.faults, nonce_memory=NONCE_MEMORY, stall=30 / SCALE, closed=CLOSED)
    with tempfile.TemporaryDirectory() as folder, stand_in(rules) as watch:
        path = Path(folder, "bell.sqlite3")
        codes = [item.code for item in items]
        channels = {who: None if who % UNOPENED == 0 else channel_of(who) for who in people}
        enrol(path, ((who, codes) for who in people), channels, now - DAY)
        setup = Setup(
            database=str(path),
            port=watch.port,
            items=items,
            scale=SCALE,
            requests=200,
            open_every=0.1,
            nonce=ordeal.nonce,
            history=ordeal.history,
        )
        kills = _torment(setup, watch, ordeal, chance, len(wanted), items[-1].fire_at)
        seen = watch.seen()
    counted = Counter((channel, about) for channel, about, _ in seen.messages)
    return Outcome(
        wanted=len(wanted),
        sent=len(counted.keys() & wanted),
        lost=len(wanted - counted.keys()),
        doubled=counted.total() - len(counted),
        unasked=len(counted.keys() - wanted),
        kills=kills,
        seconds=time.monotonic() - began,
        seen=seen,
    )


def _torment(setup: Setup, watch: Watch, ordeal: Ordeal, chance: random.Random, wanted: int, last: int) -> int:
    """Run the sender through all its deaths until nothing is left to send; return how often it was killed."""
    give_up = time.monotonic() + ordeal.patience
    turns = ["kill"] * (ordeal.kills - ordeal.long_outages) + ["long"] * ordeal.long_outages + ["storm"] * ordeal.storms
    chance.shuffle(turns)
    moments = sorted(chance.sample(range(wanted // 50, wanted * 19 // 20), len(turns)))
    kills = 0
    sender = start(setup)
    try:
        for turn, moment in zip(turns, moments, strict=True):
            while watch.count() < moment and time.monotonic() < give_up:
                check_alive(sender, setup)
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 0.3))
            if turn == "storm":
                watch.away(NONCE_MEMORY * 1.5)
                continue
            sender.kill()
            sender.wait()
            kills += 1
            time.sleep(chance.uniform(0, 0.5) if turn == "kill" else NONCE_MEMORY * chance.uniform(1.1, 1.5))
            sender = start(setup)
        _drain(sender, setup, watch, wanted, last, give_up)
    finally:
        sender.terminate()
        sender.wait()
    return kills


def _drain(sender: subprocess.Popen[bytes], setup: Setup, watch: Watch, wanted: int, last: int, give_up: float) -> None:
    """Wait until the ledger has nothing to send any more, and, if something seems lost, for one more planning."""
    idle_since = time.monotonic()
    while time.monotonic() < give_up:
        check_alive(sender, setup)
        if time.time() < last + 2 or _open(setup.database):
            idle_since = time.monotonic()
        elif watch.count() >= wanted or time.monotonic() - idle_since > 65:
            return
        time.sleep(0.2)


def _open(database: str) -> int:
    """How many rows of the ledger are still to be sent."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)) as connection:
        row = connection.execute("SELECT count(*) FROM delivery WHERE state IN ('planned', 'sending')").fetchone()
    return int(row[0])


def report(outcome: Outcome) -> bool:
    """Print the table; True if nothing was lost or doubled."""
    seen = outcome.seen
    print(f"wanted {outcome.wanted:,}  sent {outcome.sent:,}  lost {outcome.lost}  doubled {outcome.doubled}", end="  ")
    print(f"to others {outcome.unasked}  kills {outcome.kills}  seconds {outcome.seconds:.0f}", end="  ")
    print(f"load {os.getloadavg()[0]:.1f}")
    print(f"requests {seen.requests:,}  repeats known by their nonce {seen.repeats}  histories read {seen.histories}")
    print("faults: " + "  ".join(f"{name} {count}" for name, count in sorted(seen.faults.items())))
    most = max(seen.refused.values(), default=0)
    print(f"closed direct messages: {len(seen.refused)} people, at most {most} refusals each")
    return not (outcome.lost or outcome.doubled or outcome.unasked)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nonce", choices=("stable", "random"), default="stable")
    parser.add_argument("--history", choices=("on", "off"), default="on")
    given = parser.parse_args()
    size = SMALL if given.small else Ordeal()
    values = {**vars(size), "seed": given.seed, "nonce": given.nonce == "stable", "history": given.history == "on"}
    return 0 if report(endure(Ordeal(**values))) else 1


if __name__ == "__main__":
    sys.exit(main())
