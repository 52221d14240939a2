"""The bot on Discord, wired together."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.assistant import Assistant
from bot.chat import buttons
from bot.chat.ask import Ask
from bot.chat.courses import Courses
from bot.chat.drafts import Drafts
from bot.chat.failures import CONNECTION_ERRORS, apologise, is_final, record
from bot.chat.forms import turn_down_if_unknown
from bot.chat.help import Help
from bot.chat.membership import Membership
from bot.chat.pace import Pace
from bot.chat.publishing import publish
from bot.chat.reminders.bell import Bell
from bot.chat.reminders.command import Reminders
from bot.chat.staff import command as staff_command
from bot.chat.staff.command import Staff
from bot.chat.staff.faq_file import FaqFile
from bot.chat.staff.gate import admitted
from bot.chat.staff.moves import Moves
from bot.chat.staff.outage import Outages
from bot.chat.staff.reloading import Reloading
from bot.chat.together.events import Events
from bot.chat.together.partners import Partners
from bot.knowledge.library import FAQ, Library
from bot.settings import Settings
from bot.store.database import Database, StoreError

log = logging.getLogger(__name__)

LOGIN_MISSING = (
    "There is no token, so I cannot log in. Copy the bot's token from Discord's developer portal (Bot > Reset Token) "
    "and set it as DISCORD_TOKEN, in the environment or in the file .env."
)
LOGIN_REFUSED = (
    "Discord refuses the token, so I cannot log in. Make a new one in Discord's developer portal (Bot > Reset Token) "
    "and set it as DISCORD_TOKEN."
)
INTENT_NOT_APPROVED = (
    "MESSAGE_CONTENT is switched on here but not in Discord's developer portal. Switch it on there (Bot > Privileged "
    "Gateway Intents > Message Content Intent), or set MESSAGE_CONTENT=false: only ANSWER_CHANNELS needs it."
)
CANNOT_HEAR = (
    "ANSWER_CHANNELS is set, but nothing is heard there without MESSAGE_CONTENT=true (and the Message Content Intent "
    "switched on in Discord's developer portal)."
)
CLOSED_FOR_GOOD = "Discord closed the connection for good (code {code})."
REFUSED = "Discord refused to let me start (HTTP {status})."
UNREACHABLE = "Discord cannot be reached ({why}). I try again in {pause:.0f} seconds."

NO_STATE_FOLDER = "The folder {path} cannot be made: {why}. Make it yourself, or name another one in STATE_DIR."

AUTHENTICATION_FAILED = 4004
FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0


class Tree(app_commands.CommandTree["SchoolbellBot"]):
    """The commands, whose failures end in words for the person."""

    async def interaction_check(self, interaction: discord.Interaction[SchoolbellBot], /) -> bool:
        """Keep staff's commands for staff, and what is offered while typing one, which discord.py checks only here."""
        return dict(interaction.data or {}).get("name") != staff_command.NAME or await admitted(interaction)

    async def on_error(
        self, interaction: discord.Interaction[SchoolbellBot], error: app_commands.AppCommandError, /
    ) -> None:
        await apologise(interaction, error, getattr(interaction.command, "qualified_name", "an unknown command"))


class SchoolbellBot(commands.Bot):
    """Schoolbell on Discord. Handlers find in it the assistant, the settings, the bell and the only clock, `now`."""

    def __init__(
        self,
        assistant: Assistant,
        settings: Settings,
        now: Callable[[], datetime],
        database: Database,
        library: Library | None,
    ) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        intents.message_content = settings.message_content
        super().__init__(
            commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=intents,
            max_messages=None,  # nothing needs what people wrote earlier, so none of it is kept
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self.assistant = assistant
        self.settings = settings
        self.now = now
        self.pace = Pace()
        self.database = database
        self.being_posted: set[int] = set()
        """The notices of staff that are just being posted, by the message of their preview."""
        self.bell = Bell(self, database)
        self.partners = Partners(self, database)
        self.drafts = Drafts()
        self.faq_file = FaqFile(library.folder / FAQ) if library else None
        self._library = library
        self._mentions: dict[str, str] = {}

    async def setup_hook(self) -> None:
        if self.settings.answer_channels and not self.settings.message_content:
            log.warning(CANNOT_HEAR)
        self.add_dynamic_items(*buttons.BUTTONS)
        for cog in (Ask, Courses, Reminders, Help, Staff, Moves, Outages, Membership):
            await self.add_cog(cog(self))
        if self._library:
            await self.add_cog(Reloading(self, self._library))
        await self.add_cog(Events(self, self.database))
        self._mentions = await publish(self)
        self.bell.start()

    async def close(self) -> None:
        await self.bell.stop()
        await super().close()

    def mention(self, command: str) -> str:
        """Name a command, such as "ask" or "staff status", so that a click opens it."""
        group = command.partition(" ")[0]
        return self._mentions.get(group, f"`/{command}`").replace(f"</{group}:", f"</{command}:")

    async def on_interaction(self, interaction: discord.Interaction[SchoolbellBot]) -> None:
        """Answer a button or a form that nothing knows any more; all others are found by their custom_id."""
        custom_id = str(dict(interaction.data or {}).get("custom_id"))
        if interaction.type is discord.InteractionType.component and not buttons.is_known(custom_id):
            await interaction.response.send_message(buttons.OUTDATED, ephemeral=True)
        if interaction.type is discord.InteractionType.modal_submit:
            await turn_down_if_unknown(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Keep discord.py from looking for prefix commands: there are none, and `Ask` listens."""

    async def on_connect(self) -> None:
        self.bell.courier.reachable = True

    async def on_resumed(self) -> None:
        self.bell.courier.reachable = True

    async def on_disconnect(self) -> None:
        self.bell.courier.reachable = False

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        if error := sys.exception():
            record(error, event_method)


def create(
    assistant: Assistant,
    settings: Settings,
    now: Callable[[], datetime],
    *,
    database: Database,
    library: Library | None = None,
) -> SchoolbellBot:
    """Make the bot, ready to be started once. `now` is the only clock that it reads; the caller closes `database`.

    Edits of the files in `library`, which must be open, are taken up while the bot runs.
    """
    return SchoolbellBot(assistant, settings, now, database, library)


def run(assistant: Assistant, settings: Settings, now: Callable[[], datetime], library: Library | None = None) -> int:
    """Run the bot until SIGTERM or Ctrl-C and return 0; or say in a sentence why it cannot run, and return 1."""
    _log_to_stderr(settings.log_level)
    token = settings.discord_token.get_secret_value().strip()
    if not token:
        log.critical(LOGIN_MISSING)
        return 1
    try:
        with closing(_open_database(settings.database)) as database:
            log.info("starting tzdata=%s", version("tzdata"))
            asyncio.run(
                _run_until_stopped(lambda: create(assistant, settings, now, database=database, library=library), token)
            )
    except StoreError as error:
        log.critical(error)
    except discord.LoginFailure:
        log.critical(LOGIN_REFUSED)
    except discord.PrivilegedIntentsRequired:
        log.critical(INTENT_NOT_APPROVED)
    except discord.ConnectionClosed as closed:
        refused_token = closed.code == AUTHENTICATION_FAILED
        log.critical(LOGIN_REFUSED if refused_token else CLOSED_FOR_GOOD.format(code=closed.code))
    except discord.HTTPException as refused:
        log.critical(REFUSED.format(status=refused.status))
    else:
        log.info("stopped")
        return 0
    return 1


def _open_database(file: Path) -> Database:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(NO_STATE_FOLDER.format(path=file.parent, why=error.strerror)) from None
    return Database.open(file)


async def _run_until_stopped(make: Callable[[], SchoolbellBot], token: str) -> None:
    """Start the bot, again and again while Discord cannot be reached, until a signal says stop."""
    stop = asyncio.Event()
    _on_signals(stop.set)
    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            await _live(make(), token, stop)
        except CONNECTION_ERRORS as error:
            if is_final(error):
                raise
            why = getattr(error, "status", type(error).__name__)
            log.warning(UNREACHABLE.format(why=why, pause=pause))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def _live(bot: SchoolbellBot, token: str, stop: asyncio.Event) -> None:
    """Run one bot until it fails or is to stop, and close it."""
    tasks = [asyncio.create_task(bot.start(token)), asyncio.create_task(stop.wait())]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await bot.close()


def _on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows: Ctrl-C cancels the main task instead
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)


def _log_to_stderr(level: str) -> None:
    """Log events; discord.py never below INFO, because at DEBUG it logs what people write."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLogger().level))
    logging.getLogger("alembic").setLevel(max(logging.WARNING, logging.getLogger().level))
    # The operator need not read at each start that voice, which nobody wants here, is not installed.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
