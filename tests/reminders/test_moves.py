"""What students read when staff move, call off, add or rename something, and what stays silent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.content.model import Added, Course, Deadline, LiveSession
from bot.content.zones import zone
from bot.reminders.board import Board
from bot.reminders.delivery import Courier
from bot.reminders.desk import Desk
from bot.reminders.moves import Batch
from bot.reminders.pace import Pace
from bot.reminders.post import Letter, Missing, Opened, Sent
from bot.reminders.schedule import Schedule
from bot.store import Connection
from bot.store.database import Database
from bot.store.people import opt_in
from bot.store.records import QuietHours, TextKind, To
from bot.timetable.occurrences import Timetable
from tests.reminders.school import instant
from tests.timetable.courses import MON, NEW_YORK, THU, TUE, at, course, every, on, span

ANA, BEN, CHANNEL, ROLE = 1, 2, 900, 800
CLINIC = LiveSession(title="Clinic", when=every(TUE, minutes=90))
ESSAY = Deadline(name="Essay", due=at("2 Oct 17:00"), remind_before=(1440, 120))
OTHER = course(Deadline(name="Paper", due=at("7 Oct 12:00")), code="XY-1")


class Office:
    """Staff edit, time passes, and everything that the bot sends is kept."""

    def __init__(self, database: Database) -> None:
        self.now = instant("2026-09-21 12:00")
        self.letters: list[Letter] = []
        self.database = database
        self.desk = Desk(database, lambda: self.courier.schedule)
        self.board = Board(database, lambda: self.courier.schedule)
        self.courier = Courier(
            database,
            self,
            owner="me",
            clock=lambda: self.now,
            escape=str,
            requests=Pace(most=1, seconds=0),
            opens=Pace(most=1, seconds=0),
        )

    async def open(self, person: int) -> Opened:
        return Opened(person)

    async def send(self, letter: Letter) -> Sent:
        self.letters.append(letter)
        return Sent(len(self.letters))

    async def find(self, letter: Letter, since: int) -> Missing:
        return Missing()

    async def saves(self, *courses: Course, seconds: int = 0) -> None:
        """The files say this from now on, and so many seconds go by."""
        self.edit(*courses)
        await self.passes(seconds)

    def edit(self, *courses: Course) -> None:
        self.courier.schedule = Schedule.of(courses, Timetable.of(courses), NEW_YORK)

    async def passes(self, seconds: int) -> None:
        await self.works()
        for _ in range(0, seconds, 60):  # no longer than this is an outage
            self.now += timedelta(seconds=min(60, seconds))
            await self.works()

    async def works(self) -> None:
        await self.courier.reconcile()
        while await self.courier.deliver():
            await self.courier.finish()

    async def follows(self, *people: int, of: str = "PM-101") -> None:
        for who in people:
            await self.desk.follow(who, of, self.now)
            await self.desk.direct_messages_opened(who, who, self.now)

    async def pending(self) -> tuple[Batch, ...]:
        return await self.board.pending(self.now)

    def reminders(self) -> list[Letter]:
        return [one for one in self.letters if one.kind is TextKind.REMINDER]

    def told(self, whom: int = ANA) -> list[str]:
        """The notices that somebody got, with moments in New York as `2 Oct 17:00`."""
        notices = [one for one in self.letters if one.kind is TextKind.NOTICE and one.recipient == whom]
        return [plain(one.text) for one in notices]


def plain(text: str) -> str:
    for part in set(text.split("<t:")[1:]):
        stamp = part.split(">")[0]
        moment = datetime.fromtimestamp(int(stamp.split(":")[0]), NEW_YORK)
        text = text.replace(f"(<t:{stamp}>)", "").replace(f"<t:{stamp}>", f"{moment.day} {moment:%b %H:%M}")
    return text.replace("  ", " ").replace(" .", ".").replace(" ,", ",").replace("**", "")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    database = Database.open(tmp_path / "schoolbell.db")
    office = Office(database)
    await office.saves(course(CLINIC, ESSAY), OTHER)
    await office.follows(ANA)
    await office.passes(60)
    yield office
    database.close()


CLINIC_MOVED = replace(CLINIC, moved={on("29 Sep"): span("30 Sep 19:00")})
EDITS: dict[str, tuple[Iterable[LiveSession | Deadline], list[str]]] = {
    "a session is moved": (
        [CLINIC_MOVED, ESSAY],
        ["PM-101: Clinic has moved: it starts 30 Sep 19:00, and not 29 Sep 18:00."],
    ),
    "a deadline is moved": (
        [CLINIC, replace(ESSAY, due=at("4 Oct 23:59"))],
        ["PM-101: Essay is due at another time: 4 Oct 23:59, and not 2 Oct 17:00."],
    ),
    "a session is called off": (
        [replace(CLINIC, cancelled={on("29 Sep"): "Instructor ill"}), ESSAY],
        ["PM-101: Clinic of 29 Sep 18:00 is cancelled. Reason: Instructor ill"],
    ),
    "a line is removed": ([CLINIC], ["PM-101: Essay, due 2 Oct 17:00, is no longer on the schedule."]),
    "a deadline is added": (
        [CLINIC, ESSAY, Deadline(name="Quiz", due=at("1 Oct 9:00"))],
        ["New on the schedule: PM-101: Quiz is due 1 Oct 09:00."],
    ),
    "several dates of one session": (
        [replace(CLINIC_MOVED, cancelled={on("6 Oct"): None}), ESSAY],
        [
            "Changed dates of PM-101: Clinic:\n"
            "- PM-101: Clinic has moved: it starts 30 Sep 19:00, and not 29 Sep 18:00.\n"
            "- PM-101: Clinic of 6 Oct 18:00 is cancelled."
        ],
    ),
    "a session and a deadline": (
        [CLINIC_MOVED],
        [
            "PM-101: Clinic has moved: it starts 30 Sep 19:00, and not 29 Sep 18:00.",
            "PM-101: Essay, due 2 Oct 17:00, is no longer on the schedule.",
        ],
    ),
    "another weekday": (
        [replace(CLINIC, when=every(THU, minutes=90)), ESSAY],
        [
            "Changed dates of PM-101: Clinic:\n"
            "- PM-101: Clinic of 22 Sep 18:00 is no longer on the schedule.\n"
            "- New on the schedule: PM-101: Clinic starts 24 Sep 18:00.\n"
            "- PM-101: Clinic of 29 Sep 18:00 is no longer on the schedule.\n"
            "- New on the schedule: PM-101: Clinic starts 1 Oct 18:00.\n"
            "- PM-101: Clinic of 6 Oct 18:00 is no longer on the schedule.\n"
            "- and 1 more: see `/schedule`."
        ],
    ),
    "other names for the same": (
        [replace(CLINIC, title="Project clinic"), replace(ESSAY, name="First essay")],
        [],
    ),
    "what is over": ([replace(CLINIC, cancelled={on("15 Sep"): None}), ESSAY], []),
    "where it is and what it is about": (
        [replace(CLINIC, where="Room 7"), replace(ESSAY, note="One PDF.", link="https://x.edu")],
        [],
    ),
}


@pytest.mark.parametrize("name", EDITS)
async def test_what_a_follower_reads(office: Office, name: str) -> None:
    items, notices = EDITS[name]
    await office.follows(BEN, of="XY-1")
    await office.saves(course(*items), OTHER, seconds=180)
    assert sorted(office.told()) == sorted(notices)
    assert office.told(BEN) == [], "follows another course"
    await office.passes(180)
    assert len(office.told()) == len(notices), "once"


async def test_nobody_hears_of_what_is_taken_back_or_of_a_course_that_is_new(office: Office) -> None:
    new = course(Deadline(name="Plan", due=at("1 Oct 9:00")), code="NEW")
    await office.saves(course(CLINIC_MOVED, ESSAY), OTHER, new, seconds=60)
    await office.follows(ANA, of="NEW")
    await office.saves(course(CLINIC, ESSAY), OTHER, new, seconds=600)
    assert office.told() == []
    assert await office.pending() == ()


async def test_each_further_edit_starts_the_two_minutes_anew_and_one_notice_tells_the_last(office: Office) -> None:
    for day in ("3 Oct 9:00", "3 Oct 10:00", "3 Oct 11:00"):
        await office.saves(course(CLINIC, replace(ESSAY, due=at(day))), OTHER, seconds=60)
    assert office.told() == []
    await office.passes(120)
    assert office.told() == ["PM-101: Essay is due at another time: 3 Oct 11:00, and not 2 Oct 17:00."]


async def test_who_follows_after_the_edit_knows_it_already(office: Office) -> None:
    await office.saves(course(CLINIC_MOVED, ESSAY), OTHER)
    await office.follows(BEN)
    await office.passes(180)
    assert (len(office.told(ANA)), len(office.told(BEN))) == (1, 0)


async def test_a_course_s_channel_gets_one_message_for_all_that_was_saved_at_once(office: Office) -> None:
    await office.desk.set_channel(700, "PM-101", CHANNEL, ROLE, office.now)
    await office.passes(60)
    quiz = Deadline(name="Quiz", due=at("1 Oct 9:00"))
    await office.saves(course(CLINIC_MOVED, replace(ESSAY, due=at("3 Oct 9:00")), quiz), OTHER, seconds=180)
    [letter] = [one for one in office.letters if one.to is To.CHANNEL]
    assert (letter.role, letter.kind) == (ROLE, TextKind.NOTICE)
    assert plain(letter.text).splitlines() == [
        "The schedule of PM-101 has changed:",
        "- PM-101: Clinic has moved: it starts 30 Sep 19:00, and not 29 Sep 18:00.",
        "- New on the schedule: PM-101: Quiz is due 1 Oct 09:00.",
        "- PM-101: Essay is due at another time: 3 Oct 09:00, and not 2 Oct 17:00.",
    ]
    assert len(office.told()) == 3, "one of each thing"


async def test_a_weekly_session_that_moves_as_a_whole_is_one_notice(office: Office) -> None:
    term = (on("8 Sep"), on("18 Dec"))
    daily = LiveSession(title="Lab", when=every(MON, THU, minutes=60, clock="09:00"))
    others = [course(CLINIC, code=f"C{number}", dates=term) for number in range(8)]
    await office.saves(course(daily, dates=term), *others, seconds=180)
    office.letters.clear()
    later = replace(daily, when=every(MON, THU, minutes=60, clock="10:00"))
    await office.saves(course(later, dates=term), *others, seconds=180)
    [notice] = office.told()
    assert notice.splitlines()[0] == "Changed dates of PM-101: Lab:"
    assert notice.splitlines()[1].endswith("it starts 24 Sep 10:00, and not 24 Sep 09:00.")
    assert notice.splitlines()[-1] == "- and 20 more: see `/schedule`."


async def test_reminders_wait_for_the_new_time_and_never_ring_for_the_old(office: Office) -> None:
    await office.passes(60)
    office.now = instant("2026-10-02 14:59")
    await office.works()
    office.letters.clear()
    await office.saves(course(CLINIC, replace(ESSAY, due=at("2 Oct 16:00"))), OTHER, seconds=60)
    assert office.letters == [], "two hours before either time have begun, but which is right?"
    await office.passes(120)
    assert sorted(one.kind for one in office.letters) == [TextKind.NOTICE, TextKind.REMINDER]
    assert "<t:1790971200:F>" in next(one.text for one in office.letters if one.kind is TextKind.REMINDER)


@pytest.mark.parametrize(
    ("before", "after"),
    [(ESSAY, replace(ESSAY, name="First essay")), (CLINIC, replace(CLINIC, title="Project clinic"))],
)
async def test_what_is_renamed_is_not_reminded_of_again(
    office: Office, before: LiveSession | Deadline, after: LiveSession | Deadline
) -> None:
    await office.saves(course(before, remind=(1440, 120)), OTHER)
    office.now = instant("2026-10-05 18:00" if before is CLINIC else "2026-10-01 17:00")
    await office.works()
    reminded = office.reminders()
    assert len(reminded) == 1
    office.edit(course(after, remind=(1440, 120)), OTHER)
    await office.desk.set_zone(ANA, "America/New_York", office.now)  # so that it is planned before it is noticed
    await office.passes(300)
    assert office.reminders() == reminded
    office.now += timedelta(hours=22)
    await office.works()
    assert (after.name if isinstance(after, Deadline) else "Project clinic") in office.letters[-1].text


async def test_a_notice_comes_without_a_sound_at_night_and_not_at_all_once_it_is_useless(office: Office) -> None:
    office.now = instant("2026-09-28 23:00")
    await office.works()
    await office.desk.set_zone(ANA, "America/New_York", office.now)
    await office.desk.set_quiet_hours(ANA, QuietHours(starts=time(22), ends=time(8)), office.now)
    office.letters.clear()
    await office.saves(course(replace(CLINIC, cancelled={on("29 Sep"): None}), ESSAY), OTHER, seconds=180)
    [notice] = office.letters
    assert notice.silent


async def test_who_was_away_longer_than_the_thing_lasted_is_not_bothered(office: Office) -> None:
    await office.saves(course(replace(CLINIC, cancelled={on("22 Sep"): None}), ESSAY), OTHER, seconds=60)
    office.now = instant("2026-09-22 19:30")
    await office.passes(300)
    assert office.told() == []


@pytest.mark.parametrize(
    ("due", "away", "told"),
    [
        ("4 Oct 23:59", "22 Sep 11:00", 1),
        ("4 Oct 23:59", "22 Sep 12:30", 0),
        ("21 Sep 16:00", "21 Sep 15:30", 1),
        ("21 Sep 16:00", "21 Sep 16:30", 0),
    ],
)
async def test_a_notice_that_could_not_be_sent_for_a_day_or_until_it_was_over_is_not_sent(
    office: Office, due: str, away: str, told: int
) -> None:
    quiz = Deadline(name="Quiz", due=at("21 Sep 15:00"))
    await office.saves(course(CLINIC, ESSAY, quiz), OTHER, seconds=180)
    await office.follows(BEN)
    await office.passes(60)
    await office.saves(course(CLINIC, ESSAY, replace(quiz, due=at(due))), OTHER)
    [batch] = await office.pending()
    assert await office.board.send_now(batch.mark, office.now)
    office.now = at(away).replace(tzinfo=NEW_YORK)
    await office.works()
    assert len(office.told(BEN)) == told


async def test_a_session_that_was_called_off_may_be_taken_out_of_the_file_without_a_word(office: Office) -> None:
    talk = LiveSession(title="Talk", when=span("30 Sep 18:00"))
    called_off = replace(talk, cancelled={on("30 Sep"): None})
    await office.saves(course(CLINIC, ESSAY, called_off), OTHER, seconds=180)
    await office.saves(course(CLINIC, ESSAY, talk), OTHER, seconds=60)
    await office.saves(course(CLINIC, ESSAY), OTHER, seconds=180)
    assert office.told() == []


@pytest.mark.parametrize(("left", "waits"), [(3600, 120), (240, 120), (60, 30), (10, 5)])
async def test_what_begins_soon_is_told_before_it_begins(office: Office, left: int, waits: int) -> None:
    office.now = instant("2026-09-22 18:00") - timedelta(seconds=left)
    await office.works()
    await office.saves(course(replace(CLINIC, cancelled={on("22 Sep"): "Instructor ill"}), ESSAY), OTHER)
    for _ in range(waits):
        assert office.told() == []
        office.now += timedelta(seconds=1)
        await office.works()
    assert office.told() == ["PM-101: Clinic of 22 Sep 18:00 is cancelled. Reason: Instructor ill"]


@pytest.mark.parametrize(
    ("into_it", "waits"),
    [
        pytest.param(5 * 60, 120, id="who waits in the room learns it"),
        pytest.param(90 * 60 - 60, 30, id="to its end"),
        pytest.param(90 * 60, None, id="but not afterwards"),
    ],
)
async def test_a_session_that_has_begun_is_news_until_its_end(office: Office, into_it: int, waits: int | None) -> None:
    await office.desk.set_channel(700, "PM-101", CHANNEL, ROLE, office.now)
    office.now = instant("2026-09-22 18:00") + timedelta(seconds=into_it)
    await office.works()
    await office.saves(course(replace(CLINIC, cancelled={on("22 Sep"): "Instructor ill"}), ESSAY), OTHER)
    for _ in range(waits or 180):
        assert office.told() == []
        office.now += timedelta(seconds=1)
        await office.works()
    told = ["PM-101: Clinic of 22 Sep 18:00 is cancelled. Reason: Instructor ill"] if waits else []
    assert (office.told(ANA), office.told(CHANNEL)) == (told, told)


async def test_a_session_that_moves_or_vanishes_while_it_is_on_is_told(office: Office) -> None:
    office.now = instant("2026-09-22 18:05")
    await office.works()
    await office.saves(course(replace(CLINIC, moved={on("22 Sep"): span("22 Sep 18:30")}), ESSAY), OTHER, seconds=180)
    await office.saves(course(CLINIC, ESSAY, breaks=[(on("22 Sep"), on("22 Sep"))]), OTHER, seconds=180)
    assert office.told() == [
        "PM-101: Clinic has moved: it starts 22 Sep 18:30, and not 22 Sep 18:00.",
        "PM-101: Clinic of 22 Sep 18:30 is no longer on the schedule.",
    ]


@pytest.mark.parametrize("wish", ["muted", "off", "left", "done"])
async def test_who_does_not_want_to_hear_of_it_does_not(office: Office, wish: str) -> None:
    match wish:
        case "muted":
            await office.desk.mute(ANA, "PM-101", office.now + timedelta(days=3), office.now)
        case "off":
            await office.desk.set_direct_messages(ANA, office.now, on=False)
        case "left":
            await office.desk.unfollow(ANA, "PM-101", office.now)
        case "done":
            office.now = instant("2026-10-01 17:00")
            await office.works()
            await office.desk.done(ANA, office.letters[-1].delivery, office.now)
    await office.saves(course(CLINIC, replace(ESSAY, due=at("4 Oct 23:59"))), OTHER, seconds=60)
    [batch] = await office.pending()
    assert batch.people == (1 if wish == "done" else 0), "what staff read of whom it reaches"
    await office.passes(180)
    assert office.told() == []


async def test_opting_out_before_it_is_told_is_heard(office: Office) -> None:
    await office.saves(course(CLINIC_MOVED, ESSAY), OTHER, seconds=60)
    await office.desk.unfollow(ANA, "PM-101", office.now)
    await office.passes(300)
    assert office.told() == []


# --- Held, and let go ----------------------------------------------------------------------------


NEW = ("A1", "A2")


def in_zone(name: str) -> tuple[Course, ...]:
    """Two courses that were not there before, meeting at 18:00 in this zone."""
    term = (on("8 Sep"), on("18 Dec"))
    live = (course(CLINIC, code=code, dates=term, zone=zone(name), remind=(15,)) for code in NEW)
    return (course(CLINIC, ESSAY), OTHER, *live)


async def test_another_time_zone_is_held_until_staff_confirm_it(office: Office) -> None:
    await office.saves(*in_zone("America/New_York"))
    await office.follows(ANA, of="A1")
    office.now = instant("2026-09-22 17:30")
    await office.passes(240)
    office.letters.clear()
    await office.saves(*in_zone("America/Los_Angeles"), seconds=1500)
    [batch] = await office.pending()
    assert (batch.held, batch.people, batch.courses, len(batch.changes)) == (True, 1, NEW, 26)
    assert office.letters == [], "neither reminded nor told, though the time came of which it had been told"
    assert office.courier.taken_up is not None
    assert len(office.courier.taken_up.held) == 26

    assert not await office.board.send_now("another", office.now)
    assert await office.board.send_now(batch.mark, office.now)
    await office.passes(60)
    assert await office.pending() == ()
    assert len(office.told()) == 1
    assert not office.courier.taken_up.held


async def test_what_was_held_and_is_mended_in_the_file_is_told_to_nobody(office: Office) -> None:
    await office.saves(*in_zone("America/New_York"), seconds=60)
    await office.follows(ANA, of="A1")
    await office.saves(*in_zone("America/Los_Angeles"), seconds=180)
    [batch] = await office.pending()
    assert batch.held
    await office.saves(*in_zone("America/New_York"), seconds=180)
    assert await office.pending() == ()
    assert office.told() == []


@pytest.mark.parametrize(("followers", "held"), [((), False), ((BEN,), True)])
async def test_the_schedule_of_a_course_that_nobody_follows_yet_is_not_held(
    office: Office, followers: tuple[int, ...], held: bool
) -> None:
    term = (on("8 Sep"), on("18 Dec"))
    await office.saves(course(CLINIC, ESSAY), OTHER, course(ESSAY, code="NEW", dates=term), seconds=60)
    await office.follows(*followers, of="NEW")
    await office.passes(60)
    planned = replace(CLINIC, when=every(TUE, THU, minutes=90))
    await office.saves(course(CLINIC, ESSAY), OTHER, course(planned, ESSAY, code="NEW", dates=term), seconds=60)
    [batch] = await office.pending()
    assert (batch.held, len(batch.changes), batch.people) == (held, 26, len(followers))


async def test_a_schedule_that_moves_is_held_though_nobody_follows_the_course(office: Office) -> None:
    await office.saves(*in_zone("America/New_York"), seconds=60)
    await office.saves(*in_zone("America/Los_Angeles"), seconds=60)
    assert [(batch.held, batch.people) for batch in await office.pending()] == [(True, 0)]


@pytest.mark.parametrize(("people", "held"), [(500, False), (501, True)])
async def test_more_than_500_people_are_not_told_without_a_confirmation(
    office: Office, people: int, held: bool
) -> None:
    def follow(connection: Connection) -> None:
        for who in range(100, 99 + people):
            opt_in(connection, who, "PM-101", int(office.now.timestamp()) - 1)

    await office.database.run(follow)
    office.edit(course(CLINIC, replace(ESSAY, due=at("4 Oct 9:00"))), OTHER)
    [batch] = await office.pending()
    assert (batch.people, batch.held) == (people, held)


async def test_staff_see_when_it_will_be_told_and_may_hurry_or_hold_it(office: Office) -> None:
    await office.saves(course(CLINIC_MOVED, ESSAY), OTHER, seconds=60)
    [batch] = await office.pending()
    assert batch.settles_at == int(office.now.timestamp()) + 60
    [change] = batch.changes
    assert (change.title, change.before.starts_at, change.after.starts_at) == ("Clinic", 1790719200, 1790809200)

    assert await office.board.hold(batch.mark, office.now)
    await office.passes(900)
    assert office.told() == []
    [held] = await office.pending()
    assert held.held
    assert held.mark == batch.mark
    assert await office.board.send_now(held.mark, office.now)
    await office.works()
    assert len(office.told()) == 1


async def test_what_is_held_stays_so_when_it_is_edited_further(office: Office) -> None:
    await office.saves(course(CLINIC, replace(ESSAY, due=at("3 Oct 9:00"))), OTHER)
    [batch] = await office.pending()
    await office.board.hold(batch.mark, office.now)
    await office.saves(course(CLINIC, replace(ESSAY, due=at("4 Oct 9:00"))), OTHER, seconds=300)
    [batch] = await office.pending()
    assert batch.held
    assert office.told() == []


async def test_a_confirmation_counts_only_for_what_was_seen(office: Office) -> None:
    await office.saves(course(CLINIC_MOVED, ESSAY), OTHER)
    [seen] = await office.pending()
    await office.saves(course(CLINIC_MOVED), OTHER)
    assert not await office.board.send_now(seen.mark, office.now)
    assert office.told() == []


async def test_an_edit_within_the_limits_goes_on_while_another_is_held(office: Office) -> None:
    await office.saves(course(CLINIC_MOVED, ESSAY), OTHER)
    [batch] = await office.pending()
    await office.board.hold(batch.mark, office.now)
    await office.saves(course(CLINIC_MOVED, replace(ESSAY, due=at("4 Oct 9:00"))), OTHER, seconds=180)
    assert office.told() == ["PM-101: Essay is due at another time: 4 Oct 09:00, and not 2 Oct 17:00."]
    assert [one.held for one in await office.pending()] == [True]


async def test_an_added_date_of_a_weekly_session_is_told(office: Office) -> None:
    more = replace(CLINIC, added=(Added(span=span("1 Oct 8:00")),))
    await office.saves(course(more, ESSAY), OTHER, seconds=180)
    assert office.told() == ["New on the schedule: PM-101: Clinic starts 1 Oct 08:00."]


async def test_after_an_outage_each_person_reads_once_what_passed_in_it(office: Office) -> None:
    await office.follows(BEN, of="XY-1")
    await office.passes(60)
    office.now = instant("2026-10-02 18:00")
    await office.passes(120)
    missed = [one for one in office.letters if one.kind is TextKind.MISSED]
    assert [one.recipient for one in missed] == [ANA]
    assert plain(missed[0].text).splitlines() == [
        "I was away from 21 Sep 12:02 to 2 Oct 18:00, so I could not remind you of:",
        "- PM-101: Essay, which was due 2 Oct 17:00",
    ]


async def test_an_hour_without_discord_is_an_outage_too(office: Office) -> None:
    await office.saves(course(Deadline(name="Quiz", due=at("21 Sep 13:00"), remind_before=(30,))), OTHER, seconds=180)
    await office.follows(BEN)
    office.letters.clear()
    office.courier.reachable = False
    for _ in range(7):
        office.now += timedelta(minutes=10)
        await office.courier.reconcile()
    office.courier.reachable = True
    await office.works()
    assert [(one.kind, one.recipient) for one in office.letters] == [(TextKind.MISSED, ANA), (TextKind.MISSED, BEN)]


async def test_what_was_sent_all_the_same_was_not_missed(office: Office) -> None:
    await office.saves(course(Deadline(name="Quiz", due=at("21 Sep 13:00"), remind_before=(30,))), OTHER, seconds=180)
    office.courier.reachable = False
    for _ in range(7):
        office.now += timedelta(minutes=10)
        await office.works()
    office.courier.reachable = True
    await office.works()
    assert len(office.reminders()) == 1
    assert not [one for one in office.letters if one.kind is TextKind.MISSED]


async def test_a_course_that_is_gone_is_told_and_one_that_comes_is_not(office: Office) -> None:
    await office.follows(BEN, of="XY-1")
    await office.passes(60)
    await office.saves(course(CLINIC, ESSAY), course(ESSAY, code="NEW"), seconds=180)
    assert office.told(BEN) == ["XY-1: Paper, due 7 Oct 12:00, is no longer on the schedule."]
    assert office.told(ANA) == []
