"""The real sender on the real wire, killed amid its work while Discord fails: nothing is lost, nothing is doubled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from benchmarks import moves_kill
from benchmarks.reminders_kill import SMALL, Outcome, endure

KILLED = replace(SMALL, people=40, kills=2, storms=0)
ONE_STORM = replace(SMALL, people=10, items=2, kills=0, long_outages=0, stagger=1)
ORDEALS = {
    "whole": KILLED,
    "random nonce": replace(ONE_STORM, nonce=False),
    "no history": replace(ONE_STORM, history=False),
}


@pytest.fixture(scope="module")
def endured() -> tuple[dict[str, Outcome], moves_kill.Outcome]:
    """All of them at the same time, as they wait most of it."""
    with ThreadPoolExecutor() as threads:
        moved = threads.submit(moves_kill.endure, moves_kill.SMALL)
        return dict(zip(ORDEALS, threads.map(endure, ORDEALS.values()), strict=True)), moved.result()


@pytest.fixture
def outcomes(endured: tuple[dict[str, Outcome], moves_kill.Outcome]) -> dict[str, Outcome]:
    return endured[0]


@pytest.fixture
def moved(endured: tuple[dict[str, Outcome], moves_kill.Outcome]) -> moves_kill.Outcome:
    return endured[1]


def test_kills_and_faults_lose_and_double_nothing(outcomes: dict[str, Outcome]) -> None:
    outcome, ordeal = outcomes["whole"], ORDEALS["whole"]
    assert outcome.kills == ordeal.kills
    assert outcome.sent == outcome.wanted > ordeal.people
    assert (outcome.lost, outcome.doubled, outcome.unasked) == (0, 0, 0)
    assert outcome.seen.histories, "no history was read, so this run shows nothing"


def test_a_moved_deadline_is_told_once_to_each_and_only_when_staff_confirm(moved: moves_kill.Outcome) -> None:
    assert (moved.kills, moved.told, moved.doubled) == (3, moves_kill.SMALL.people, 0)
    assert (moved.early, moved.stale) == (0, 0), "neither the old reminder, nor a notice before its time"


@pytest.mark.parametrize("without", ["random nonce", "no history"])
def test_without_a_part_messages_are_doubled(outcomes: dict[str, Outcome], without: str) -> None:
    assert outcomes[without].lost == 0
    assert outcomes[without].doubled > 0
