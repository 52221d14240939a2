"""The sender on a real database, with a stand-in only for Discord: who gets what, and in which order."""

from __future__ import annotations

import asyncio
import heapq
from bisect import bisect_left
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from datetime import time
from pathlib import Path

import pytest

from bot.reminders.delivery import Courier, Timing
from bot.reminders.desk import Desk
from bot.reminders.pace import Pace
from bot.reminders.post import ChannelClosed, Letter, Missing, Opened, PersonClosed, Refused, Sent, TryAgain, failure
from bot.store import deliveries
from bot.store.database import Database
from bot.store.records import QuietHours, State, TextKind, To
from tests.reminders.school import School, instant

CHANNEL, ROLE = 900, 800
BEFORE = instant("2026-10-05 12:00")


class Recorder:
    """Takes every letter, save from those who are `closed` or `stuck`; `broken` ones make it raise."""

    def __init__(self, closed: Iterable[int] = (), stuck: Iterable[int] = (), broken: Iterable[int] = ()) -> None:
        self.closed, self.stuck, self.broken = set(closed), set(stuck), set(broken)
        self.letters: list[Letter] = []
        self.others: list[Letter] = []
        self.refused: Counter[int] = Counter()
        self.opened: list[int] = []

    async def open(self, person: int) -> Opened | PersonClosed | TryAgain:
        self.opened.append(person)
        return Opened(person)

    async def send(self, letter: Letter) -> Sent | PersonClosed | ChannelClosed | Refused | TryAgain:
        if letter.recipient in self.broken:
            raise ZeroDivisionError(letter.text)
        if letter.recipient in self.stuck:
            await asyncio.Future()
        if letter.recipient in self.closed:
            self.refused[letter.recipient] += 1
            return ChannelClosed() if letter.to is To.CHANNEL else PersonClosed()
        if letter.kind is TextKind.REMINDER:
            self.letters.append(letter)
        else:
            self.others.append(letter)
        return Sent(len(self.letters))

    async def find(self, letter: Letter, since: int) -> Sent | Missing | PersonClosed | ChannelClosed | TryAgain:
        return Missing()

    @property
    def told(self) -> list[int]:
        return [letter.recipient for letter in self.letters]


class Bell:
    """A courier and a desk on one database, at a moment that only the test moves."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = BEFORE
        self.schedule = School().schedule()
        self.desk = Desk(database, lambda: self.schedule)

    def courier(self, post: Recorder, timing: Timing | None = None, opens: Pace | None = None) -> Courier:
        courier = Courier(
            self.database,
            post,
            owner="me",
            clock=lambda: self.now,
            escape=lambda typed: typed.replace("*", r"\*"),
            timing=timing,
            requests=Pace(most=1, seconds=0),
            opens=opens or Pace(most=1, seconds=0),
        )
        courier.schedule = self.schedule
        return courier

    async def follow(self, *people: int, course: str = "ESSAY", opened: bool = True) -> None:
        for who in people:
            await self.desk.follow(who, course, self.now)
            if opened:
                await self.desk.direct_messages_opened(who, who, self.now)

    async def send_all(self, courier: Courier) -> None:
        await courier.reconcile()
        while await courier.deliver():
            await courier.finish()

    async def states(self) -> dict[State, int]:
        return await self.database.run(deliveries.counts)


@pytest.fixture
async def bell(tmp_path: Path) -> AsyncIterator[Bell]:
    database = Database.open(tmp_path / "schoolbell.db")
    yield Bell(database)
    database.close()


async def test_closed_direct_messages_are_tried_once_and_hold_up_nobody(bell: Bell) -> None:
    await bell.follow(*range(1, 31))
    await bell.follow(*range(1, 31), course="LIVE")
    post = Recorder(closed=range(1, 11))
    courier = bell.courier(post)
    for moment in ("2026-10-06 17:00", "2026-10-07 07:00", "2026-10-07 15:00"):
        bell.now = instant(moment)
        await bell.send_all(courier)
    assert post.refused == Counter(range(1, 11)), "one refusal each"
    assert Counter(post.told) == dict.fromkeys(range(11, 31), 3)

    post.closed.clear()
    await bell.desk.direct_messages_opened(1, 1, bell.now)
    bell.now = instant("2026-10-08 06:45")
    await bell.send_all(courier)
    assert post.told.count(1) == 1, "whoever opens them is reminded again"
    assert post.told.count(2) == 0


async def test_the_most_urgent_goes_first(bell: Bell) -> None:
    await bell.follow(*range(1, 9))
    await bell.follow(99, course="LIVE")
    post = Recorder()
    bell.now = instant("2026-10-07 07:00")  # the essay's day began long ago, and is of use until 15:00
    courier = bell.courier(post, Timing(slots=1))
    await bell.send_all(courier)
    assert post.told[-1] == 99, "the session of tomorrow can wait until 06:45 of the next day"
    await bell.follow(*range(11, 19), course="LIVE")
    bell.now = instant("2026-10-08 06:45")
    await bell.send_all(courier)
    assert set(post.told[9:]) == {99, *range(11, 19)}


async def test_direct_messages_are_opened_slowly_and_others_do_not_wait_for_it(bell: Bell) -> None:
    await bell.follow(*range(1, 21), opened=False)
    await bell.follow(*range(21, 41))
    post = Recorder()
    courier = bell.courier(post, opens=Pace(most=1, seconds=1000))
    bell.now = instant("2026-10-06 17:00")
    await courier.reconcile()
    for _ in range(6):
        await courier.deliver()
        await courier.finish()
    assert len(post.opened) == 1
    assert set(post.told) == {*post.opened, *range(21, 41)}

    again = bell.courier(post)
    bell.now = instant("2026-10-06 17:05")
    await bell.send_all(again)
    assert Counter(post.told) == dict.fromkeys(range(1, 41), 1)
    assert Counter(post.opened) == dict.fromkeys(range(1, 21), 1), "nobody is opened a second time"


async def test_a_fault_of_one_ends_nothing_and_is_logged_without_what_was_written(
    bell: Bell, caplog: pytest.LogCaptureFixture
) -> None:
    await bell.follow(1, 2, 3)
    post = Recorder(broken=[2])
    bell.now = instant("2026-10-06 17:00")
    await bell.send_all(bell.courier(post))
    assert sorted(post.told) == [1, 3]
    assert "reminders_failed error=ZeroDivisionError" in caplog.text
    assert "in send" in caplog.text
    assert post.letters[0].text not in caplog.text
    post.broken.clear()
    bell.now = instant("2026-10-06 17:02")
    await bell.send_all(bell.courier(post))
    assert sorted(post.told) == [1, 2, 3]


async def test_a_request_that_hangs_is_given_up_and_tried_again(bell: Bell) -> None:
    await bell.follow(1)
    post = Recorder(stuck=[1])
    bell.now = instant("2026-10-06 17:00")
    await bell.send_all(bell.courier(post, Timing(send_within=0.01)))
    assert (await bell.states())[State.SENDING] == 1
    post.stuck.clear()
    bell.now = instant("2026-10-06 17:00").replace(second=1)
    await bell.send_all(bell.courier(post))
    assert (await bell.states())[State.SENT] == 1
    assert post.told == [1]


async def test_stopping_gives_back_what_was_not_begun(bell: Bell) -> None:
    await bell.follow(1, 2)
    await bell.follow(1, course="LIVE")
    post = Recorder(stuck=[1])
    bell.now = instant("2026-10-07 07:00")
    courier = bell.courier(post, Timing(shutdown=0.05))
    await courier.reconcile()
    await courier.deliver()
    await asyncio.sleep(0.05)
    await courier.stop()
    assert post.told == [2]
    assert await courier.deliver() == 0

    post.stuck.clear()
    await bell.send_all(bell.courier(post))
    assert sorted(post.told) == [1, 2], "the second of the first person was waiting, and goes out at once"
    bell.now = instant("2026-10-07 07:01")
    await bell.send_all(bell.courier(post))
    assert sorted(post.told) == [1, 1, 2]


async def test_what_is_being_claimed_at_the_stop_is_given_back(bell: Bell) -> None:
    await bell.follow(1)
    bell.now = instant("2026-10-06 17:00")
    courier, post = bell.courier(Recorder()), Recorder()
    await courier.reconcile()
    claiming = asyncio.create_task(courier.deliver())
    await asyncio.sleep(0)
    await courier.stop()
    claiming.cancel()  # as the loop around it ends now
    await bell.send_all(bell.courier(post))
    assert post.told == [1]


async def test_what_a_letter_says(bell: Bell) -> None:
    await bell.desk.set_channel(700, "LIVE", CHANNEL, ROLE, bell.now)
    await bell.follow(1)
    await bell.desk.set_zone(1, "America/New_York", bell.now)
    await bell.desk.set_quiet_hours(1, QuietHours(starts=time(22), ends=time(8)), bell.now)
    post = Recorder()
    bell.now = instant("2026-10-06 17:00")
    await bell.send_all(bell.courier(post))
    [essay] = post.letters
    due = int(instant("2026-10-07 17:00").timestamp())
    assert essay.text == (
        f"**ESSAY: Essay** is due <t:{due}:F> (<t:{due}:R>).\nNothing to attend: do it at any time before then."
    )
    assert (essay.to, essay.silent, essay.role, len(essay.nonce)) == (To.PERSON, False, None, 24)

    bell.now = instant("2026-10-07 23:30")  # the bot was away: of the session's two, only that of a day before is due
    await bell.send_all(bell.courier(post))
    live = int(instant("2026-10-08 07:00").timestamp())
    assert post.letters[-1].text.splitlines() == [
        f"**LIVE: Live session** starts <t:{live}:F> (<t:{live}:R>).",
        "-# This reminder comes late, because I was not able to send it in time.",
    ]
    assert (post.letters[-1].recipient, post.letters[-1].role) == (CHANNEL, ROLE)


async def test_a_late_reminder_at_night_makes_no_sound(bell: Bell) -> None:
    await bell.follow(1, course="LIVE")
    await bell.desk.set_quiet_hours(1, QuietHours(starts=time(22), ends=time(8)), bell.now)
    post = Recorder()
    bell.now = instant("2026-10-07 23:30")
    await bell.send_all(bell.courier(post))
    assert [letter.silent for letter in post.letters] == [True]


async def test_a_channel_that_refuses_is_marked_for_staff(bell: Bell) -> None:
    await bell.desk.set_channel(700, "LIVE", CHANNEL, ROLE, bell.now)
    post = Recorder(closed=[CHANNEL])
    courier = bell.courier(post)
    for moment in ("2026-10-07 07:00", "2026-10-08 06:45"):
        bell.now = instant(moment)
        await bell.send_all(courier)
    assert post.refused[CHANNEL] == 1
    [channel] = await bell.desk.channels(bell.now)
    assert channel.closed_at == int(instant("2026-10-07 07:00").timestamp())


@pytest.mark.parametrize(
    ("status", "code", "meaning"),
    [
        (403, 50007, PersonClosed()),
        (403, 50278, PersonClosed()),
        (404, 10013, PersonClosed()),
        (403, 50001, ChannelClosed()),
        (403, 50013, ChannelClosed()),
        (404, 10003, ChannelClosed()),
        (404, 10008, Sent(None)),
        (429, 0, TryAgain(3.5)),
        (500, 0, TryAgain(3.5)),
        (503, None, TryAgain(3.5)),
        (401, 0, TryAgain(3.5)),
        (None, None, TryAgain(3.5)),
        (403, 40003, TryAgain()),
        (400, 50035, Refused()),
    ],
)
def test_what_an_error_means(status: int | None, code: int | None, meaning: object) -> None:
    assert failure(status, code, 3.5) == meaning


@pytest.mark.parametrize(
    ("delays", "within"),
    [((0.0,), 20.1), ((0.05,), 21.5), ((0.01, 0.01, 0.6), 25), ((0.0,) * 15 + (2.0,), 30)],
    ids=["at once", "each a little later", "some much later", "a stall now and then"],
)
def test_requests_keep_their_pace_wherever_discord_counts_them(delays: tuple[float, ...], within: float) -> None:
    now = 0.0
    pace = Pace(most=48, seconds=1, clock=lambda: now)
    ends: list[float] = []
    begun: list[float] = []
    counted: list[float] = []
    while len(begun) < 960:
        seconds = pace.wait()
        if ends and (seconds or len(ends) == 16) and ends[0] <= now + seconds + (len(ends) == 16):
            now = max(now, heapq.heappop(ends))
            pace.end()
        elif seconds:
            now += seconds
        else:
            pace.begin()
            over = now + delays[len(begun) % len(delays)]
            counted.append((now, over)[len(begun) % 2])
            begun.append(now)
            heapq.heappush(ends, over)
    counted.sort()
    assert max(bisect_left(counted, first + 1) - index for index, first in enumerate(counted)) <= 48
    assert max(bisect_left(begun, first + 0.25) - index for index, first in enumerate(begun)) <= 20, "not in crowds"
    assert begun[-1] < within


async def test_who_waits_first_goes_first() -> None:
    pace = Pace(most=2, seconds=0.02)
    gone: list[int] = []

    async def go(number: int) -> None:
        async with pace:
            gone.append(number)

    await asyncio.gather(*(go(number) for number in range(6)))
    assert gone == [0, 1, 2, 3, 4, 5]
