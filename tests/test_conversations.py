"""Conversations: what the student writes, what the bot answers, from the shipped files, with no Discord in sight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.answering.knowledge_base import KnowledgeBase
from bot.answering.outcomes import Answer, DidYouMean, Elsewhere, Reply, Unknown, WhichCourse
from bot.answering.suits import Preferences
from bot.assistant import Asker, Assistant
from bot.content.courses import read_courses
from bot.content.faq import read_faq
from bot.content.model import Format
from tests.conftest import ROOT

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 10, 5, 12, 0, tzinfo=NEW_YORK)
SAM = Asker(person=1)


def stamp(wall: str, style: str = "F", zone: ZoneInfo = NEW_YORK) -> str:
    return f"<t:{int(datetime.fromisoformat(wall).replace(tzinfo=zone).timestamp())}:{style}>"


def said(assistant: Assistant, question: str, asker: Asker = SAM, now: datetime = MONDAY) -> Reply:
    return assistant.ask(question, asker, now=now)


@pytest.mark.parametrize(
    ("question", "entry", "words"),
    [
        ("Do I have to log in at a specific time?", "login-time", "asynchronous**: no"),
        ("Are these courses self-paced?", "self-paced", "deadlines"),
        ("Can I work full-time while taking a course?", "full-time-job", "working adults"),
        ("Will I interact with the instructor and other learners?", "interaction", "discussion"),
        ("Who can I contact if I still have questions?", "contact", "support@sps.example.edu"),
        ("What does asynchronous mean?", "difference", "no meeting times"),
        ("What does synchronous mean?", "difference", "live"),
        ("What is a hybrid course?", "hybrid", "both formats"),
        ("What's the difference between async and sync?", "difference", "Set meeting times"),
        ("Which is better, async or sync?", "which-is-better", "depends"),
        ("What happens in a live session?", "live-session", "timed exams"),
        ("What are the benefits of asynchronous learning?", "async-benefits", "commute"),
        ("Where can I study?", "where-to-study", "library"),
        ("What device do I need?", "where-to-study", "phone"),
        ("How do I keep up in an asynchronous course?", "keep-up", "your own deadlines"),
        ("How do I keep up?", "keep-up", "Work with your peers"),
        ("find me a study buddy", "classmates", "press **Study partners**"),
    ],
)
def test_questions_that_hold_for_every_course(assistant: Assistant, question: str, entry: str, words: str) -> None:
    outcome = said(assistant, question).outcome
    assert isinstance(outcome, Answer)
    assert outcome.entry == entry
    assert words.casefold() in outcome.text.casefold()


@pytest.mark.parametrize(
    ("question", "named", "not_named"),
    [
        ("what courses are there?", ["PM-101", "PMP-200", "DA-120"], []),
        ("which courses are asynchronous", ["PM-101"], ["PMP-200", "DA-120"]),
        ("do you have any hybrid classes", ["DA-120"], ["PM-101", "PMP-200"]),
        ("show me the sync courses", ["PMP-200"], ["PM-101", "DA-120"]),
        ("which classes are live", ["PMP-200", "DA-120"], ["PM-101"]),
        ("which courses have live sessions this term", ["PMP-200", "DA-120"], ["PM-101"]),
        ("what courses are there in spring", ["- HR-150 HR Certification Prep (Spring 2027)"], []),
    ],
)
def test_who_asks_for_courses_gets_the_list(
    assistant: Assistant, question: str, named: list[str], not_named: list[str]
) -> None:
    outcome = said(assistant, question).outcome
    assert isinstance(outcome, Answer)
    assert outcome.entry is None
    assert all(code in outcome.text for code in named)
    assert not any(code in outcome.text for code in not_named)


def test_who_asks_for_the_time_zone_of_a_course_is_told_it(assistant: Assistant) -> None:
    outcome = said(assistant, "what time zone is pmp-200 in").outcome
    assert isinstance(outcome, Answer)
    assert outcome.entry == "time-zone"
    assert "America/New York" in outcome.text
    assert "**Next live session of PMP-200:** <t:" in outcome.text, "in the reader's own time"


@pytest.mark.parametrize("question", ["which courses do i need for the degree", "which class should i take"])
def test_who_asks_for_advice_on_courses_gets_no_list(assistant: Assistant, question: str) -> None:
    outcome = said(assistant, question).outcome
    assert not isinstance(outcome, Answer) or outcome.entry


def test_the_formats_differ_in_five_criteria(assistant: Assistant) -> None:
    outcome = said(assistant, "what is the difference between asynchronous and synchronous").outcome
    assert isinstance(outcome, Answer)
    for row in assistant.knowledge.school.comparison:
        line = next(line for line in outcome.text.splitlines() if row.about in line)
        assert all(text in line for text in row.texts.values())
    assert len(assistant.knowledge.school.comparison) == 5


@pytest.mark.parametrize("look", [Assistant.course, lambda bot, name, **by: bot.schedule(name, 7, **by)])
def test_after_a_look_at_one_course_the_next_question_is_about_it(
    assistant: Assistant, look: Callable[..., Answer]
) -> None:
    look(assistant, "DA-120", asker=SAM, now=MONDAY)
    outcome = said(assistant, "when is the next one?").outcome
    assert isinstance(outcome, Answer)
    assert outcome.courses == ("DA-120",)


def test_a_look_at_two_courses_leaves_the_course_that_was_spoken_of(assistant: Assistant) -> None:
    said(assistant, "when is the next session of PMP-200?")
    assistant.course("DA-120", "PM-101", SAM, now=MONDAY)
    outcome = said(assistant, "is it recorded?").outcome
    assert isinstance(outcome, Answer)
    assert outcome.courses == ("PMP-200",)


def test_who_wants_to_be_reminded_is_told_how_for_the_course_that_was_spoken_of(assistant: Assistant) -> None:
    said(assistant, "when is the next session of DA-120?")
    outcome = said(assistant, "remind me").outcome
    assert isinstance(outcome, Answer)
    assert "**Remind me**" in outcome.text
    assert outcome.courses == ("DA-120",)  # which is what puts the button below


@pytest.mark.parametrize(
    "question",
    [
        "What happens if I miss a live session?",
        "Which format does my course use?",
        "When is my next live session?",
        "What is due this week?",
        "Can you remind me?",
    ],
)
def test_what_depends_on_the_course_is_asked_back(assistant: Assistant, question: str) -> None:
    outcome = said(assistant, question).outcome
    assert isinstance(outcome, WhichCourse)
    assert [choice.code for choice in outcome.choices] == list(assistant.knowledge.courses)


NEXT_PMP = stamp("2026-10-06 18:00")
NEXT_DA = stamp("2026-10-14 19:00")
DUE_PM = stamp("2026-10-11 23:59")
DUE_DA = stamp("2026-10-12 09:00")


@pytest.mark.parametrize(
    ("entry", "question", "asynchronous", "synchronous", "hybrid"),
    [
        (
            "login-time",
            "do i have to log in at a set time for {}?",
            ["No.", "PM-101 is asynchronous", "PM-101** has no live sessions; its next deadline is", DUE_PM],
            ["Yes", "PMP-200 is synchronous", NEXT_PMP],
            ["DA-120 is hybrid", NEXT_DA],
        ),
        (
            "missed-session",
            "what happens if I miss {}'s session?",
            ["PM-101 is asynchronous: no live session is required", DUE_PM],
            ["Attendance:** expected", "Recordings:** yes", "by noon the next day", "More than two missed", NEXT_PMP],
            ["Attendance:** optional", "Recordings:** yes", "kept all term", NEXT_DA],
        ),
        (
            "which-format",
            "is {} async or sync",
            ["PM-101** is **asynchronous**"],
            ["PMP-200** is **synchronous**"],
            ["DA-120** is **hybrid**"],
        ),
        (
            "next-session",
            "when is the next live session of {}",
            ["PM-101** has no live sessions; its next deadline is", DUE_PM],
            [NEXT_PMP, stamp("2026-10-08 18:00")],
            [NEXT_DA],
        ),
        (
            "deadlines",
            "what is due in {}",
            [DUE_PM, "Risk register", stamp("2026-11-06 17:00")],
            ["Application to sit the exam", stamp("2026-11-16 12:00")],
            ["Workbook", DUE_DA],
        ),
        (
            "interaction",
            "will i talk to the teacher in {}",
            ["PM-101"],
            ["PMP-200"],
            [],
        ),
    ],
)
def test_the_answer_follows_the_format_of_the_course(
    assistant: Assistant, entry: str, question: str, asynchronous: list[str], synchronous: list[str], hybrid: list[str]
) -> None:
    for course, phrases in (("PM-101", asynchronous), ("PMP-200", synchronous), ("DA-120", hybrid)):
        outcome = Assistant(assistant.knowledge).ask(question.format(course), now=MONDAY).outcome
        assert isinstance(outcome, Answer), course
        assert outcome.entry == entry
        assert outcome.courses == (course,)
        for phrase in phrases:
            assert phrase in outcome.text, course


def test_what_the_file_does_not_state_is_said_with_whom_to_ask(assistant: Assistant) -> None:
    outcome = said(assistant, "are the live sessions of pa-500 recorded?").outcome
    assert isinstance(outcome, Answer)
    assert "For **PA-500** I don't know whether the sessions are recorded" in outcome.text
    assert "Dr Helen Sorensen (h.sorensen@sps.example.edu)" in outcome.text


def test_an_unclear_question_about_a_course_points_to_its_card(assistant: Assistant) -> None:
    unsure = said(assistant, "when does wr-110 end").outcome
    assert isinstance(unsure, DidYouMean)
    assert "`/course WR-110`" in unsure.text
    declined = said(assistant, "is the wr110 coffee any good").outcome
    assert isinstance(declined, Unknown)
    assert "Tom Bell (t.bell@sps.example.edu)" in declined.text
    in_its_channel = said(assistant, "where is the swimming pool", Asker(channel="wr-110")).outcome
    assert "Tom Bell" not in in_its_channel.text, "the whole card only where the words ask about the course"


def test_a_course_that_is_not_in_the_file_is_said_to_be_unknown(assistant: Assistant) -> None:
    outcome = said(assistant, "when is the next session of XY-999").outcome
    assert isinstance(outcome, Unknown)
    assert "I don't know a course **XY-999**" in outcome.text
    assert "PM-101" in outcome.text


def test_the_last_question_tells_the_course_before_the_only_role_does(assistant: Assistant) -> None:
    sam = Asker(person=1, roles=("PM-101 students",))
    said(assistant, "when is the next session of pmp-200", sam)
    outcome = said(assistant, "is it recorded?", sam).outcome
    assert isinstance(outcome, Answer)
    assert outcome.courses == ("PMP-200",)


def test_what_holds_for_two_courses_alike_is_said_once(assistant: Assistant) -> None:
    outcome = said(assistant, "is pm-101 or da-120 better").outcome
    assert isinstance(outcome, Answer)
    assert outcome.text.count("Neither is right or wrong") == 1


def test_two_courses_named_are_both_answered(assistant: Assistant) -> None:
    outcome = said(assistant, "what happens if i miss a session of pmp-200 or da-120").outcome
    assert isinstance(outcome, Answer)
    assert outcome.courses == ("PMP-200", "DA-120")
    first, second = outcome.text.split("### DA-120")
    assert "**Attendance:** expected" in first
    assert "**Attendance:** optional" in second


def test_a_course_alone_gives_its_card_and_two_are_compared(assistant: Assistant) -> None:
    card = said(assistant, "DA 120").outcome
    assert isinstance(card, Answer)
    assert card.entry is None
    assert card.title.startswith("DA-120 · Data Analysis")
    both = said(assistant, "pm101 vs pmp200").outcome
    assert isinstance(both, Answer)
    assert both.courses == ("PM-101", "PMP-200")


def test_and_another_course_repeats_the_last_question_for_ten_minutes(assistant: Assistant) -> None:
    assert said(assistant, "what if i miss pmp-200's session").outcome.courses == ("PMP-200",)  # type: ignore[union-attr]
    soon = said(assistant, "and DA-120?", now=MONDAY + timedelta(minutes=10)).outcome
    assert isinstance(soon, Answer)
    assert (soon.entry, soon.courses) == ("missed-session", ("DA-120",))
    late = said(assistant, "and PMP-200?", now=MONDAY + timedelta(minutes=21)).outcome
    assert isinstance(late, Answer)
    assert late.entry is None, "after ten minutes the course's card is shown"
    other = said(assistant, "and DA-120?", Asker(person=2)).outcome
    assert isinstance(other, Answer)
    assert other.entry is None, "somebody else's question is not repeated"


def test_the_course_is_known_from_the_last_question(assistant: Assistant) -> None:
    said(assistant, "what if i miss pmp-200's session")
    outcome = said(assistant, "when is the next one?", now=MONDAY + timedelta(minutes=1)).outcome
    assert isinstance(outcome, Answer)
    assert outcome.courses == ("PMP-200",)
    assert NEXT_PMP in outcome.text


def test_naming_the_course_after_being_asked_answers_the_question(assistant: Assistant) -> None:
    assert isinstance(said(assistant, "when is my next live session").outcome, WhichCourse)
    outcome = said(assistant, "pmp").outcome
    assert isinstance(outcome, Answer)
    assert (outcome.entry, outcome.courses) == ("next-session", ("PMP-200",))


@pytest.mark.parametrize(
    ("asker", "course"),
    [
        (Asker(channel="pmp-200"), "PMP-200"),
        (Asker(roles=("Everyone", "DA-120 students")), "DA-120"),
        (Asker(course="excel"), "DA-120"),
        (Asker(channel="pmp-200", roles=("DA-120 students",)), "PMP-200"),
        (Asker(channel="pmp-200", course="da-120"), "DA-120"),
    ],
)
def test_the_course_is_known_from_where_and_who(assistant: Assistant, asker: Asker, course: str) -> None:
    outcome = said(assistant, "when is the next live session", asker).outcome
    assert isinstance(outcome, Answer)
    assert outcome.courses == (course,)


def test_a_student_of_two_courses_chooses_between_these(assistant: Assistant) -> None:
    outcome = said(
        assistant, "when is the next live session", Asker(roles=("DA-120 students", "PMP-200 students"))
    ).outcome
    assert isinstance(outcome, WhichCourse)
    assert [choice.code for choice in outcome.choices] == ["PMP-200", "DA-120"]


@pytest.mark.parametrize(
    "question", ["hi", "Hello!", "thanks a lot", "ok", "lol", "🎉🎉", "", "   ", "good morning everyone"]
)
def test_chatter_is_not_a_question(assistant: Assistant, question: str) -> None:
    outcome = said(assistant, question).outcome
    assert isinstance(outcome, Unknown)
    assert outcome.chatter


@pytest.mark.parametrize(
    "remark",
    [
        "our live session was so much fun today, see you all next week",
        "she said the recording will be up on monday",
        "my reminder went off in the middle of dinner haha",
    ],
)
def test_nothing_is_offered_for_a_remark(assistant: Assistant, remark: str) -> None:
    assert isinstance(said(assistant, remark).outcome, Unknown)
    assert not isinstance(said(assistant, f"{remark}, can i watch the live session later?").outcome, Unknown)


@pytest.mark.parametrize("question", ["how much is tuition", "how do i apply", "how do i get my transcript"])
def test_what_another_office_handles_is_sent_there(assistant: Assistant, question: str) -> None:
    outcome = said(assistant, question).outcome
    assert isinstance(outcome, Elsewhere)
    assert "@sps.example.edu" in outcome.text


@pytest.mark.parametrize(
    "question", ["what is the airspeed of a swallow", "¿dónde está la biblioteca de noche?", "asdf qwer zxcv"]
)
def test_what_nobody_wrote_down_is_declined_with_whom_to_ask(assistant: Assistant, question: str) -> None:
    outcome = said(assistant, question).outcome
    assert isinstance(outcome, Unknown | DidYouMean)
    if isinstance(outcome, Unknown):
        assert "support@sps.example.edu" in outcome.text


@pytest.mark.parametrize(
    "question",
    ["[a](" * 1500, "@everyone", "‮evil ‭text", "\0\0\0", "🙈" * 500, "a" * 100_000, "?" * 3000, "когда следующий урок"],
)
def test_hostile_text_is_declined_in_words(assistant: Assistant, question: str) -> None:
    outcome = said(assistant, question).outcome
    assert isinstance(outcome, Unknown | DidYouMean)
    assert outcome.text
    assert question not in outcome.text or len(question) < 3


def test_a_cancelled_and_a_moved_session_are_said(assistant: Assistant) -> None:
    before = datetime(2026, 10, 12, 12, 0, tzinfo=NEW_YORK)
    outcome = said(assistant, "when is the next pmp-200 session", now=before).outcome
    assert isinstance(outcome, Answer)
    assert f"No session on {stamp('2026-10-13 18:00')}: Instructor at a conference" in outcome.text
    assert stamp("2026-10-15 18:00") in outcome.text
    before = datetime(2026, 11, 11, 9, 0, tzinfo=NEW_YORK)
    outcome = said(assistant, "when is the next pmp-200 session", now=before).outcome
    assert isinstance(outcome, Answer)
    assert stamp("2026-11-11 18:00") in outcome.text
    assert f"moved from {stamp('2026-11-12 18:00')}" in outcome.text


def test_a_break_is_said(assistant: Assistant) -> None:
    outcome = said(assistant, "when does pmp-200 meet next", now=datetime(2026, 11, 25, 9, 0, tzinfo=NEW_YORK)).outcome
    assert isinstance(outcome, Answer)
    assert "Thanksgiving break" in outcome.text
    assert stamp("2026-12-01 18:00") in outcome.text
    schedule = assistant.schedule("pmp-200", 7, now=datetime(2026, 11, 23, 9, 0, tzinfo=NEW_YORK))
    assert "Thanksgiving break" in schedule.text


def test_what_does_not_take_place_stands_in_the_list_where_it_would_be(assistant: Assistant) -> None:
    outcome = said(assistant, "when does pmp-200 meet next", now=datetime(2026, 11, 22, 9, 0, tzinfo=NEW_YORK)).outcome
    assert isinstance(outcome, Answer)
    listed = outcome.text[outcome.text.index("After that:") :].splitlines()
    assert listed[1] == "- No class Wed 25 Nov 2026 to Sun 29 Nov 2026: Thanksgiving break."
    assert listed[2].startswith(f"- {stamp('2026-12-01 18:00')}")
    dates = assistant.schedule("pmp-200", 30, now=datetime(2026, 11, 23, 9, 0, tzinfo=NEW_YORK)).text.splitlines()
    assert dates[1] == listed[1]
    assert all(line.startswith("- ") for line in dates)


def test_what_is_called_off_later_on_is_said_too(assistant: Assistant) -> None:
    early = datetime(2026, 10, 8, 12, 0, tzinfo=NEW_YORK)
    outcome = said(assistant, "when does da-120 meet next", now=early).outcome
    assert isinstance(outcome, Answer)
    assert f"No session on {stamp('2026-10-28 19:00')}: Guest lecture instead" in outcome.text
    november = datetime(2026, 11, 21, 12, 0, tzinfo=NEW_YORK)
    outcome = said(assistant, "when does pmp-200 meet next", now=november).outcome
    assert isinstance(outcome, Answer)
    assert "Thanksgiving break" in outcome.text


def test_a_session_that_is_running_is_live_now(assistant: Assistant) -> None:
    outcome = said(assistant, "when does pmp-200 meet next", now=datetime(2026, 10, 6, 18, 30, tzinfo=NEW_YORK)).outcome
    assert isinstance(outcome, Answer)
    assert "PMP-200 is live now" in outcome.text


def test_after_the_term_nothing_is_promised(assistant: Assistant) -> None:
    outcome = said(assistant, "when does pmp-200 meet next", now=datetime(2027, 2, 1, tzinfo=NEW_YORK)).outcome
    assert isinstance(outcome, Answer)
    assert "no live sessions left" in outcome.text


def test_the_courses_own_time_zone_counts(assistant: Assistant) -> None:
    outcome = said(assistant, "when is the next np-210 lab", now=datetime(2026, 10, 20, tzinfo=NEW_YORK)).outcome
    assert isinstance(outcome, Answer)
    assert stamp("2026-11-07 10:00", zone=ZoneInfo("America/Los_Angeles")) in outcome.text


# --- commands ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["DA-120", "da120", "da 120", "excel", "Data Analysis 1: Working with Spreadsheets"])
def test_a_course_is_found_by_any_of_its_names(assistant: Assistant, name: str) -> None:
    card = assistant.course(name, now=MONDAY)
    assert isinstance(card, Answer)
    assert card.courses == ("DA-120",)
    assert "**Recordings:** yes" in card.text


def test_an_unknown_course_asks_which_one(assistant: Assistant) -> None:
    outcome = assistant.course("underwater basket weaving", now=MONDAY)
    assert isinstance(outcome, WhichCourse)
    assert "don't know a course by that name" in outcome.text
    assert len(outcome.choices) == len(assistant.knowledge.courses)


def test_the_schedule_lists_sessions_and_deadlines_by_date(assistant: Assistant) -> None:
    outcome = assistant.schedule("da-120", 14, now=MONDAY)
    assert isinstance(outcome, Answer)
    assert outcome.text.index(DUE_DA) < outcome.text.index(NEXT_DA) < outcome.text.index(stamp("2026-10-19 09:00"))
    outcome = assistant.schedule("pmp-200", 14, now=MONDAY)
    assert isinstance(outcome, Answer)
    assert f"~~{stamp('2026-10-13 18:00')}~~ cancelled: Instructor at a conference" in outcome.text


def test_my_schedule_holds_all_my_courses(assistant: Assistant) -> None:
    me = Asker(roles=("PMP-200 students", "NP-210 students"))
    outcome = assistant.schedule(None, None, me, now=MONDAY)
    assert isinstance(outcome, Answer)
    assert outcome.courses == ("PMP-200", "NP-210")
    assert "at the same time" not in outcome.text
    assert isinstance(assistant.schedule(None, 7, now=MONDAY), WhichCourse)


def test_my_schedule_marks_both_sides_of_a_clash() -> None:
    courses = (ROOT / "courses.yaml").read_bytes().replace(b"every: Sat 9am-noon", b"every: Thu 12:30pm-2pm")
    faq = read_faq((ROOT / "faq.yaml").read_bytes()).value
    school = read_courses(courses).value
    assert faq
    assert school
    me = Asker(roles=("HR-150 students", "PA-500 students"))
    start = datetime(2027, 1, 20, tzinfo=NEW_YORK)
    outcome = Assistant(KnowledgeBase.build(faq, school)).schedule(None, 7, me, now=start)
    assert isinstance(outcome, Answer)
    first, second = (line for line in outcome.text.splitlines() if "at the same time as" in line)
    assert "PA-500" in first
    assert first.endswith("at the same time as HR-150")
    assert second.endswith("at the same time as PA-500")


def test_nothing_in_the_period_names_the_next_date(assistant: Assistant) -> None:
    outcome = assistant.schedule("hr-150", 7, now=MONDAY)
    assert isinstance(outcome, Answer)
    assert "Nothing is on the calendar in the next 7 days" in outcome.text
    assert stamp("2027-01-23 09:00") in outcome.text


def test_the_calendar_holds_the_course_and_no_other(assistant: Assistant) -> None:
    calendar = assistant.calendar(["DA-120", "gone"], now=MONDAY).decode()
    assert "DA-120" in calendar
    assert "PMP-200" not in calendar


def test_formats_explain_and_compare(assistant: Assistant) -> None:
    assert "drift" in assistant.formats(Format.ASYNCHRONOUS).text
    assert "Set meeting times" in assistant.formats().text


def test_which_suits_me_gives_reasons_and_no_verdict(assistant: Assistant) -> None:
    text = assistant.suits(Preferences(week_changes=True, likes_live=None, wants_routine=True)).text
    asynchronous, synchronous = text.split("**Synchronous**")
    assert "your week changes" in asynchronous
    assert "fixed routine" in synchronous
    assert "PM-101" in asynchronous
    assert "best" not in text


def test_questions_complete_from_the_first_letter(assistant: Assistant) -> None:
    everything = assistant.suggest_questions("")
    assert [offered.entry for offered in everything] == list(assistant.knowledge.entries)[:25]
    assert "missed-session" in [offered.entry for offered in assistant.suggest_questions("what happens if i m")][:3]
    assert assistant.suggest_questions("d")


def test_courses_complete_and_mine_come_first(assistant: Assistant) -> None:
    assert [course.code for course in assistant.suggest_courses("pm")][:2] in (
        ["PM-101", "PMP-200"],
        ["PMP-200", "PM-101"],
    )
    assert assistant.suggest_courses("", Asker(channel="wr-110"))[0].code == "WR-110"


def test_a_pressed_entry_that_has_gone_is_said_kindly(assistant: Assistant, shipped: KnowledgeBase) -> None:
    outcome = assistant.answer("no-longer-there", now=MONDAY)
    assert isinstance(outcome, Unknown)
    assert "changed or removed" in outcome.text
    assert isinstance(assistant.answer("self-paced", now=MONDAY), Answer)
