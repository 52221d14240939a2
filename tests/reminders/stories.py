"""For each fault the shortest way through the model that shows it; a whole bot gets through every one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from tests.reminders import faults
from tests.reminders.discord import Fate
from tests.reminders.faults import Fault
from tests.reminders.world import LATER, QUIET, Work, World

Story = Callable[[World], None]
TUESDAY, WEDNESDAY, FIVE = 1, 2, time(5)
"""The model begins on a Tuesday at four."""
FIRST_CHECK = 7
"""The unit of work in which a round of work looks at its first claim again: after six that plan, and the claim."""


def works(
    world: World,
    *fates: Fate,
    late: int | None = 0,
    aside: str = "nothing",
    at: int = LATER,
    still: int = 130,
    gap: int = 0,
) -> None:
    gaps = [gap] if gap else []
    world.works(Work(late=late, fates=list(fates), planning=True, aside=aside, at=at, still=still, gaps=gaps))


def begins(world: World, skew: int = 0) -> None:
    world.begin(skew, None, "America/New_York")


def answer_lost(world: World) -> None:
    begins(world)
    works(world, Fate.LOST_AFTER, gap=2)


def answer_lost_and_a_long_wait(world: World) -> None:
    begins(world)
    works(world, Fate.LOST_AFTER, gap=130)


def answer_lost_by_a_clock_that_runs_ahead(world: World) -> None:
    begins(world, skew=7200)
    works(world, Fate.LOST_AFTER, gap=130)


def deadline_moved(world: World) -> None:
    begins(world)
    works(world)
    world.edits("ESSAY", 180, again=False)
    works(world)
    world.settle()


def opted_out_while_it_is_claimed(world: World) -> None:
    begins(world)
    works(world, aside="opt out", at=FIRST_CHECK)


def opted_out_when_it_was_planned(world: World) -> None:
    begins(world)
    works(world, late=None)
    world.says(1, "ESSAY", "out", None, None, "America/New_York")
    works(world)


def called_off_and_on_again(world: World) -> None:
    begins(world)
    works(world, late=None)
    world.edits("LIVE", 0, again=False)
    world.edits("LIVE", 0, again=True)
    works(world)
    works(world)
    world.settle()


def another_process_works_meanwhile(world: World) -> None:
    begins(world)
    works(world, Fate.PAUSE_BEFORE, aside="rival", still=5)


def request_lost(world: World) -> None:
    begins(world)
    works(world, Fate.LOST_BEFORE)
    world.settle()


def crash_and_a_clock_set_back(world: World) -> None:
    begins(world)
    works(world, Fate.CRASH_BEFORE, late=10_800)
    world.turns(1, "back")
    world.settle()


def overtaken_and_refused(world: World) -> None:
    begins(world)
    works(world, Fate.PAUSE_BEFORE, aside="close")


def crash(world: World) -> None:
    begins(world)
    works(world, Fate.CRASH_BEFORE)
    world.settle()


def clock_set_back_while_it_is_claimed(world: World) -> None:
    begins(world)
    works(world, aside="back", at=FIRST_CHECK)


def bot_away_until_it_is_over(world: World) -> None:
    begins(world)
    works(world)
    works(world)
    works(world, late=7_300)


def bot_away_for_two_rules(world: World) -> None:
    begins(world)
    world.true += 36 * 3600
    world.settle()


def opted_in_late(world: World) -> None:
    begins(world)
    world.says(1, "ESSAY", "out", None, None, "America/New_York")
    world.true += 14 * 3600
    world.says(1, "ESSAY", "in", None, None, "America/New_York")
    world.settle()


def session_at_seven_in_the_morning(world: World) -> None:
    world.begin(0, QUIET[1], "America/New_York")
    for _ in range(4):
        works(world)
    world.settle()


def moved_by_five_minutes(world: World) -> None:
    begins(world)
    works(world)
    world.edits("ESSAY", 5, again=False)
    works(world)


def closed_direct_messages(world: World) -> None:
    begins(world)
    world.turns(1, "shut")
    for _ in range(3):
        works(world)
    world.settle()


def done(world: World) -> None:
    begins(world)
    works(world)
    world.presses(0, None)
    for _ in range(3):
        works(world)


def snoozed(world: World) -> None:
    begins(world)
    works(world)
    world.presses(0, 10)
    world.true += 600
    world.settle()


def called_off(world: World) -> None:
    begins(world)
    world.edits("LIVE", 0, again=False)
    works(world)
    works(world)


def moved_and_moved_back(world: World) -> None:
    begins(world)
    works(world, late=None)
    world.true += 10
    world.edits("ESSAY", 180, again=False)
    works(world, late=None, gap=60)
    world.edits("ESSAY", -180, again=False)
    world.settle()


def moved_and_nothing_else_wanted(world: World) -> None:
    begins(world)
    works(world, late=None)
    world.true += 10
    world.edits("ESSAY", 180, again=False)
    works(world, Fate.CRASH_AFTER, late=None, gap=121)
    world.settle()


def followed_after_the_move(world: World) -> None:
    begins(world)
    world.says(2, "ESSAY", "out", None, None, "America/New_York")
    works(world, late=None)
    world.true += 10
    world.edits("ESSAY", 180, again=False)
    world.true += 10
    world.says(2, "ESSAY", "in", None, None, "America/New_York")
    world.settle()


def moved_and_held(world: World) -> None:
    begins(world)
    works(world, late=None)
    world.true += 10
    world.edits("ESSAY", 180, again=False)
    world.decides(hold=True)
    world.settle()
    world.decides(hold=False)
    world.settle()


def reminder_due_while_it_is_moved(world: World) -> None:
    begins(world)
    works(world, late=None)
    world.true += world.school.starts_at("ESSAY") - 7200 - 60 - world.now
    world.tick(planning=True)
    world.edits("ESSAY", -60, again=False)
    works(world, late=None)
    world.settle()


def session_moved_a_minute_before_it_begins(world: World) -> None:
    begins(world)
    works(world, late=None)
    world.true += world.school.starts_at("LIVE") - 60 - world.now
    world.edits("LIVE", 180, again=False)
    works(world, late=None, gap=31)
    world.settle()


def session_called_off_while_it_is_on(world: World) -> None:
    begins(world)
    works(world, late=None)
    world.true += world.school.starts_at("LIVE") + 300 - world.now
    world.tick(planning=True)
    world.edits("LIVE", 0, again=False)
    works(world, late=None)
    world.settle()


def bot_away_until_all_is_over(world: World) -> None:
    begins(world)
    works(world, late=None)
    world.true += 37 * 3600 + 3 * 86400
    world.settle()


def week_wished_for(world: World) -> None:
    begins(world)
    world.asks_for_weeks(1, TUESDAY, FIVE)
    works(world)
    world.settle()


def week_wished_for_twice(world: World) -> None:
    begins(world)
    world.says(1, "ESSAY", "out", None, None, "America/New_York")
    world.asks_for_weeks(1, TUESDAY, FIVE)
    works(world)
    world.asks_for_weeks(1, WEDNESDAY, FIVE)
    works(world)
    works(world)
    world.settle()


def week_wished_for_too_late(world: World) -> None:
    begins(world)
    world.true += 2 * 3600
    world.asks_for_weeks(1, TUESDAY, FIVE)
    world.settle()


STORIES: tuple[tuple[Fault, Story], ...] = (
    (faults.nonce_at_random, answer_lost),
    (faults.no_history, answer_lost_and_a_long_wait),
    (faults.history_only_since_the_try, answer_lost_by_a_clock_that_runs_ahead),
    (faults.no_start_in_the_key, deadline_moved),
    (faults.no_second_look, opted_out_while_it_is_claimed),
    (faults.unwanted_stays_planned, opted_out_when_it_was_planned),
    (faults.dropped_for_ever, called_off_and_on_again),
    (faults.claim_ignores_leases, another_process_works_meanwhile),
    (faults.leases_never_end, request_lost),
    (faults.leases_survive_a_clock_set_back, crash_and_a_clock_set_back),
    (faults.record_ignores_the_owner, overtaken_and_refused),
    (faults.recorded_before_it_is_sent, crash),
    (faults.too_early, clock_set_back_while_it_is_claimed),
    (faults.too_late, bot_away_until_it_is_over),
    (faults.each_rule_by_itself, bot_away_for_two_rules),
    (faults.from_before_the_opt_in, opted_in_late),
    (faults.quiet_hours_unheard, session_at_seven_in_the_morning),
    (faults.small_moves_told_again, moved_by_five_minutes),
    (faults.first_fault_is_final, request_lost),
    (faults.closed_messages_tried_again, closed_direct_messages),
    (faults.ticked_off_unheard, done),
    (faults.put_off_unheard, snoozed),
    (faults.cancelled_unheard, called_off),
    (faults.told_at_once, moved_and_moved_back),
    (faults.told_before_it_is_taken_over, moved_and_nothing_else_wanted),
    (faults.told_to_late_followers, followed_after_the_move),
    (faults.sequence_not_raised, moved_and_nothing_else_wanted),
    (faults.held_and_yet_told, moved_and_held),
    (faults.reminded_while_it_changes, reminder_due_while_it_is_moved),
    (faults.told_too_late, session_moved_a_minute_before_it_begins),
    (faults.over_as_soon_as_it_begins, session_called_off_while_it_is_on),
    (faults.outages_untold, bot_away_until_all_is_over),
    (faults.weeks_untold, week_wished_for),
    (faults.weeks_told_anew, week_wished_for_twice),
    (faults.weeks_of_before_the_wish, week_wished_for_too_late),
)
