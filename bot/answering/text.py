"""What people type becomes words: one spelling, one form, one stem for each.

Students write on phones: no apostrophes, "u" and "pls", curly quotes, emoji. Everything that compares texts does it on
these words, so that two spellings of the same thing meet here and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from snowballstemmer.english_stemmer import EnglishStemmer  # type: ignore[import-untyped]  # ships no types

LONGEST = 2000
"""Characters of a text that are looked at; what follows is not read."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ANY_APOSTROPHE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})

_NEGATED = ("are", "could", "did", "do", "does", "had", "has", "have", "is", "need", "should", "was", "were", "would")
_SUBJECTS = {
    "i": ("m", "ve"),
    "you": ("re", "ve"),
    "we": ("ve",),
    "they": ("re", "ve"),
    "what": ("s", "re"),
    "how": ("s",),
    "where": ("s",),
    "when": ("s",),
    "who": ("s",),
    "that": ("s",),
    "there": ("s",),
    "it": (),
    "he": ("s",),
    "she": ("s",),
}
_ENDINGS = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}

_SHORT_FORMS = {
    # contractions that do not split where they are written
    "can't": "can not",
    "cant": "can not",
    "cannot": "can not",
    "won't": "will not",
    "wont": "will not",
    "let's": "let us",
    "it's": "it is",
    **{f"{verb}nt": f"{verb} not" for verb in _NEGATED},
    **{f"{who}{end}": f"{who} {_ENDINGS.get(chr(39) + end, 'is')}" for who, ends in _SUBJECTS.items() for end in ends},
    **{f"{who}'s": f"{who} is" for who in _SUBJECTS},
    # chat
    "u": "you",
    "ur": "your",
    "urself": "yourself",
    "r": "are",
    "y": "why",
    "n": "and",
    "k": "ok",
    "okay": "ok",
    "pls": "please",
    "plz": "please",
    "plss": "please",
    "thx": "thanks",
    "thnx": "thanks",
    "tnx": "thanks",
    "ty": "thanks",
    "tysm": "thanks",
    "bc": "because",
    "cuz": "because",
    "cos": "because",
    "b4": "before",
    "tmrw": "tomorrow",
    "tmr": "tomorrow",
    "tomo": "tomorrow",
    "tmw": "tomorrow",
    "2day": "today",
    "2nite": "tonight",
    "2morrow": "tomorrow",
    "abt": "about",
    "thru": "through",
    "tho": "though",
    "ppl": "people",
    "wat": "what",
    "wut": "what",
    "wot": "what",
    "wht": "what",
    "whn": "when",
    "wen": "when",
    "nxt": "next",
    "teh": "the",
    "coz": "because",
    "rly": "really",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "have to",
    "hafta": "have to",
    "dunno": "do not know",
    "lemme": "let me",
    "gimme": "give me",
    "idk": "i do not know",
    "shld": "should",
    "wld": "would",
    "cld": "could",
    "hv": "have",
    "msg": "message",
    "msgs": "messages",
    "pw": "password",
    "pwd": "password",
    "acct": "account",
    "info": "information",
    "doc": "document",
    "docs": "documents",
    "pic": "picture",
    "pics": "pictures",
    "vid": "video",
    "vids": "videos",
    "num": "number",
    "mins": "minutes",
    "hrs": "hours",
    "asap": "soon",
    # school
    "hw": "homework",
    "hwk": "homework",
    "prof": "professor",
    "profs": "professors",
    "uni": "university",
    "sem": "semester",
    "reqs": "requirements",
    "req": "requirement",
    "asgmt": "assignment",
    "asgmts": "assignments",
    "assgn": "assignment",
    "async": "asynchronous",
    "asynch": "asynchronous",
    "sync": "synchronous",
    "synch": "synchronous",
    "sched": "schedule",
    "grad": "graduate",
    "undergrad": "undergraduate",
    "undergrads": "undergraduates",
    "math": "mathematics",
    "maths": "mathematics",
    "fulltime": "full time",
    "parttime": "part time",
    "login": "log in",
    "logon": "log on",
    "logins": "log in",
    "signup": "sign up",
    "esl": "english",
    "recs": "recordings",
}


def _listed(plain: str) -> frozenset[str]:
    return frozenset(plain.split())


FUNCTION_WORDS = _listed("""
    a an the i me my mine we us our you your it its he she they them their this that these those there here
    is are am was were be been being do does did done doing have has had having can could will would shall should may
    might must to of in on at for from with by and or but if so then than as not no just also too very really please
    get got about into up out some any all because ok hi hello hey thanks want need know tell let like
""")
"""Words that hold a sentence together and say little about its subject."""

QUESTION_WORDS = _listed("what when where who whom whose why how which")


def normalise(text: str) -> str:
    """Write `text` in plain lower-case words with one space between them; doing it twice changes nothing.

    Accents, punctuation, emoji and control characters go; contractions and chat abbreviations are written out.
    """
    written: list[str] = []
    length = 0
    for word in _as_typed(text):
        for part in _written_out(word).split():
            length += len(part) + 1
            if length > LONGEST + 1:
                return " ".join(written)
            written.append(part)
    return " ".join(written)


def plain_words(text: str) -> list[str]:
    """Split into plain lower-case words with nothing written out: names, in which HR is no hour."""
    return [word.removesuffix("'s").replace("'", "") for word in _as_typed(text)]


def words(text: str) -> list[str]:
    """Split into normalised words."""
    return normalise(text).split()


def stems(text: str) -> list[str]:
    """Split into the stems of the normalised words, in the order written."""
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Cut a normalised English word to its stem; words with a digit stay whole."""
    if not word.isalpha() or word in FUNCTION_WORDS or word in QUESTION_WORDS:
        return word
    stemmed: str = EnglishStemmer().stemWord(word)  # a stemmer holds state while it works: one for each call
    return stemmed


def _as_typed(text: str) -> list[str]:
    """Split into lower-case words with straight apostrophes, without accents and invisible characters."""
    plain = text[:LONGEST].translate(_ANY_APOSTROPHE)
    if plain.isascii():  # as nearly all of it is, and then there is nothing to take off
        return _WORD.findall(plain.casefold())
    plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if unicodedata.category(c) not in ("Mn", "Cf"))
    return _WORD.findall(plain.translate(_ANY_APOSTROPHE))


@lru_cache(maxsize=20_000)
def _written_out(word: str) -> str:
    """Write a contraction or abbreviation in full; possessives lose their ending."""
    if word in _SHORT_FORMS:
        return _SHORT_FORMS[word]
    for ending, written in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return _plain(word[: -len(ending)]) + " " + written
    return _plain(word.removesuffix("'s"))


def _plain(word: str) -> str:
    """Join what an apostrophe splits (o'clock), and write that out if it is short for something."""
    joined = word.replace("'", "")
    return _SHORT_FORMS.get(joined, joined)
