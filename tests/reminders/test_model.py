"""The model of `world` holds; and it notices when any of the parts that make it hold is taken out."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.reminders.faults import Fault
from tests.reminders.stories import STORIES, Story
from tests.reminders.world import World

ONCE = {story.__name__: story for _, story in STORIES}


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    yield world
    world.settled = True
    world.teardown()


def test_nothing_is_lost_doubled_or_wrong() -> None:
    thorough = settings(
        max_examples=60,
        stateful_step_count=10,
        derandomize=True,  # what fails here then belongs to the change at hand, not to the luck of the draw
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(World, settings=thorough)


@pytest.mark.parametrize("story", ONCE.values(), ids=ONCE)
def test_a_whole_bot_gets_through(story: Story, world: World) -> None:
    story(world)
    world.settle()


@pytest.mark.parametrize(("fault", "story"), STORIES, ids=[fault.__name__ for fault, _ in STORIES])
def test_a_fault_is_noticed(
    fault: Fault, story: Story, world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault(monkeypatch)
    began = time.perf_counter()
    with pytest.raises(AssertionError, match=r"sent|lost|wanted|time|tried again"):
        story(world)
    with capsys.disabled():
        seconds = time.perf_counter() - began
        print(f"\n  {fault.__name__:33} noticed after {seconds:.2f} s", end="")  # noqa: T201 - it is to be seen
