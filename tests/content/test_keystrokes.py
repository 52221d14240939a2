"""A wrong keystroke that changes what a file means is named on its line."""

import random
from pathlib import Path

import pytest

from tests.content.keystrokes import judge, keystrokes

FOLDER = Path(__file__).parent / "base"


@pytest.mark.parametrize("file", ["faq", "courses"])
def test_most_keystrokes_are_named_on_their_line(file: str) -> None:
    good = (FOLDER / f"{file}.yaml").read_text(encoding="utf-8")
    sample = random.Random(1).sample(list(keystrokes(good)), 60)  # noqa: S311 - the same sample in every run
    verdicts = [judge(file, good, stroke) for stroke in sample]
    counting = [verdict for verdict in verdicts if verdict.counts]
    assert sum(verdict.exact for verdict in counting) >= 0.9 * len(counting)
    assert sum(verdict.near for verdict in counting) >= 0.95 * len(counting)
    assert sum(verdict.messages == 1 for verdict in counting) >= 0.85 * len(counting)
