import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answers import OFFER_FROM
from bot.answering.matcher import Indexed, Matcher

FAQ = Matcher(
    [
        Indexed(
            id="login-time",
            wordings=(
                "Do I have to log in at a specific time?",
                "when do i have to log on",
                "are there set class times",
            ),
        ),
        Indexed(
            id="missed-session",
            wordings=("What if I miss a live session?", "i cannot make it to class tonight", "i missed the lecture"),
        ),
        Indexed(id="recordings", wordings=("Are live sessions recorded?", "can i watch the recording later")),
        Indexed(
            id="contact",
            wordings=("Whom do I contact with a question?", "who can help me"),
            keywords=("support", "helpdesk"),
        ),
        Indexed(id="where-to-study", wordings=("Where can I study?", "what computer do i need")),
    ]
)
IDS = {"login-time", "missed-session", "recordings", "contact", "where-to-study"}


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("do i need to log in at a set time", "login-time"),
        ("what happens when i miss the session", "missed-session"),
        ("can i watch teh recordng", "recordings"),
        ("WHO DO I CONTCT???", "contact"),
        ("wat computr do u need", "where-to-study"),
        ("is there a helpdesk", "contact"),
        ("i have a question for the helpdesk", "contact"),
        ("what laptop do i need", "where-to-study"),
        ("can i see the video later", "recordings"),
    ],
)
def test_the_entry_meant_comes_first(asked: str, entry: str) -> None:
    best = FAQ.rank(asked)[0]
    assert best.entry == entry
    assert best.score >= OFFER_FROM


@pytest.mark.parametrize(("asked", "entry"), [("laptop?", "where-to-study"), ("helpdesk", "contact")])
def test_a_synonym_is_enough_to_be_found(asked: str, entry: str) -> None:
    assert FAQ.rank(asked)[0].entry == entry


def test_the_question_itself_is_certain_and_names_its_wording() -> None:
    best = FAQ.rank("are LIVE sessions recorded")[0]
    assert (best.entry, best.wording) == ("recordings", "Are live sessions recorded?")
    assert best.score >= 0.6


@pytest.mark.parametrize(
    "asked",
    ["how many parking spaces does the campus have", "what's the weather like", "wie spät ist es", "tell me a joke"],
)
def test_what_is_not_written_up_scores_low(asked: str) -> None:
    assert all(match.score < 0.3 for match in FAQ.rank(asked))


@pytest.mark.parametrize("asked", ["", "😀", "\0\u202e", "qwertyuiop"])
def test_nothing_in_common_finds_nothing(asked: str) -> None:
    assert FAQ.rank(asked) == []


@pytest.mark.parametrize("asked", ["[a](" * 1500, "@everyone " * 600, "record" * 20_000, "record " * 20_000])
def test_hostile_text_is_ranked_like_any_other(asked: str) -> None:
    assert len(FAQ.rank(asked)) <= 5


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("record live sion?' "))), st.integers(1, 9))
def test_any_text_is_ranked_best_first_between_0_and_1(asked: str, limit: int) -> None:
    matches = FAQ.rank(asked, limit)
    assert len(matches) <= limit
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
    assert all(0 <= m.score <= 1 and m.entry in IDS for m in matches)
    assert set(FAQ.complete(asked)) <= IDS


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("r", "recordings"),
        ("can i watch the rec", "recordings"),
        ("log", "login-time"),
        ("what comp", "where-to-study"),
        ("recordng", "recordings"),
        ("what if", "missed-session"),
        ("what", "missed-session"),
        ("whe", "where-to-study"),
        ("do i have to", "login-time"),
    ],
)
def test_an_unfinished_question_is_completed(typed: str, first: str) -> None:
    assert FAQ.complete(typed)[0] == first


def test_a_wording_that_says_next_to_nothing_does_not_catch_everything() -> None:
    faq = Matcher(
        [
            Indexed(id="expect", wordings=("what are the courses like",), keywords=("like",)),
            Indexed(id="pace", wordings=("can i go at my own pace", "would i like the pace")),
        ]
    )
    assert faq.rank("what is the weather like in Paris")[0].score < 0.4


def test_two_entries_that_fit_alike_leave_doubt() -> None:
    alone = Matcher(
        [Indexed(id="refund", wordings=("can i get a refund",)), Indexed(id="other", wordings=("parking",))]
    )
    twins = Matcher([Indexed(id=name, wordings=(f"can i get a refund for {name}",)) for name in ("books", "tuition")])
    sure, unsure = alone.rank("can i get a refund"), twins.rank("can i get a refund")
    assert sure[0].score > unsure[0].score
    assert [match.entry for match in unsure] == ["books", "tuition"]


def test_nothing_typed_completes_to_nothing() -> None:
    assert FAQ.complete(" ") == []


def test_a_matcher_over_no_entries_finds_nothing() -> None:
    assert Matcher([]).rank("hello there") == []
    assert Matcher([]).complete("h") == []


def test_a_wording_can_be_left_out_to_learn_where_it_would_go_without_itself() -> None:
    misplaced = "can you watch the recording later"
    faq = Matcher(
        [
            Indexed(id="contact", wordings=("who can help me", misplaced)),
            Indexed(id="recordings", wordings=("Are live sessions recorded?", "can i watch the recording later")),
            Indexed(id="alone", wordings=("when is the recording due",)),
        ]
    )
    assert faq.rank(misplaced)[0].entry == "contact"
    assert faq.rank(misplaced, leaving_out=misplaced)[0].entry == "recordings"
    assert "alone" not in {match.entry for match in faq.rank("recording due", leaving_out="when is the recording due")}
