"""What reading texts costs, beside finding their words and nothing more, in one run."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.test_benchmarks import WAYS, measure
from tests.texts.score import read_open
from tracker.proofing import Facts, proof_read

_WORD = re.compile(r"[^\W\d_]+")
_LENGTH = 5_000
_TEXTS = 200


@cache
def long_texts(*, distinct: bool) -> list[tuple[str, Facts]]:
    """Return texts of 5 000 characters from the labelled ones; `distinct`: no sentence stands in two of them."""
    labelled = [one for held in read_open().values() for one in held]
    chance = random.Random(5)  # noqa: S311  the same texts each time
    texts = []
    for number in range(_TEXTS):
        text = ""
        while len(text) < _LENGTH:
            text += chance.choice(labelled).text + "\n"
        if distinct:
            text = text.replace(".", f" ({number} lm).")
        texts.append((text[:_LENGTH], chance.choice(labelled).facts))
    return texts


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("distinct", [False, True], ids=["repeated", "distinct"])
def test_proof_reading(benchmark: BenchmarkFixture, way: str, *, distinct: bool) -> None:
    texts = long_texts(distinct=distinct)
    acts = {
        "bare": lambda: [_WORD.findall(text.lower()) for text, _ in texts],
        "tertial": lambda: [proof_read(text, facts) for text, facts in texts],
    }
    kind = "whose sentences are all different" if distinct else "whose sentences stand in several"
    measure(benchmark, f"proof-read {_TEXTS} texts of {_LENGTH} characters {kind}", acts[way], rounds=3)


def test_a_keystroke(benchmark: BenchmarkFixture) -> None:
    text, facts = long_texts(distinct=False)[0]
    typed = iter(range(10**6))
    measure(
        benchmark,
        f"proof-read a text of {_LENGTH} characters after a keystroke",
        lambda: proof_read(f"{text} {next(typed)}", facts),
        rounds=200,
    )
