"""What several students asked in vain is one group for staff, however each of them put it."""

from __future__ import annotations

from bot.staff.inbox import group_with, groups
from tests.staff.desk import asked, base

PARKING = ("where can i park my car", "car parking", "park my car where?")
ZOOM = ("is it on zoom", "is the class on zoom", "IS IT ON ZOOM???")
OTHERS = ("do i get a laptop from you", "my cat ate the certificate")


def test_questions_that_ask_for_the_same_thing_are_one_group() -> None:
    found = groups(asked(*PARKING, *ZOOM, *OTHERS), base())
    assert [{one.text for one in group.questions} for group in found[:2]] == [{*ZOOM}, {*PARKING}]
    assert [group.count for group in found] == [3, 3, 1, 1]


def test_a_group_shows_its_newest_question_first_and_equal_ones_follow_the_newest() -> None:
    found = groups(asked(*ZOOM, *OTHERS), base())
    assert [group.newest.text for group in found] == [ZOOM[-1], OTHERS[1], OTHERS[0]]


def test_a_group_knows_its_course_if_any_question_does() -> None:
    questions = [*asked("is it on zoom"), *asked("is it on zoom?", course="PM-101", first_id=2)]
    [group] = groups(questions, base())
    assert group.course == "PM-101"
    assert groups(asked("is it on zoom"), base())[0].course is None


def test_a_course_named_in_the_words_does_not_part_what_is_asked() -> None:
    [group] = groups(asked("where can i park", "where can i park for PM-101"), base())
    assert group.count == 2


def test_the_nearest_entry_is_offered_and_never_an_office() -> None:
    found = groups(asked("is the class recorded on tape", "cost of the videos", "zzz"), base())
    assert {group.newest.text: group.nearest for group in found} == {
        "is the class recorded on tape": "recordings",
        "cost of the videos": "recordings",
        "zzz": None,
    }


def test_a_group_is_found_by_any_of_its_questions_until_they_are_handled() -> None:
    found = groups(asked(*ZOOM, *OTHERS), base())
    assert group_with(found, 2) == group_with(found, 3) == found[0]
    assert group_with(found, 99) is None
    assert groups([], base()) == []
