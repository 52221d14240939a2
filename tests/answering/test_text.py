import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.text import LONGEST, normalise, stems


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  Is it LIVE?\n", "is it live"),
        ("dont", "do not"),
        ("I don’t", "i do not"),
        ("can't / cannot / cant", "can not can not can not"),
        ("what's due, where're they", "what is due where are they"),
        ("u r late 4 hw pls", "you are late 4 homework please"),
        ("the instructor's notes", "the instructor notes"),
        ("six o'clock", "six oclock"),
        ("caf\u00e9 na\u00efve", "cafe naive"),
        ("ｆｕｌｌ－ｗｉｄｔｈ", "full width"),
        ("so\u200dft hy\u00adphen \u202eright", "soft hyphen right"),
        ("PM-101 pm_101", "pm 101 pm 101"),
        ("async or sync", "asynchronous or synchronous"),
        ("[a](http://x) **b** `c` ||d||", "a http x b c d"),
        ("🎓\0", ""),
    ],
)
def test_typing_becomes_plain_words(typed: str, read: str) -> None:
    assert normalise(typed) == read


def test_forms_of_a_word_share_a_stem_and_codes_keep_theirs() -> None:
    assert stems("recorded recordings record") == ["record"] * 3
    assert stems("pm101 why is") == ["pm101", "why", "is"]


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.lists(st.sampled_from(["u", "don't", "i'd've", "won’t", "prof's", "İ", "ﷺ", "ß", "idk", "'", "x" * 900])))
def test_normalising_short_forms_twice_changes_nothing(parts: list[str]) -> None:
    text = " ".join(parts)
    assert normalise(normalise(text)) == normalise(text)


def test_what_follows_a_sane_length_is_not_read() -> None:
    assert normalise("word " * 20_000) == normalise("word " * 400)
    assert len(normalise("u " * 50_000)) <= LONGEST


def test_a_long_text_without_spaces_is_read_too() -> None:
    assert normalise("课" * 5000) == "课" * LONGEST
