"""What was typed is kept for who typed it, until it is taken, they go, or too many others have typed."""

from __future__ import annotations

from bot.chat.drafts import MANY, Drafts


def test_drafts_are_kept_apart_by_person_form_and_thing() -> None:
    drafts = Drafts()
    for who, typed, of in [(1, "a", 0), (1, "b", 7), (1, 3, 0), (2, "c", 0), (1, "d", 0)]:
        drafts.keep(who, typed, of)
    kept = [drafts.find(1, str), drafts.find(1, str, 7), drafts.find(1, int), drafts.find(2, str)]
    assert kept == ["d", "b", 3, "c"]
    drafts.drop(1, str)
    assert (drafts.find(1, str), drafts.find(1, str, 7)) == (None, "b")
    drafts.forget(1)
    assert (drafts.find(1, str, 7), drafts.find(1, int), drafts.find(2, str)) == (None, None, "c")


def test_the_oldest_of_many_drafts_gives_way() -> None:
    drafts = Drafts()
    for who in range(MANY):
        drafts.keep(who, "typed")
    drafts.keep(0, "typed again")
    drafts.keep(MANY, "typed")
    assert [drafts.find(who, str) for who in (0, 1, 2, MANY)] == ["typed again", None, "typed", "typed"]
