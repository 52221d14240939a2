"""A school's server with the bot on it, played by simcord: real discord.py, simulated Discord, no network."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.outcomes import DidYouMean
from bot.assistant import Assistant
from bot.chat.client import SchoolbellBot, create
from bot.settings import Settings
from bot.store.database import Database
from bot.store.questions import Count, read_counts
from tests.chat.editing import copied, from_files


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "no_message_content: the operator has not switched the intent on")
    config.addinivalue_line("markers", "from_files: the bot watches files, and tells staff of them in #staff")


class Clock:
    """The bot's clock, moved by the test."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 9, 24, 14, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **span: float) -> None:
        self.moment += timedelta(**span)


@dataclass(frozen=True, kw_only=True)
class School:
    """The server: two students, one of staff, and some channels."""

    env: Env
    guild: GuildHandle
    ann: MemberActor
    bo: MemberActor
    kim: MemberActor
    general: ChannelHandle
    pmp: ChannelHandle
    questions: ChannelHandle
    forum: ChannelHandle

    @property
    def mention(self) -> str:
        """What a person types to address the bot."""
        assert self.env.bot.user is not None
        return self.env.bot.user.mention

    def post(self, title: str, author: MemberActor) -> ChannelHandle:
        """Open a post in the forum; its first message is still to be sent."""
        thread = self.env.backend.create_thread(self.forum.id, title, author.id)
        return ChannelHandle(self.env, self.guild, thread)

    async def press_in_a_hurry(
        self, who: MemberActor, message: ResponseMessage, *buttons: str
    ) -> list[InteractionResult]:
        """Press buttons so fast that the phone does not show yet what became of the one before."""
        shown, results = message.components, []
        for label in buttons:
            self.env.backend.get_message(message.channel_id, message.id).components = deepcopy(shown)
            results.append(await who.click(message, label=label))
        return results


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The folder with a copy of the shipped files, to be edited; the bot knows it in tests marked `from_files`."""
    return copied(tmp_path / "content")


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """The bot listens in #questions and in the forum, unless the test is marked `no_message_content`."""
    return Settings(
        message_content="no_message_content" not in request.keywords,
        answer_channels=frozenset({"questions", "help-forum"}),
        staff_channel="staff" if "from_files" in request.keywords else "",
        content_dir=tmp_path / "content",
        state_dir=tmp_path / "state",
    )


@pytest.fixture
def make_bot(
    request: pytest.FixtureRequest, assistant: Assistant, settings: Settings, clock: Clock, database: Database
) -> Callable[[], SchoolbellBot]:
    """Make a bot as a new process would, which finds what the one before has stored."""
    if "from_files" in request.keywords:
        request.getfixturevalue("content")
        return lambda: from_files(settings, clock, database)
    return lambda: create(assistant, settings, clock, database=database)


@pytest.fixture
def simcord_bot(make_bot: Callable[[], SchoolbellBot]) -> SchoolbellBot:
    return make_bot()


@pytest.fixture
def school(simcord_env: Env) -> School:
    simcord_env.settle_timeout = 60  # a busy machine is no fault of the bot
    guild = simcord_env.create_guild("School of Professional Studies")
    staff = guild.create_role("Staff", permissions=discord.Permissions(manage_messages=True))
    return School(
        env=simcord_env,
        guild=guild,
        ann=guild.add_member(simcord_env.create_user("ann")),
        bo=guild.add_member(simcord_env.create_user("bo")),
        kim=guild.add_member(simcord_env.create_user("kim"), roles=[staff]),
        general=guild.create_text_channel("general"),
        pmp=guild.create_text_channel("pmp-200"),
        questions=guild.create_text_channel("questions"),
        forum=guild.create_forum_channel("help-forum"),
    )


Counts = Callable[[], dict[tuple[Count, str | None, str | None], int]]


@pytest.fixture
def counts(database: Database) -> Counts:
    """All that was counted for the report, by what, entry and course."""
    days = (date(2026, 1, 1), date(2027, 1, 1))
    return lambda: {(one.what, one.entry, one.course): one.count for one in database.unit(read_counts, *days)}


@pytest.fixture
def unsure(assistant: Assistant, clock: Clock) -> str:
    """How a question begins, which may go on in several ways, so that the bot asks back."""
    questions = [entry.question.split() for entry in assistant.knowledge.entries.values()]
    for beginning in (" ".join(words[:count]) for count in (2, 3, 4) for words in questions):
        outcome = assistant.ask(beginning, now=clock()).outcome
        if isinstance(outcome, DidYouMean) and len(outcome.suggestions) > 1:
            return beginning
    pytest.fail("no question of faq.yaml begins so")


@pytest.fixture
def edit_faq(assistant: Assistant) -> Callable[[str], None]:
    """Staff remove the entry with this id while the bot runs."""

    def remove(entry: str) -> None:
        base = assistant.knowledge
        faq = replace(base.faq, entries=tuple(one for one in base.faq.entries if one.id != entry))
        assistant.knowledge = KnowledgeBase.build(faq, base.school)

    return remove
