"""Tells small talk from questions: greetings, thanks, laughter and nods ask for nothing, nor does much of what people
say to each other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from bot.answering.text import normalise, words

FILE = Path(__file__).with_name("chatter.json")
SURE = 1.0
"""The log odds from which on a text seems to be chatter, were chatter as frequent as requests."""
_START = "^"

_LAUGHTER = re.compile(
    r"a?(?:ha|he|hi|ja){2,}h?|l+o+l+(?:o+l+)*|l+m+f?a+o+|r+o+f+l+|x+d+|h+m+|a+w+|o+h+|a+h+|u+h+|u+m+"
)
_STRETCHED = re.compile(r"(.)\1{2,}")
_SMALL_TALK = re.compile(
    r"\b(?:"
    r"how (?:are|r) (?:you|things)(?: doing| going)?|how is it going|how do you do|what is (?:up|new|good)|"
    r"good (?:morning|afternoon|evening|night|day|bot|job|one|luck|to know)|nice (?:one|to meet you)|"
    r"(?:thank you|(?:many )?thanks|cheers|appreciate it)(?: a lot)?(?: (?:very|so|ever)(?: so)? much)?|"
    r"much appreciated|"
    r"(?:that|this|it) (?:is|was) (?:very |really |so )?(?:it|all|great|good|helpful|cool|nice|perfect|fine|funny)|"
    r"(?:that|this) (?:helps|helped|works|worked|makes sense)(?: a lot)?|makes sense|"
    r"got it|i (?:see|understand|got it|know)|no (?:problem|worries|thanks|need)|never mind|all good|of course|"
    r"you (?:are|r) (?:welcome|great|the best|awesome|funny|amazing)|well done|same here|me (?:too|neither)|"
    r"see you|take care|talk (?:to you )?later|have a (?:good|nice|great) (?:day|one|night|evening|weekend)|"
    r"are you (?:a )?(?:real|human|bot|robot|there|alive|ok)(?: person)?|who (?:are you|made you)|"
    r"what (?:else )?(?:can|do|could) you (?:do|know|help (?:me |us )?with)|how (?:can|do) you (?:work|help)|"
    r"what are you(?: capable of| able to do| good (?:at|for)| here for| for)?|"
    r"what are your (?:functions|features|skills)|"
    r"^(?:help(?: me)?|commands?|menu|start)$|"
    r"what is your name|do you have a name|how old are you|tell me a joke|i love you|"
    r"(?:tell|show) me (?:what your name is|your name|about yourself|who you are|what you (?:are|do|know|can do))"
    r")\b"
)
_NODS = frozenset(
    """hi hello hey heya hiya howdy yo greetings sup morning afternoon evening gn gm bye goodbye cya thanks thank cheers
    ok oki okey alright sure yes yeah yep yup ya no nope nah cool nice great good awesome perfect wow amazing excellent
    brilliant lovely sweet fine true right exactly indeed agreed same sorry oops welcome please brb gtg np nvm omg wtf
    damn lol lmao rofl haha hehe""".split()  # noqa: SIM905  # reads better than forty quoted words
)
_FILLER = frozenset(
    """all a the and so for that this it then now again today tonight you your u me my very much really too bot there
    everyone everybody guys folks team people class friend buddy mate man dude sir madam professor help answer reply
    information well just but oh""".split()  # noqa: SIM905
)


def is_chatter(text: str) -> bool:
    """Tell whether `text` asks nothing: empty, emoji or numbers only, a greeting, thanks, laughter, a nod.

    One word beyond these makes it a question: "thanks, when is it due?" is none of them.
    """
    plain = _STRETCHED.sub(r"\1", normalise(text))
    if not any(c.isalpha() for c in plain):
        return True
    rest, small_talk = _SMALL_TALK.subn(" ", plain)
    others = rest.split()
    nods = sum(word in _NODS or _LAUGHTER.fullmatch(word) is not None for word in others)
    return small_talk + nods > 0 and all(w in _NODS or w in _FILLER or _LAUGHTER.fullmatch(w) for w in others)


def seems_chatter(text: str) -> bool:
    """Tell whether `text` reads like a remark to other people rather than like a question or a request.

    A guess, unlike `is_chatter`, and learned: benchmarks/chatter.py says how often it is wrong.
    """
    weights = _weights()
    return sum(weights.get(mark, 0.0) for mark in marks(text)) > SURE


def marks(text: str) -> frozenset[str]:
    """By what a text is judged: its words, which of them follow each other or begin it, and a question mark."""
    said = [_START, *words(text)]
    asks = {"?"} if "?" in text else set()
    return frozenset({*said, *map(" ".join, pairwise(said)), *asks})


@cache
def _weights() -> Mapping[str, float]:
    weights: dict[str, float] = json.loads(FILE.read_text(encoding="utf-8"))
    return weights
