"""A deadline that thousands follow is moved: held, confirmed, and told to each once, though the sender is killed.

python -m benchmarks.moves_kill [--small] [--seed N]

2,000 followers, a tenth of the requests goes wrong, and three times kill -9: once as the edit is taken up, and twice
amid the notices. The moment of the old reminder passes while the edit is held. Discord's memory of a nonce, and all
durations of the delivery, are a tenth of the real ones. Exits 1 if anybody got anything before the confirmation, or
anything but one notice after it.
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
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks.reminders_kill import DAY, NONCE_MEMORY, SCALE
from benchmarks.reminders_sender import CONFIRM, Item, Setup, check_alive, enrol, start
from benchmarks.reminders_stand_in import Rules, Seen, Watch, channel_of, person, stand_in

NOTICE = "is due at another time"


@dataclass(frozen=True, kw_only=True)
class Ordeal:
    """`people` follow one deadline; `kills` come amid the notices, after the one in which the edit is taken up.

    `ahead`: in so many seconds the reminder of the old time falls due. `patience`: after so many it ends anyhow.
    """

    people: int = 2_000
    kills: int = 2
    faults: float = 0.1
    seed: int = 1
    ahead: int = 20
    patience: float = 400.0


SMALL = Ordeal(people=510)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`early`: messages before the confirmation. `stale`: texts that are no notice. `seconds` is the whole run."""

    people: int
    told: int
    doubled: int
    early: int
    stale: int
    kills: int
    seconds: float
    seen: Seen


def endure(ordeal: Ordeal) -> Outcome:
    """Move the deadline, and compare what reached Discord with what should have."""
    began = time.monotonic()
    give_up = began + ordeal.patience
    chance = random.Random(ordeal.seed)
    now = int(time.time())
    people = [person(number) for number in range(1, ordeal.people + 1)]
    # Its reminder falls due so soon that it does while the edit is held, and so late that the sender knows it by then.
    before = Item(code="MOVED", starts_at=now + 3600 + ordeal.ahead, before=60)
    after = replace(before, starts_at=now + 3 * DAY)
    rules = Rules(seed=ordeal.seed, faults=ordeal.faults, nonce_memory=NONCE_MEMORY, stall=30 / SCALE)
    with tempfile.TemporaryDirectory() as folder, stand_in(rules) as watch:
        path = Path(folder, "bell.sqlite3")
        enrol(path, ((who, [before.code]) for who in people), {who: channel_of(who) for who in people}, now - DAY)
        setup = Setup(database=str(path), port=watch.port, items=[before], scale=SCALE, requests=200)
        sender = start(setup)
        try:
            _wait(lambda: _count(path, "delivery", "state = 'planned'") > 0, sender, setup, give_up)
            sender.kill()
            sender.wait()
            setup = replace(setup, items=[after])
            sender = start(setup)
            _wait(lambda: _count(path, "occurrence", "decision = 'held'") == 1, sender, setup, give_up)
            _wait(lambda: time.time() > before.fire_at + 2, sender, setup, give_up)
            early = watch.count()
            sender.send_signal(CONFIRM)
            for moment in sorted(chance.sample(range(ordeal.people // 20, ordeal.people * 19 // 20), ordeal.kills)):
                _wait(partial(_has_sent, watch, moment), sender, setup, give_up)
                sender.kill()
                sender.wait()
                time.sleep(chance.choice([0.1, NONCE_MEMORY * 1.2]))
                sender = start(setup)
            _wait(lambda: _all_sent(path, ordeal.people), sender, setup, give_up)
            time.sleep(1)
        finally:
            sender.terminate()
            sender.wait()
        seen = watch.seen()
    channels = Counter(channel for channel, _, _ in seen.messages)
    return Outcome(
        people=ordeal.people,
        told=len(channels),
        doubled=channels.total() - len(channels),
        early=early,
        stale=sum(count for words, count in seen.words.items() if NOTICE not in words),
        kills=ordeal.kills + 1,
        seconds=time.monotonic() - began,
        seen=seen,
    )


def _wait(until: Callable[[], bool], sender: subprocess.Popen[bytes], setup: Setup, give_up: float) -> None:
    while not until() and time.monotonic() < give_up:
        check_alive(sender, setup)
        time.sleep(0.05)


def _has_sent(watch: Watch, count: int) -> bool:
    return watch.count() >= count


def _all_sent(path: Path, people: int) -> bool:
    return _count(path, "delivery", "kind = 'notice' AND state = 'sent'") >= people


def _count(path: Path, table: str, where: str) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()  # noqa: S608 # our own words
    return int(row[0])


def report(outcome: Outcome) -> bool:
    """Print the figures; True if everybody was told once, and nobody anything else."""
    print(f"followers {outcome.people:,}  told {outcome.told:,}  doubled {outcome.doubled}", end="  ")
    print(f"before the confirmation {outcome.early}  stale {outcome.stale}  kills {outcome.kills}", end="  ")
    print(f"seconds {outcome.seconds:.0f}  load {os.getloadavg()[0]:.1f}")
    print(f"requests {outcome.seen.requests:,}  repeats known by their nonce {outcome.seen.repeats}", end="  ")
    print(f"histories read {outcome.seen.histories}")
    print("faults: " + "  ".join(f"{name} {count}" for name, count in sorted(outcome.seen.faults.items())))
    return outcome.told == outcome.people and not (outcome.doubled or outcome.early or outcome.stale)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    return 0 if report(endure(replace(SMALL if given.small else Ordeal(), seed=given.seed))) else 1


if __name__ == "__main__":
    sys.exit(main())
