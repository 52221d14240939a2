import pytest

from bot.answering.chatter import is_chatter, seems_chatter


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
        "so what can you help me with?",
        "what are you able to do",
        "What are your features",
        "please tell me who you are",
        "show me what you can do!",
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
        "what can you do if you miss a session",
        "tell me what you do when you miss a session",
        "¿a qué hora es la clase?",
    ],
)
def test_one_word_about_something_makes_it_a_question(text: str) -> None:
    assert not is_chatter(text)


@pytest.mark.parametrize(
    "text",
    [
        "finally submitted my essay, off to bed",
        "she said the recording will be up on monday",
        "that was so much fun, see you all next week",
        "our professor is so funny, i nearly cried",
        "what a week, everyone here is so tired",
        "he told us about his time at sea and we forgot the slides",
    ],
)
def test_what_people_tell_each_other_seems_to_ask_nothing(text: str) -> None:
    assert seems_chatter(text)
    assert not is_chatter(text)


@pytest.mark.parametrize(
    "text",
    [
        "when is it due",
        "i missed the session last night",
        "can't make it thursday",
        "my password does not work",
        "i live in hawaii, is it 6 for me or for you",
        "stop the reminders",
        "zoom link",
        "sync vs async",
        "she said the recording will be up on monday, is it?",
    ],
)
def test_questions_and_trouble_and_bare_words_seem_to_ask_something(text: str) -> None:
    assert not seems_chatter(text)
