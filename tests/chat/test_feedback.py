"""What students can say of an answer, and what becomes of questions without one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from simcord.env import Env

from bot.chat.client import SchoolbellBot
from bot.store.database import Database
from bot.store.questions import Count, Question, Why, read_open
from tests.chat.conftest import Clock, Counts, School
from tests.chat.reading import labels, last, seen, words

MISSED = "PMP-200: what happens if I miss a live session?"
FOOTBALL = "who won the *football* game on sunday"
PASSED_ON = "I have passed your question on to staff. They may answer you in a direct message."


@pytest.fixture
def inbox(database: Database, clock: Clock) -> Callable[[], list[Question]]:
    return lambda: database.unit(read_open, int(clock().timestamp()))


Inbox = Callable[[], list[Question]]


async def test_that_helped_is_counted_for_the_entry_and_nobody(school: School, counts: Counts, inbox: Inbox) -> None:
    result = await school.ann.slash(school.general, "ask", question=MISSED)
    assert "-# You asked: PMP\\-200\\: what happens if I miss a live session?" in words(result.response)
    assert labels(result.response)[-3:] == ["That helped", "Not quite", "Show everyone"]
    await school.ann.click(seen(result), label="That helped")

    assert "Thank you." in words(result.response)
    assert not {"That helped", "Not quite"} & set(labels(result.response))
    assert counts() == {
        (Count.ASKED, "missed-session", "PMP-200"): 1,
        (Count.ANSWERED, "missed-session", "PMP-200"): 1,
        (Count.HELPED, "missed-session", "PMP-200"): 1,
    }
    assert inbox() == []


async def test_not_quite_offers_two_others_and_then_staff(
    school: School, counts: Counts, inbox: Inbox, simcord_env: Env, make_bot: Callable[[], SchoolbellBot]
) -> None:
    result = await school.ann.slash(school.general, "ask", question=MISSED)
    await simcord_env.restart_bot(make_bot())
    pressed = await school.ann.click(seen(result), label="Not quite")
    (offer,) = pressed.followups
    assert "Not quite" not in labels(result.response)
    assert len(labels(offer)) == 3
    assert labels(offer)[-1] == "Ask staff"
    assert "What happens if I miss a live session?" not in labels(offer)
    assert inbox() == []

    other = await school.ann.click(offer, label=labels(offer)[0])
    assert words(other.response).startswith(f"### {labels(offer)[0]}")
    form = await school.ann.click(offer, label="Ask staff")
    assert form.modal is not None
    field = form.modal["components"][0]["component"]
    assert field["value"] == MISSED
    assert inbox() == []
    await school.ann.submit_modal(form, {field["custom_id"]: "and if I miss *two*?"})
    assert PASSED_ON in words(offer)
    (question,) = inbox()
    assert (question.text, question.why) == ("and if I miss *two*?", Why.NOT_QUITE)
    assert (question.entry, question.course) == ("missed-session", "PMP-200")
    assert (question.person, question.message) == (school.ann.id, None)
    assert counts()[Count.NOT_QUITE, "missed-session", "PMP-200"] == 1


@pytest.mark.parametrize("typed", ["  \n ", "\u200b\u2003"])
async def test_nothing_but_blanks_is_not_passed_on(school: School, inbox: Inbox, typed: str) -> None:
    result = await school.ann.slash(school.general, "ask", question=MISSED)
    (offer,) = (await school.ann.click(seen(result), label="Not quite")).followups
    form = await school.ann.click(offer, label="Ask staff")
    assert form.modal is not None
    field = form.modal["components"][0]["component"]["custom_id"]
    refused = await school.ann.submit_modal(form, {field: typed})
    assert words(refused.response).startswith("There were no words in that")
    assert inbox() == []

    again = await school.ann.click(offer, label="Ask staff")
    assert again.modal is not None
    assert again.modal["components"][0]["component"]["value"] == MISSED


async def test_a_question_without_an_answer_is_passed_on_and_said_to_be(
    school: School, inbox: Inbox, counts: Counts
) -> None:
    result = await school.ann.slash(school.general, "ask", question=FOOTBALL)
    (question,) = inbox()
    assert question.text == FOOTBALL
    assert (question.person, question.guild, question.message) == (school.ann.id, school.guild.id, None)
    assert words(result.response).endswith(PASSED_ON)
    assert counts() == {(Count.ASKED, None, None): 1, (Count.UNANSWERED, None, None): 1}


async def test_a_question_that_everybody_read_is_kept_with_its_message(school: School, inbox: Inbox) -> None:
    asked = await school.ann.send(school.general, f"{school.mention} {FOOTBALL}")
    (question,) = inbox()
    assert (question.text, question.channel, question.message) == (FOOTBALL, school.general.id, asked.id)
    assert words(last(school.general)).endswith("They may answer you here.")


async def test_a_direct_message_is_answered_privately(school: School, inbox: Inbox) -> None:
    await school.ann.send_dm(FOOTBALL)
    (question,) = inbox()
    assert (question.guild, question.message) == (None, None)
    await school.ann.send_dm("are these courses self-paced?")
    assert "That helped" in labels(school.ann.user.dm_channel.last_message)


async def test_none_of_these_goes_to_staff_in_the_persons_own_words(
    school: School, unsure: str, inbox: Inbox, counts: Counts
) -> None:
    private = await school.ann.slash(school.general, "ask", question=unsure)
    assert inbox() == []
    await school.ann.click(seen(private), label="None of these")
    assert [one.text for one in inbox()] == [unsure]
    assert PASSED_ON in words(private.response)
    assert counts() == {(what, None, None): 1 for what in (Count.ASKED, Count.OFFERED, Count.UNANSWERED)}

    await school.bo.send(school.general, f"{school.mention} {unsure}")
    public = last(school.general)
    await school.ann.click(public, label="None of these")
    assert len(inbox()) == 1, "it was not her question"
    await school.bo.click(public, label="None of these")
    newest, _ = inbox()
    assert (newest.text, newest.person) == (unsure, school.bo.id)
    assert newest.message is not None


async def test_did_you_mean_counts_as_an_answer_once_it_is_one(school: School, unsure: str, counts: Counts) -> None:
    result = await school.ann.slash(school.general, "ask", question=unsure)
    await school.ann.click(seen(result), label=labels(result.response)[0])
    assert sum(number for (what, _, _), number in counts().items() if what is Count.ANSWERED) == 1
    assert "Not quite" in labels(result.response) or "Which course" in words(result.response)


@pytest.mark.parametrize(
    "pressed", [("That helped", "That helped"), ("Not quite", "Not quite"), ("That helped", "Not quite")]
)
async def test_a_fast_double_click_on_an_answer_counts_once(
    school: School, counts: Counts, pressed: tuple[str, str]
) -> None:
    result = await school.ann.slash(school.general, "ask", question=MISSED)
    await school.press_in_a_hurry(school.ann, seen(result), *pressed)
    assert [(what, number) for (what, *_), number in counts().items() if what in {Count.HELPED, Count.NOT_QUITE}] == [
        (Count.HELPED if pressed[0] == "That helped" else Count.NOT_QUITE, 1)
    ]
    again = await school.ann.slash(school.general, "ask", question=MISSED)
    await school.ann.click(seen(again), label="That helped")
    assert sum(number for (what, *_), number in counts().items() if what in {Count.HELPED, Count.NOT_QUITE}) == 2


async def test_a_fast_double_click_on_what_was_offered_counts_once(
    school: School, unsure: str, counts: Counts, inbox: Inbox
) -> None:
    result = await school.ann.slash(school.general, "ask", question=unsure)
    await school.press_in_a_hurry(
        school.ann, seen(result), "None of these", "None of these", labels(result.response)[0]
    )
    assert counts() == {(what, None, None): 1 for what in (Count.ASKED, Count.OFFERED, Count.UNANSWERED)}
    assert [one.text for one in inbox()] == [unsure]


async def test_who_looks_at_what_somebody_else_was_offered_has_not_asked(
    school: School, unsure: str, counts: Counts
) -> None:
    await school.bo.send(school.general, f"{school.mention} {unsure}")
    public = last(school.general)
    await school.ann.click(public, label=labels(public)[0])
    assert Count.ANSWERED not in {what for what, *_ in counts()}
    await school.bo.click(public, label=labels(public)[0])
    assert Count.ANSWERED in {what for what, *_ in counts()}


async def test_a_question_from_the_list_can_be_not_quite_too(school: School) -> None:
    listed = "What happens if I miss a live session?"
    result = await school.ann.slash(school.general, "ask", question=listed)
    await school.ann.click(seen(result), label="PMP-200 · PMP Exam Preparation (live)")
    assert "You asked" not in words(result.response)
    pressed = await school.ann.click(seen(result), label="Not quite")
    form = await school.ann.click(pressed.followups[0], label="Ask staff")
    assert form.modal is not None
    assert form.modal["components"][0]["component"]["value"] == listed


async def test_who_is_sent_to_another_office_can_say_that_it_is_not_quite_it(school: School, counts: Counts) -> None:
    result = await school.ann.slash(school.general, "ask", question="how much is tuition?")
    assert "is handled by another office" in words(result.response)
    pressed = await school.ann.click(seen(result), label="Not quite")
    form = await school.ann.click(pressed.followups[0], label="Ask staff")
    assert form.modal is not None
    assert form.modal["components"][0]["component"]["value"] == "how much is tuition?"
    assert sum(number for (what, _, _), number in counts().items() if what is Count.NOT_QUITE) == 1


async def test_greetings_are_not_questions(school: School, counts: Counts, inbox: Inbox) -> None:
    await school.ann.send_dm("thanks!")
    assert (counts(), inbox()) == ({}, [])


async def test_nothing_is_said_to_be_passed_on_that_was_not(
    school: School, simcord_env: Env, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise OSError(FOOTBALL)

    assert isinstance(simcord_env.bot, SchoolbellBot)
    monkeypatch.setattr(simcord_env.bot.database, "run", fail)
    result = await school.ann.slash(school.general, "ask", question=FOOTBALL)
    assert "support@sps.example.edu" in words(result.response)
    assert "passed" not in words(result.response)
    assert "in=passing_on error=OSError" in caplog.text
    assert "football" not in caplog.text


async def test_what_is_shown_to_everyone_says_neither_the_words_nor_asks_for_opinions(school: School) -> None:
    result = await school.ann.slash(school.general, "ask", question="um, are all these courses self-paced or what?")
    assert "You asked: um" in words(result.response)
    await school.ann.click(seen(result), label="Show everyone")
    assert "You asked" not in words(last(school.general))
    assert not {"That helped", "Not quite"} & set(labels(last(school.general)))
