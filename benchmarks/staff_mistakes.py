"""Staff's mistakes in the two files: how many are named on their line, and how long reading takes.

python -m benchmarks.staff_mistakes [how many keystrokes]
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

from bot.content.courses import read_courses
from bot.content.faq import read_faq
from tests.content.keystrokes import judge, keystrokes

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Print the figures."""
    files = {name: (ROOT / f"{name}.yaml").read_text(encoding="utf-8") for name in ("faq", "courses")}
    for name, text in files.items():
        read = read_faq if name == "faq" else read_courses
        started = time.process_time()
        reading = read(text.encode())
        seconds = time.process_time() - started
        print(f"{name}.yaml: {len(text):,} letters, {seconds:.3f} s, {len(reading.problems)} problems")
    _large(files["courses"])
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


def _large(text: str) -> None:
    head, courses = text.split("courses:\n", 1)
    blocks, number = re.split(r"(?m)^(?=  - code: )", courses)[1:], 0
    large = f"{head}courses:\n"
    while len(large) < 300_000:
        for block in blocks:
            number += 1
            large += re.sub(r"code: (\S+)", rf"code: \1-{number}", block) + "\n"
    started = time.process_time()
    read_courses(large.encode())
    print(f"{len(large):,} letters with {number} courses: {time.process_time() - started:.3f} s")


if __name__ == "__main__":
    main()
