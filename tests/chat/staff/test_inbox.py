"""The loop: what nobody could answer comes to staff, who write an answer, and the bot answers it from then on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.chat.client import SchoolbellBot
from bot.store.database import Database
from bot.store.questions import read_open
from tests.chat.conftest import Clock, School
from tests.chat.editing import saved
from tests.chat.reading import items, last, seen, words

pytestmark = pytest.mark.from_files

ABACUS = "abacus or slide rule then"
"""Far from everything in the file, so that better matching does not answer it."""
PARROT = "can my parrot join the choir"


@pytest.fixture
def open_questions(database: Database, clock: Clock) -> Callable[[], list[str]]:
    return lambda: [one.text for one in database.unit(read_open, int(clock().timestamp()))]


OpenQuestions = Callable[[], list[str]]


async def opened(school: School, lee: MemberActor, number: int = 0) -> ResponseMessage:
    """Lee opens one of the questions in the inbox."""
    inbox = seen(await lee.slash(school.general, "staff inbox"))
    [menu] = [one for one in items(inbox) if hasattr(one, "options")]
    await lee.select(inbox, [menu.options[number].value])
    return inbox


def fields(form: InteractionResult) -> dict[str, dict[str, Any]]:
    """The fields of a form by their labels."""
    assert form.modal is not None
    return {one["label"]: one["component"] for one in form.modal["components"]}


async def filled(lee: MemberActor, form: InteractionResult, **values: object) -> InteractionResult:
    """Fill in fields by the beginning of their labels, and leave the others as they are."""
    there = fields(form)
    given: dict[str, Any] = {}
    for label, field in there.items():
        typed = [value for name, value in values.items() if label.casefold().startswith(name)]
        chosen = [option["value"] for option in field.get("options", []) if option.get("default")]
        given |= {field["custom_id"]: typed[0] if typed else field.get("value") or chosen or ""}
    return await lee.submit_modal(form, given)


def option(form: InteractionResult, label: str, text: str) -> list[str]:
    return [one["value"] for one in fields(form)[label]["options"] if one["label"] == text]


async def test_a_question_without_an_answer_is_answered_once_staff_added_its_wording(
    school: School, lee: MemberActor, content: Path, simcord_env: Env, open_questions: OpenQuestions
) -> None:
    faq = content / "faq.yaml"
    before = faq.read_bytes()
    unanswered = await school.ann.slash(school.general, "ask", question=ABACUS)
    assert "I have passed your question on to staff" in words(unanswered.response)

    inbox = await opened(school, lee)
    assert words(inbox).startswith("### “abacus or slide rule then”")
    form = await lee.click(inbox, label="Add wording")
    assert fields(form)["The wording"]["value"] == ABACUS
    where = "Where can I study, and on what?"
    to = [one["label"] for one in fields(form)["To which question?"]["options"]]
    await filled(lee, form, to=option(form, "To which question?", to[0]))
    proposal = words(inbox)
    assert f"### A new wording for “{to[0]}”" in proposal, where
    assert f"+       - {ABACUS}" in proposal
    assert "What it changes" in proposal
    assert faq.read_bytes() == before, "nothing is written before it was seen"

    await lee.click(inbox, label="Write it")
    assert "✅ **Written into faq.yaml, line" in words(inbox)
    added = [
        line for line in faq.read_bytes().splitlines(keepends=True) if line not in before.splitlines(keepends=True)
    ]
    assert added == [f"      - {ABACUS}\n".encode()]
    assert faq.read_bytes().replace(added[0], b"", 1) == before
    await saved(simcord_env)
    answered = await school.ann.slash(school.general, "ask", question=ABACUS)
    assert to[0] in words(answered.response)

    listed = await lee.slash(school.general, "staff inbox")
    assert "✅ I would answer this now" in words(listed.response)
    await lee.click(inbox, label="Ignore")
    assert open_questions() == []
    assert "No question waits for you." in words(inbox)


async def test_the_proposal_outlives_a_restart(
    school: School, lee: MemberActor, content: Path, simcord_env: Env, make_bot: Callable[[], SchoolbellBot]
) -> None:
    await school.ann.slash(school.general, "ask", question=ABACUS)
    inbox = await opened(school, lee)
    await filled(lee, await lee.click(inbox, label="Add wording"), the="can *my* abacus: do it?")
    await simcord_env.restart_bot(make_bot())
    await lee.click(inbox, label="Write it")
    assert b'      - "can *my* abacus: do it?"\n' in (content / "faq.yaml").read_bytes()


async def test_a_new_answer_is_written_and_given(
    school: School, lee: MemberActor, content: Path, simcord_env: Env
) -> None:
    await school.ann.slash(school.general, "ask", question=PARROT)
    inbox = await opened(school, lee)
    form = await lee.click(inbox, label="New answer")
    assert fields(form)["The question"]["value"] == PARROT
    topic = fields(form)["Listed under"]["options"][0]
    also = fields(form)["Other ways of asking it"]
    values = {
        fields(form)["The question"]["custom_id"]: "May pets sing?",
        also["custom_id"]: also["value"],
        fields(form)["The answer"]["custom_id"]: "It *can*: see {contact}.",
        fields(form)["Listed under"]["custom_id"]: [topic["value"]],
    }
    await lee.submit_modal(form, values)
    assert "### May pets sing?\nIt *can*: see {contact}." in words(inbox)
    _, second = await school.press_in_a_hurry(lee, inbox, "Write it", "Write it")
    assert "already stands under" in words(second.followups[0] if second.followups else second.response)
    await saved(simcord_env)
    answered = await school.ann.slash(school.general, "ask", question=PARROT)
    assert words(answered.response).startswith("### May pets sing?\nIt *can*: see SPS student support")
    text = (content / "faq.yaml").read_text("utf-8")
    asked = f"    also_asked:\n      - {PARROT}\n"
    assert f"    topic: {topic['label']}\n{asked}    answer: |\n      It *can*" in text


async def test_what_is_not_yet_right_is_kept_for_the_next_try(school: School, lee: MemberActor, content: Path) -> None:
    await school.ann.slash(school.general, "ask", question=PARROT)
    inbox = await opened(school, lee)
    form = await lee.click(inbox, label="New answer")
    values = {
        fields(form)["The question"]["custom_id"]: "Do I have to log in at a specific time?",
        fields(form)["The answer"]["custom_id"]: "Yes: **daily**.",
    }
    refused = await lee.submit_modal(form, values)
    assert "already stands under" in words(refused.followups[0])
    again = await lee.click(inbox, label="New answer")
    assert fields(again)["The answer"]["value"] == "Yes: **daily**."
    forget = await lee.click(seen(await lee.slash(school.general, "help")), label="Delete my data")
    await lee.click(seen(forget), label="Yes, delete it all")
    again = await lee.click(inbox, label="New answer")
    assert "value" not in fields(again)["The answer"]
    values = {
        fields(again)["The question"]["custom_id"]: "Is there vegan food?",
        fields(again)["Other ways of asking it"]["custom_id"]: "vegan lunch\n\nmeat free meals",
        fields(again)["The answer"]["custom_id"]: "Yes: **daily**.",
    }
    await lee.submit_modal(again, values)
    assert "### Is there vegan food?\nYes: **daily**." in words(inbox)
    await lee.click(inbox, label="Write it")
    text = (content / "faq.yaml").read_text(encoding="utf-8")
    assert "  - question: Is there vegan food?\n" in text
    assert "      - meat free meals\n" in text
    assert "      Yes: **daily**.\n" in text


async def test_a_reply_to_a_private_question_is_private_and_says_who_wrote_it(
    school: School, lee: MemberActor, open_questions: OpenQuestions
) -> None:
    await school.ann.slash(school.general, "ask", question=PARROT)
    await school.bo.slash(school.general, "ask", question=f"{PARROT}?")
    inbox = await opened(school, lee)
    before = school.general.history()
    form = await lee.click(inbox, label="Reply")
    await filled(lee, form, your="Every **Tuesday**.")
    for student in (school.ann, school.bo):
        told = last(student.user.dm_channel).content
        assert told.startswith("You asked: “can my parrot join the choir")
        assert "\n\nEvery **Tuesday**.\n-# Answered by lee, School of Professional Studies" in told
    assert school.general.history() == before
    assert words(inbox).startswith("✅ Sent to 2 people.")
    assert open_questions() == []


async def test_a_reply_of_nothing_but_blanks_is_not_sent(
    school: School, lee: MemberActor, open_questions: OpenQuestions
) -> None:
    await school.ann.slash(school.general, "ask", question=PARROT)
    inbox = await opened(school, lee)
    refused = await filled(lee, await lee.click(inbox, label="Reply"), your=" \n ")
    assert words(refused.response).startswith("There were no words in that")
    assert school.ann.user.dm_channel.history() == []
    assert open_questions() == [PARROT]
    await filled(lee, await lee.click(inbox, label="Reply"), your="Every Tuesday.")
    assert open_questions() == []


async def test_a_reply_to_a_public_question_stands_under_it_and_pings_nobody(school: School, lee: MemberActor) -> None:
    asked = await school.ann.send(school.general, f"{school.mention} {PARROT}")
    inbox = await opened(school, lee)
    await filled(lee, await lee.click(inbox, label="Reply"), your="Every Tuesday, @everyone.")
    replied = last(school.general)
    assert replied.reference is not None
    assert replied.reference.message_id == asked.id
    assert replied.content.endswith("-# Answered by lee, School of Professional Studies")
    assert not replied.mention_everyone
    assert replied.mentions == []
    assert school.ann.user.dm_channel.history() == []


async def test_who_takes_no_direct_messages_is_said_not_to_be_reached(
    school: School, lee: MemberActor, simcord_env: Env
) -> None:
    await school.ann.slash(school.general, "ask", question=PARROT)
    inbox = await opened(school, lee)
    form = await lee.click(inbox, label="Reply")
    simcord_env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await filled(lee, form, your="Every Tuesday.")
    assert words(inbox).startswith("1 person could not be reached")


async def test_a_reply_that_discord_does_not_take_now_leaves_the_question_open(
    school: School, lee: MemberActor, simcord_env: Env, open_questions: OpenQuestions
) -> None:
    await school.ann.slash(school.general, "ask", question=PARROT)
    inbox = await opened(school, lee)
    form = await lee.click(inbox, label="Reply")
    simcord_env.inject_error("POST", "/users/@me/channels", status=503)
    await filled(lee, form, your="Every Tuesday.")
    assert words(inbox).startswith("1 person could not be reached just now")
    assert open_questions() == [PARROT]
    again = await opened(school, lee)
    await filled(lee, await lee.click(again, label="Reply"), your="Every Tuesday.")
    assert "Every Tuesday." in last(school.ann.user.dm_channel).content


async def test_questions_of_another_server_are_not_shown(school: School, lee: MemberActor, simcord_env: Env) -> None:
    other = simcord_env.create_guild("Other")
    hall = other.create_text_channel("hall")
    stranger = other.add_member(simcord_env.create_user("stranger"))
    await stranger.slash(hall, "ask", question=PARROT)
    inbox = await lee.slash(school.general, "staff inbox")
    assert "No question waits for you." in words(inbox.response)


async def test_what_students_typed_is_shown_as_plain_text(school: School, lee: MemberActor) -> None:
    await school.ann.slash(school.general, "ask", question="zzgh **bold** <@1> [x](https://evil.example) qwrt")
    inbox = await lee.slash(school.general, "staff inbox")
    assert "\\*\\*bold\\*\\* \\<\\@1\\>" in words(inbox.response)
    assert "[x](https" not in words(inbox.response)


async def test_a_question_that_was_seen_to_meanwhile(school: School, lee: MemberActor) -> None:
    await school.ann.slash(school.general, "ask", question=PARROT)
    one, two = await opened(school, lee), await opened(school, lee)
    await lee.click(one, label="Ignore")
    late = await lee.click(two, label="Add wording")
    assert words(late.response) == "This question has been seen to already."


async def test_a_reply_to_a_question_that_was_seen_to_meanwhile_comes_back(school: School, lee: MemberActor) -> None:
    await school.ann.slash(school.general, "ask", question=PARROT)
    one, two = await opened(school, lee), await opened(school, lee)
    form = await lee.click(two, label="Reply")
    await lee.click(one, label="Ignore")
    [late] = (await filled(lee, form, your="Every **Tuesday**.")).followups
    assert words(late).startswith("This question has been seen to already.")
    [file] = late.message.attachments
    assert (await file.read()).decode() == "Every **Tuesday**.\n"


async def test_many_questions_have_pages(school: School, lee: MemberActor, clock: Clock) -> None:
    for number in range(10):
        await school.ann.slash(school.general, "ask", question=f"{'qwxyzvbkjh'[number] * 6} {'plmoknijbu'[number] * 5}")
        clock.pass_by(minutes=1)
    inbox = seen(await lee.slash(school.general, "staff inbox"))
    assert "Inbox: 10 questions" in words(inbox)
    assert "Page 1 of 2" in words(inbox)
    await lee.click(inbox, label="Older")
    assert "Page 2 of 2" in words(inbox)
    assert "qqqqqq" in words(inbox)


async def test_a_file_in_a_git_checkout_is_not_written_but_shown_to_be_pasted(
    school: School, lee: MemberActor, content: Path
) -> None:
    (content / ".git").mkdir()
    before = (content / "faq.yaml").read_bytes()
    await school.ann.slash(school.general, "ask", question=ABACUS)
    inbox = await opened(school, lee)
    form = await lee.click(inbox, label="Add wording")
    question = "Do I have to log in at a specific time?"
    await filled(lee, form, to=option(form, "To which question?", question))
    await lee.click(inbox, label="Write it")
    lines = before.decode().splitlines()
    after = lines.index("    keywords: [log in, log on, set time, specific time, certain time, fixed hours]") + 1
    assert lines.index(f"  - question: {question}") < after
    assert "faq.yaml is kept in a git repository" in words(inbox)
    assert f"at line {after}, and save:\n```yaml\n      - {ABACUS}\n```" in words(inbox)
    assert (content / "faq.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("wordings", "where"),
    [
        ("[one, two]", "Put these lines in place of line 3, and save:\n```yaml\n    also_asked: [one, two, "),
        ("[one,\n      two]", "Put these lines in place of line 4, and save:\n```yaml\n      two, "),
        (
            ">-\n      one\n      two",
            "Put these lines in place of lines 3 to 5, and save:\n```yaml\n    also_asked:\n    - >-\n",
        ),
    ],
)
async def test_lines_to_be_pasted_in_place_of_others_say_so(
    school: School, lee: MemberActor, content: Path, simcord_env: Env, wordings: str, where: str
) -> None:
    (content / ".git").mkdir()
    text = f"questions:\n  - question: When are exams?\n    also_asked: {wordings}\n    answer: In May.\n"
    (content / "faq.yaml").write_text(text, encoding="utf-8")
    await saved(simcord_env)
    await school.ann.slash(school.general, "ask", question=ABACUS)
    inbox = await opened(school, lee)
    await filled(lee, await lee.click(inbox, label="Add wording"))
    await lee.click(inbox, label="Write it")
    assert where in words(inbox)


@pytest.mark.parametrize("answer", ["A long line of it.\n" * 180, "See:\n```\ncode\n```"])
async def test_what_a_card_cannot_show_as_it_is_comes_in_a_file(
    school: School, lee: MemberActor, content: Path, answer: str
) -> None:
    (content / ".git").mkdir()
    await school.ann.slash(school.general, "ask", question=PARROT)
    inbox = await opened(school, lee)
    await filled(lee, await lee.click(inbox, label="New answer"), **{"the answer": answer}, listed=[])
    pressed = await lee.click(inbox, label="Write it")
    assert words(inbox).splitlines()[0].endswith("and save: they are in the file below.")
    [file] = pressed.followups[0].message.attachments
    lines = (await file.read()).decode().strip().splitlines()
    assert "\n".join(line.strip() for line in lines).endswith(answer.strip())
