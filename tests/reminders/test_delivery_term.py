"""A term goes by, with edits, changed minds and outages: just what should be sent is sent, and each text is right."""

from __future__ import annotations

from benchmarks.reminders_term import simulate


def test_a_term_with_outages() -> None:
    expected, problems = simulate(people=25, seed=1)
    assert expected > 500
    assert problems == []
