import pytest

from bot.answering.chatter import is_chatter


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "😀🎉",
        "???",
        "42",
        "\0\u202e",
        "hi!!",
        "heyyyy everyone",
        "Good morning all",
        "hello, how are you today?",
        "thank you sooo much!",
        "ok got it thx",
        "hahaha lol",
        "that's great, thanks a lot",
        "no problem 👍",
        "who are you?",
    ],
)
def test_small_talk_is_no_question(text: str) -> None:
    assert is_chatter(text)


@pytest.mark.parametrize(
    "text",
    [
        "thanks, when is it due?",
        "hi is pm101 live",
        "ok but what if i miss it",
        "recordings?",
        "good morning, who do I contact",
        "¿a qué hora es la clase?",
    ],
)
def test_one_word_about_something_makes_it_a_question(text: str) -> None:
    assert not is_chatter(text)
