"""Before a wording is written, staff see what the bot would do with it, and which other answers it would spoil."""

from __future__ import annotations

from bot.content.edit import NewEntry, add_entry, add_wording
from bot.staff.effect import HARMLESS, Taken, effect
from tests.staff.desk import FAQ, base

DATA = FAQ.encode()


def test_a_wording_that_only_helps() -> None:
    found = effect(base(), add_wording(DATA, "login", "is it like netflix"))
    assert found.is_harmless
    assert str(found) == (f'"is it like netflix": now the bot has no answer; then it answers with login.\n{HARMLESS}')


def test_a_wording_that_fails_an_example_of_staff() -> None:
    found = effect(base(), add_wording(DATA, "homework", "who won the cup"))
    assert found.warnings == (
        'expect: "who won the world cup" is expected to give no question above, but the bot answers with homework',
    )
    assert not found.is_harmless


def test_a_wording_that_takes_questions_from_another_entry() -> None:
    found = effect(base(), add_wording(DATA, "next-session", "submit the assignment"))
    assert found.taken == (Taken(wording="submit an assignment", entry="homework"),)
    assert 'Questions like "submit an assignment" would no longer lead to homework, but here.' in str(found)


def test_a_wording_that_says_the_same_as_another_one_is_told_with_the_line_of_the_edited_file() -> None:
    found = effect(base(), add_wording(DATA, "login", "submit assignments"))
    [warning] = found.warnings
    line = FAQ.splitlines().index("      - can i study at night") + 2
    assert f'is nearly the same as "submit assignments" (login, line {line})' in warning


def test_a_new_entry_answers_all_its_wordings() -> None:
    new = NewEntry(question="Do you use Zoom?", answer="Yes.", also_asked=("skype or teams",))
    found = effect(base(), add_entry(DATA, new))
    assert [(turn.before, turn.after) for turn in found.turns] == [
        ("has no answer", "answers with do-you-use-zoom"),
        ("has no answer", "answers with do-you-use-zoom"),
    ]
    assert str(found).splitlines()[0] == (
        '"Do you use Zoom?", "skype or teams": now the bot has no answer; then it answers with do-you-use-zoom.'
    )
