"""`try`: the real bot on a simulated Discord, shown on a page of this computer. No token, no account, no network."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import os
import shutil
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

import discord
from discord import app_commands

from bot.assistant import Assistant
from bot.content.model import Courses, Term
from bot.knowledge.library import COURSES, FAQ
from bot.settings import Settings

if TYPE_CHECKING:  # the runtime works without simcord
    from simcord import Env, Preview
    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle, GuildHandle, UserHandle

    from bot.chat.client import SchoolbellBot
    from bot.knowledge.library import Library
    from bot.store.database import Database

log = logging.getLogger(__name__)

PAGE_NEEDS = ("simcord", "linkify_it", "markdown_it", "PIL", "regex")
STUDENT = "Sam (a student)"
STAFF = "Kim (of staff)"
STAFF_CHANNEL = "staff"
PUBLIC_CHANNEL = "questions"
ASKED_IN_VAIN = {
    "ann": ("do you lend umbrellas", "are these courses self-paced?", "is PM-101 self paced"),
    "bo": ("where do you lend umbrellas", "are the courses self paced", "is there a bicycle shed"),
}
"""What students have asked before the play begins, so that staff find something to do; not all of it in vain."""
GREETING = "hi"
TICK = 1.0
"""Seconds of real time between two moves of the simulated clock."""

MISSING = "The page needs these packages: {packages}. Start it with  python3 start.py , which installs them."
OPENED = """\
Schoolbell is running on a simulated Discord: no token, no account, and nothing leaves this computer.
  Page:  {url}
  Try:   type a question such as "{question}", or /ask and a few letters, and press the buttons.
         For a reminder: /course, then Remind me, then /skip, which jumps to just before it.
  Time:  it is {moment} there{why}.
Ctrl-C ends it."""
SKIPPED = "I jump to just before your next reminder, which comes {moment}. Wait for it a few seconds."
NOT_SHOWN = " It comes as a direct message, which this page does not show: start without --channel to see it."
NOTHING_TO_SKIP_TO = "You have no reminders yet. Open {course}, press **Remind me**, and come back."
JUST_BEFORE = timedelta(seconds=3)
OPENED_AS_STAFF = """\
Schoolbell is running on a simulated Discord: no token, no account, and nothing leaves this computer.
  Page:  {url}
  Try:   you are of staff, and some students have asked in vain: /staff inbox, open one, Add wording, Write it. Then
         choose Sam, a student, at the top of the page, and /ask it. There is more: /staff status, why, report.
  Files: the desk writes into copies, which are gone afterwards: {folder}
  Time:  it is {moment} there{why}.
Ctrl-C ends it."""
OUTSIDE_TERM = ", in {term}, because today is in none of the terms of the file"


def run(
    assistant: Assistant,
    settings: Settings,
    *,
    channel: str | None = None,
    as_staff: bool = False,
    now: datetime,
    library: Library | None = None,
) -> int:
    """Show a student's conversation with the bot on a page until Ctrl-C, and return the exit code.

    The conversation is a direct message or, if `channel` names one, that channel of a server which has the channels
    and roles of courses.yaml. `as_staff` shows a channel as a member of staff sees it, who may write into the files
    of `library`: have `copy_of` copy them. `now` is when the simulated clock starts, or would if it lay in a term.
    Edits of the files in `library`, which must be open, are taken up meanwhile.
    """
    if missing := [package for package in PAGE_NEEDS if importlib.util.find_spec(package) is None]:
        print(MISSING.format(packages=", ".join(missing)), file=sys.stderr)
        return 1
    with suppress(KeyboardInterrupt):
        asyncio.run(_show(assistant, settings, channel, now, library, as_staff=as_staff))
    return 0


@dataclass
class Skip:
    """What /skip asks of the driver of the clock. A handler never moves the clock itself."""

    to: datetime | None = None


def with_skip(bot: SchoolbellBot, skip: Skip) -> SchoolbellBot:
    """Give the bot the command /skip, which exists only here."""

    @app_commands.command(name="skip", description="Only in this trial: jump to just before your next reminder")
    async def jump(interaction: discord.Interaction) -> None:
        overview = await bot.bell.desk.overview(interaction.user.id, bot.now(), limit=1)
        next_of_each = [overview.digest_at, *(one.reminder.fire_at for one in overview.upcoming)]
        moments = [moment for moment in next_of_each if moment is not None]
        text = NOTHING_TO_SKIP_TO.format(course=bot.mention("course"))
        if moments:
            fires = datetime.fromtimestamp(min(moments), UTC)
            skip.to = fires - JUST_BEFORE
            text = SKIPPED.format(moment=f"<t:{int(fires.timestamp())}:F>")
            text += NOT_SHOWN if interaction.guild_id is not None else ""
        await interaction.response.send_message(text, ephemeral=interaction.guild_id is not None)

    bot.tree.add_command(jump)
    return bot


async def _show(
    assistant: Assistant,
    settings: Settings,
    channel: str | None,
    now: datetime,
    library: Library | None,
    *,
    as_staff: bool,
) -> None:
    from bot.chat.client import create

    if as_staff:
        channel = channel or PUBLIC_CHANNEL
        settings = settings.model_copy(update={"staff_channel": STAFF_CHANNEL})

    school = assistant.knowledge.school
    starts, term = opening(now, school)
    if channel:
        channel = channel.lstrip("#")
        settings = listening_in(channel, settings)
    zone = local_zone() or school.timezone.key
    async with AsyncExitStack() as stack:
        database = stack.enter_context(temporary_database())
        skip = Skip()
        _, preview = await stack.enter_async_context(
            conversation(
                lambda clock: with_skip(create(assistant, settings, clock, database=database, library=library), skip),
                school,
                skip=skip,
                channel=channel,
                as_staff=as_staff,
                starts=starts,
                zone=zone,
            )
        )
        question = next((choice.question for choice in assistant.suggest_questions("")), "hello")
        moment = f"{starts.astimezone(ZoneInfo(zone)):%a %d %b %Y, %H:%M} ({zone})"
        why = OUTSIDE_TERM.format(term=term.name) if term else ""
        said = OPENED_AS_STAFF if as_staff else OPENED
        folder = library.folder if library else ""
        print(said.format(url=preview.url, question=question, moment=moment, why=why, folder=folder), flush=True)
        if has_browser():
            await asyncio.to_thread(webbrowser.open, preview.url)
        await preview.wait_closed()


@contextmanager
def temporary_database() -> Iterator[Database]:
    """Open an empty database, which is gone when the play is over."""
    from bot.store.database import Database

    with TemporaryDirectory() as folder, closing(Database.open(Path(folder) / "play.sqlite3")) as database:
        yield database


@contextmanager
def copy_of(content: Path) -> Iterator[Path]:
    """Copy the two files of a folder into another, which is gone when the play is over."""
    with TemporaryDirectory() as folder:
        for name in (FAQ, COURSES):
            with suppress(FileNotFoundError):  # whoever reads the copies says that one is missing
                shutil.copy(content / name, folder)
        yield Path(folder)


def listening_in(channel: str, settings: Settings) -> Settings:
    """Let the bot answer in this channel without being addressed, as it does where the operator lists it."""
    listed = settings.answer_channels | {channel}
    return settings.model_copy(update={"answer_channels": listed, "message_content": True})


def has_browser() -> bool:
    """Tell whether a person with a screen started this: elsewhere Python might open a browser inside the terminal."""
    screen = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(screen) and sys.stdout.isatty() and "CI" not in os.environ


def local_zone() -> str | None:
    """Name this computer's time zone ("Europe/Paris"), if the system says it by name; Windows does not."""
    name = os.environ.get("TZ") or str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    return name if name in available_timezones() else None


def opening(now: datetime, school: Courses) -> tuple[datetime, Term | None]:
    """When the play begins: now, or two weeks into the nearest term if now is in none of them, and then that term."""
    today = now.astimezone(school.timezone).date()
    terms = school.terms.values()
    if not terms or any(term.starts <= today <= term.ends for term in terms):
        return now, None
    coming = [term for term in terms if term.starts > today]
    term = min(coming, key=lambda term: term.starts) if coming else max(terms, key=lambda term: term.ends)
    day = min(term.starts + timedelta(weeks=2), term.ends)
    return datetime.combine(day, time(10), school.timezone), term


@asynccontextmanager
async def conversation(
    create_bot: Callable[[Callable[[], datetime]], discord.Client],
    school: Courses,
    *,
    skip: Skip | None = None,
    channel: str | None = None,
    as_staff: bool = False,
    starts: datetime,
    zone: str = "UTC",
) -> AsyncIterator[tuple[Env, Preview]]:
    """Play the school's server with the bot on it, and serve the page; its clock runs from `starts` in real time.

    `create_bot` is handed the simulated clock, which jumps where `skip` says. `zone` is the time zone in which the page
    shows timestamps. `as_staff`: `channel` is shown as staff see it, or a student, as the person on the page chooses.
    """
    from simcord import Env

    bot = create_bot(lambda: env.now())
    env = Env(bot, check_errors=False)
    env.backend.bot_user.name = "Schoolbell"
    # Before the bot starts, or its loops would live through all the months that are skipped.
    env.backend.clock.advance(max(0.0, (starts - env.now()).total_seconds()))
    student = env.create_user("sam", global_name=STUDENT)
    guild = env.create_guild(school.school.name)
    for role in _named(course.role for course in school.courses):
        guild.create_role(role)
    contacts = [school.school.contact, *(course.contact for course in school.courses if course.contact)]
    courses_own = (course.channel for course in school.courses)
    for name in _named(
        [channel, STAFF_CHANNEL if as_staff else None, *courses_own, *(contact.channel for contact in contacts)]
    ):
        guild.create_text_channel(name)
    member = guild.add_member(student)
    async with AsyncExitStack() as stack:
        await env.start()
        stack.push_async_callback(env.shutdown)
        stack.enter_context(env.time_context())
        if bot.application:
            bot.application.bot_public = False  # simcord's is; nobody can invite this one, so staff need not hear of it
        if not channel:
            await student.send_dm(GREETING)  # so that the page opens on the bot's own words about what to ask
        place = guild.channels[channel] if channel else student.dm_channel
        viewers: list[MemberActor | UserHandle] = [member if channel else student]
        if as_staff:
            viewers = [_staff(env, guild), *viewers]
            await _ask_in_vain(env, guild, place)
        preview = await stack.enter_async_context(env.preview(place, viewers=viewers, layout="channel", timezone=zone))
        turns = _take_turns(preview)
        driver = asyncio.create_task(_keep_time(env, preview, turns, skip or Skip()))
        try:
            yield env, preview
        finally:
            async with turns:  # not in the middle of a tick
                driver.cancel()


def _staff(env: Env, guild: GuildHandle) -> MemberActor:
    office = guild.create_role("Staff", permissions=discord.Permissions(manage_guild=True))
    return guild.add_member(env.create_user("kim", global_name=STAFF), roles=[office])


async def _ask_in_vain(env: Env, guild: GuildHandle, place: ChannelHandle) -> None:
    """Let students ask in private what staff are to find in their inbox."""
    for name, questions in ASKED_IN_VAIN.items():
        student = guild.add_member(env.create_user(name))
        for question in questions:
            await student.slash(place, "ask", question=question)


def _take_turns(preview: Preview) -> asyncio.Lock:
    """Make what the person does on the page wait for the returned lock, and never fail because the clock moved.

    The page would reject an action that was made on a view which has been refreshed in between; Discord itself knows
    no such thing, and whether the button or the message is still there is checked all the same.
    """
    turns = asyncio.Lock()
    act = preview._action

    async def in_turn(context_id: str | None, body: Any) -> dict[str, Any]:
        async with turns:
            page = preview._pages.get(context_id or "")
            if page is not None and isinstance(body, dict) and "published_revision" in body:
                body = {**body, "published_revision": page.revision}
            return await act(context_id, body)

    # simcord has no public door for this; it is pinned to one version, and a test sees both halves work.
    preview._action = in_turn  # type: ignore[method-assign]
    return turns


async def _keep_time(env: Env, preview: Preview, turns: asyncio.Lock, skip: Skip) -> None:
    """Move the simulated clock with the real one, and show on the page what the bot did in between."""
    loop = asyncio.get_running_loop()
    ahead = env.now() - timedelta(seconds=loop.time())
    seen = len(env.http_requests)
    while True:
        await asyncio.sleep(TICK)
        async with turns:
            try:
                if skip.to is not None:
                    ahead, skip.to = ahead + _jump(env, skip.to), None
                due = ahead + timedelta(seconds=loop.time()) - env.now()
                await env.advance_time(max(0.0, due.total_seconds()))
                if len(env.http_requests) != seen:
                    await preview.refresh()
            except Exception:  # whatever one tick brings, the clock must go on
                log.exception("tick_failed")
            seen = len(env.http_requests)


def _jump(env: Env, to: datetime) -> timedelta:
    """Move the clock ahead at once, without the bot living through all the time in between; return by how much."""
    span = max(to - env.now(), timedelta())
    env.backend.clock.advance(span.total_seconds())
    return span


def _named(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))
