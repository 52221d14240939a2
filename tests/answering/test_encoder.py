"""Questions that share no word with any wording are found by what they mean; without the encoder words still do."""

from pathlib import Path

import pytest

from bot.answering import encoder
from bot.answering.encoder import Meanings, shipped
from bot.answering.matcher import Indexed, Matcher
from bot.answering.text import stems

ENTRIES = [
    Indexed(id="cost", wordings=("What does the course cost?", "is tuition expensive")),
    Indexed(id="login", wordings=("I forgot my password", "i cannot sign in to my account")),
    Indexed(id="illness", wordings=("What if I am ill on the day of the class?",)),
    Indexed(id="books", wordings=("Which textbook do I need?", "where do i buy the books")),
]
FAQ = Matcher(ENTRIES)
WORDS_ALONE = Matcher(ENTRIES, lambda: None)


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("how much money is it", "cost"),
        ("price please", "cost"),
        ("pasword lost", "login"),
        ("my child has a fever", "illness"),
        ("any required reading", "books"),
    ],
)
def test_a_question_is_found_by_its_meaning(asked: str, entry: str) -> None:
    assert FAQ.rank(asked)[0].entry == entry


@pytest.mark.parametrize(
    ("asked", "entry"), [("what is the cost", "cost"), ("forgot my pasword", "login"), ("which book", "books")]
)
def test_words_alone_find_what_shares_words(asked: str, entry: str) -> None:
    assert WORDS_ALONE.rank(asked)[0].entry == entry
    assert WORDS_ALONE.rank("fever") == []


@pytest.mark.parametrize("asked", [w for entry in ENTRIES for w in entry.wordings])
@pytest.mark.parametrize("matcher", [FAQ, WORDS_ALONE])
def test_what_staff_wrote_word_for_word_is_sure(matcher: Matcher, asked: str) -> None:
    best = matcher.rank(asked.upper())[0]
    assert asked in next(entry.wordings for entry in ENTRIES if entry.id == best.entry)
    assert best.score > 0.9


def test_a_word_that_exists_is_no_slip_for_another() -> None:
    faq = Matcher([Indexed(id="course", wordings=("is the course hard",)), Indexed(id="x", wordings=("parking lot",))])
    assert faq.rank("cuorse")[0].score > 0.9 * faq.rank("course")[0].score
    assert all(match.score < 0.5 * faq.rank("course")[0].score for match in faq.rank("curse"))


def test_a_missing_file_leaves_words_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(encoder, "FILE", tmp_path / "none.npz")
    shipped.cache_clear()
    try:
        assert Matcher(ENTRIES).rank("fever") == []
    finally:
        shipped.cache_clear()


def test_a_machine_without_numpy_leaves_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "np", None)
    shipped.cache_clear()
    try:
        assert Matcher(ENTRIES).rank("fever") == []
    finally:
        shipped.cache_clear()


def test_a_wording_left_out_is_in_neither_comparison() -> None:
    meaning = shipped()
    assert meaning is not None
    wordings = [[stems("tuition and fees"), stems("how to park a car")], [stems("a loan")]]
    asked = stems("what are the fees")
    means, nearest = Meanings(meaning, wordings).alike(asked, left_out=(0, 0))
    for_parking = Meanings(meaning, [wordings[0][1:], wordings[1]]).alike(asked)
    assert means == pytest.approx(for_parking[0], abs=1e-5)
    assert nearest == pytest.approx(for_parking[1], abs=1e-5)
