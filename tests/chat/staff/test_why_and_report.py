"""/staff why and /staff report, as they arrive in Discord."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor
from simcord.env import Env

from bot.chat.staff import report
from bot.store.database import Database
from bot.store.questions import handle, read_open
from tests.chat.conftest import Clock, School
from tests.chat.reading import seen, words


async def test_why_says_how_a_question_is_matched_and_shows_it_as_plain_text(school: School, lee: MemberActor) -> None:
    result = await lee.slash(school.general, "staff why", question="is **PM-101** self paced <@1>")
    said = words(result.response)
    assert result.ephemeral
    assert said.startswith("### “is \\*\\*PM\\-101\\*\\* self paced \\<\\@1\\>”")
    assert "Course named\\: PM\\-101" in said
    assert "self\\-paced" in said


async def test_the_report_is_a_picture_and_a_table_without_names(school: School, lee: MemberActor) -> None:
    pytest.importorskip("matplotlib")
    for _ in range(3):
        await school.ann.slash(school.general, "ask", question="are these courses self-paced?")
    result = await lee.slash(school.general, "staff report", days=7)
    image, table = seen(result).attachments
    assert result.ephemeral
    assert "3 asked · 3 answered · 0 unanswered" in words(result.response)
    assert (await image.read()).startswith(b"\x89PNG")
    assert table.filename == "questions-2026-09-18-2026-09-24.csv"
    assert b"Are these courses self-paced?" in await table.read()
    assert b"ann" not in (await table.read()).replace(b"answered", b"")


async def test_what_was_asked_in_another_server_is_not_told(
    school: School,
    lee: MemberActor,
    simcord_env: Env,
    database: Database,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also once its own staff have seen to it."""
    monkeypatch.setattr(report, "picture", lambda *_, **__: None)
    other = simcord_env.create_guild("Other")
    hall = other.create_text_channel("hall")
    for who in (school.ann, school.bo, school.kim):
        await who.slash(school.general, "ask", question="abacus or slide rule then")
        stranger = other.add_member(simcord_env.create_user(f"not {who.user.name}"))
        await stranger.slash(hall, "ask", question="can my parrot join the choir")
    now = int(clock().timestamp())
    for _ in range(2):
        table = seen(await lee.slash(school.general, "staff report")).attachments[-1]
        told = (await table.read()).decode()
        assert "abacus or slide rule then" in told
        assert "parrot" not in told
        database.unit(handle, [question.id for question in database.unit(read_open, now)], now)


async def test_without_the_library_the_report_is_drawn_in_letters(
    school: School, lee: MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "picture", lambda *_, **__: None)
    for _ in range(3):
        await school.ann.slash(school.general, "ask", question="are these courses self-paced?")
    result = await lee.slash(school.general, "staff report")
    assert "█" in words(result.response)
    assert [one.filename for one in seen(result).attachments] == ["questions-2026-08-26-2026-09-24.csv"]
