"""Make bot/answering/chatter.json: by what build of a line one knows that it asks the bot nothing.

    python benchmarks/chatter.py bot/answering/chatter.json

Draws lines from the patterns in benchmarks/utterances, chatter.txt against all others, and fits a logistic regression
with few weights (L1) to their marks. Needs scikit-learn, and seconds. First it prints how it does on a fifth of the
patterns that it has not seen.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.patterns import KINDS, UTTERANCES, draw, read
from bot.answering.chatter import SURE, marks

CHATTER = "chatter.txt"
DRAWS = {True: 6, False: 3}
"""Lines from a pattern, of chatter and of others."""
FEWER_WEIGHTS = 0.3
"""The inverse of how much a weight costs."""
SEEN_OFTEN = 5
"""In how many lines a mark must stand."""
HELD_BACK = 0.2


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("out", type=Path)
    out: Path = parser.parse_args().out
    dice = random.Random(3)
    lines: list[tuple[str, bool]] = []
    unseen: list[tuple[str, bool]] = []
    for file, patterns in read(UTTERANCES).items():
        chatter = file == CHATTER
        for pattern in patterns:
            if not re.search(KINDS, pattern):
                drawn = dict.fromkeys(draw(pattern, {}, dice) for _ in range(DRAWS[chatter]))
                (unseen if dice.random() < HELD_BACK else lines).extend((line, chatter) for line in drawn)
    weights = fit(lines)
    for chatter, named in ((True, "chatter told"), (False, "requests taken for chatter")):
        scores = [sum(weights.get(mark, 0.0) for mark in marks(line)) for line, its in unseen if its is chatter]
        print(f"{named}: {sum(score > SURE for score in scores) / len(scores):.1%} of {len(scores)} unseen lines")
    weights = fit([*lines, *unseen])
    out.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(weights)} weights")


def fit(lines: Sequence[tuple[str, bool]]) -> dict[str, float]:
    """Fit a weight to each mark that tells something; their sum is the log odds of chatter, were both as frequent."""
    vectorizer = CountVectorizer(analyzer=marks, min_df=SEEN_OFTEN, binary=True)
    counted = vectorizer.fit_transform([line for line, _ in lines])
    regression = LogisticRegression(
        C=FEWER_WEIGHTS, l1_ratio=1, solver="liblinear", class_weight="balanced", fit_intercept=False, random_state=0
    )
    regression.fit(counted, [chatter for _, chatter in lines])
    fitted = zip(vectorizer.get_feature_names_out(), regression.coef_[0], strict=True)
    return {mark: round(float(weight), 2) for mark, weight in fitted if abs(weight) >= 0.005}


if __name__ == "__main__":
    main()
