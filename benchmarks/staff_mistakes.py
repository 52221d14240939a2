"""Staff's mistakes in the two files: how many are named on their line, and how long reading takes.

python -m benchmarks.staff_mistakes [how many keystrokes]
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bot.content.courses import read_courses
from bot.content.decoding import LARGEST
from bot.content.faq import read_faq
from tests.content.keystrokes import judge, keystrokes

ROOT = Path(__file__).parents[1]
SIZES = (100_000, 300_000, 390_000)
SPOILT: dict[str, Callable[[str], str]] = {
    "indented with Tabs": lambda text: re.sub(r"(?m)^( +)", lambda found: "\t" * (len(found[1]) // 2), text),
    "three Tabs far down": lambda text: text[:-9_000] + text[-9_000:].replace("\n    ", "\n\t", 3),
    "an open quote at the top": lambda text: re.sub(r"(?m)^    title: ", '    title: "', text, count=1),
    "the last colon lost": lambda text: " ".join(text.rsplit(": ", 1)),
    "every name misspelt": lambda text: re.sub(r"(?m)^( +(?:- )?\w+):", r"\1x:", text),
    "every name unknown": lambda text: re.sub(r"(?m)^    (\w+): ", r"    zzqq\1: ", text),
    "every value with an &": lambda text: text.replace(": ", ": &"),
    "every dash lost": lambda text: re.sub(r"(?m)^( *)- ", r"\1  ", text),
    "no section named": lambda text: re.sub(r"(?m)^\w+:$", "", text),
    "saved in an old encoding": lambda text: text.replace("a", "ä"),
    "nothing but names": lambda text: "".join(f"name{number}:\n" for number in range(min(11_900, len(text) // 12))),
    "nothing but tags": lambda text: "a: !x x is so good\n" * min(11_900, len(text) // 19),
    "nothing but links": lambda text: (
        "courses:\n  - code: a\n    links:\n" + "      a: b\n" * min(11_900, len(text) // 11)
    ),
    "nothing but brackets": lambda text: "[" * len(text),
    "one list in brackets": lambda text: "courses: [" + "x, " * (len(text) // 3),
    "one line": lambda text: "school: " + "a b: " * (len(text) // 5),
}


def main() -> None:
    """Print the figures."""
    files = {name: (ROOT / f"{name}.yaml").read_text(encoding="utf-8") for name in ("faq", "courses")}
    for name, text in files.items():
        read = read_faq if name == "faq" else read_courses
        started = time.process_time()
        reading = read(text.encode())
        seconds = time.process_time() - started
        print(f"{name}.yaml: {len(text):,} letters, {seconds:.3f} s, {len(reading.problems)} problems")
    for size in SIZES:
        _spoilt(_large(files["courses"], size))
    strokes = [(name, stroke) for name, text in files.items() for stroke in keystrokes(text)]
    chosen = random.Random(1).sample(strokes, min(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000, len(strokes)))
    counted, exact, near, one = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for name, stroke in chosen:
        verdict = judge(name, files[name], stroke)
        if verdict.counts:
            counted[stroke.kind] += 1
            exact[stroke.kind] += verdict.exact
            near[stroke.kind] += verdict.near
            one[stroke.kind] += verdict.messages == 1
    print(f"{len(chosen):,} keystrokes, {counted.total():,} change what a file means; of these")
    for kind in [*sorted(counted), ""]:
        parts = [counter[kind] if kind else counter.total() for counter in (counted, exact, near, one)]
        shares = "  ".join(f"{part / parts[0]:6.1%}" for part in parts[1:])
        print(f"  {kind or 'all':30} {parts[0]:5}  on the line, within one, one message: {shares}")


def _large(text: str, size: int) -> str:
    """Copy the shipped courses, each with a code of its own, until there are so many letters."""
    head, courses = text.split("courses:\n", 1)
    blocks, number = re.split(r"(?m)^(?=  - code: )", courses)[1:], 0
    large = f"{head}courses:\n"
    while len(large) < size:
        block = re.sub(r" +also_called: .*\n", "", blocks[number % len(blocks)])
        number += 1
        large += re.sub(r"code: (\S+)", rf"code: \1-{number}", block) + "\n"
    return large


def _spoilt(good: str) -> None:
    """Print how long a large file takes, and how long it does with each of the mistakes that take longest."""
    times = {"good": _seconds(good.encode())}
    for name, spoil in SPOILT.items():
        times[name] = _seconds(spoil(good).encode("cp1252", "replace")[:LARGEST])
    worst = sorted(times, key=lambda name: -times[name])[:3]
    told = ", ".join(f"{times[name]:.2f} s {name}" for name in worst)
    print(f"{len(good):,} letters of courses: {times['good']:.2f} s; at worst {told}")


def _seconds(data: bytes) -> float:
    taken = []
    for _ in range(3):
        started = time.process_time()
        read_courses(data)
        taken.append(time.process_time() - started)
    return min(taken)


if __name__ == "__main__":
    main()
