"""The report says what was asked and whether it helped, names nobody, and hides numbers that could."""

from __future__ import annotations

import csv
import sys
from datetime import date, timedelta
from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from bot.staff import picture
from bot.staff.inbox import groups
from bot.staff.report import Report, Row, as_csv, in_bars, report
from bot.store.questions import Count, Counted
from tests.staff.desk import asked, base

LAST = date(2026, 11, 22)
ZOOM = ("is it on zoom", "is the class on zoom", "IS IT ON ZOOM???")
FORMULA = ("=1+1 park", "=1+1 park?", "=1+1 park!!")


def _counted(
    what: Count, *numbers: int, entry: str | None = None, course: str | None = None, last: date = LAST
) -> list[Counted]:
    """Count these numbers, one a day, the last one on the last day."""
    days = [last - timedelta(days=back) for back in reversed(range(len(numbers)))]
    return [
        Counted(day=day, what=what, entry=entry, course=course, count=number)
        for day, number in zip(days, numbers, strict=True)
        if number
    ]


def _report(*counted: list[Counted], days: int = 7, texts: tuple[str, ...] = (), last: date = LAST) -> Report:
    found = groups(asked(*texts), base())
    return report([one for its in counted for one in its], found, base(), last - timedelta(days=days - 1), last)


WEEK = (
    _counted(Count.ASKED, 0, 1, 2, 3, 10, 4, 5, course="PM-101"),
    _counted(Count.ANSWERED, 0, 1, 1, 3, 6, 4, 4, entry="login", course="PM-101"),
    _counted(Count.ANSWERED, 2, entry="zoom"),
    _counted(Count.UNANSWERED, 3, 0, 0, 0),
    _counted(Count.HELPED, 4, 4),
    _counted(Count.NOT_QUITE, 2),
)


def test_totals_rankings_and_what_helped() -> None:
    told = _report(*WEEK, texts=(*ZOOM, "lonely question"))
    assert told.totals[Count.ASKED] == 25
    assert told.totals[Count.ANSWERED] == 21
    assert told.helpful == 80
    assert told.questions == (Row(name="Do I have to log in at a set time?", count=19),)
    assert told.courses == (Row(name="PM-101", count=25),)
    assert told.unanswered == (Row(name="is it on zoom", count=3),)
    assert told.summary == "25 asked · 21 answered · 3 unanswered\n80 % of those who gave feedback were helped"


def test_numbers_under_three_are_shown_nowhere() -> None:
    told = _report(*WEEK, texts=("lonely question",))
    assert [period.counts[Count.ASKED] for period in told.periods] == [0, None, None, 3, 10, 4, 5]
    assert told.totals[Count.NOT_QUITE] is None
    few = _report(_counted(Count.ASKED, 2, course="PM-101"), _counted(Count.HELPED, 9), texts=("lonely question",))
    assert (few.courses, few.unanswered, few.helpful) == ((), (), None)
    for text in (in_bars(few), as_csv(few).decode(), in_bars(told), as_csv(told).decode()):
        assert "under 3" in text
        assert "lonely" not in text


@pytest.mark.parametrize(
    ("days", "length", "periods"),
    [(1, 1, 1), (14, 1, 14), (15, 7, 2), (28, 7, 4), (30, 7, 4), (105, 7, 15), (180, 28, 6)],
)
def test_periods_are_of_one_length_and_end_with_the_last_day(days: int, length: int, periods: int) -> None:
    told = _report(_counted(Count.ASKED, *[3] * days), days=days)
    assert (told.days, len(told.periods), told.totals[Count.ASKED]) == (length, periods, 3 * days)
    assert [period.counts[Count.ASKED] for period in told.periods] == [3 * length] * periods
    assert told.periods[-1].last == LAST
    assert all(
        one.last + timedelta(days=1) == two.first for one, two in zip(told.periods, told.periods[1:], strict=False)
    )


def test_days_outside_are_not_counted() -> None:
    assert _report(_counted(Count.ASKED, *[5] * 9), days=7).totals[Count.ASKED] == 35


def test_the_bars_fit_a_phone_and_are_in_proportion() -> None:
    text = in_bars(_report(*WEEK, texts=("where do I park " * 20,) * 3))
    assert all(len(line) <= 44 for line in text.splitlines())
    assert f"20 Nov {'█' * 11}{'░' * 7} 10/6" in text
    assert f"19 Nov {'█' * 5}{' ' * 13} 3/3" in text


def test_the_table_opens_in_a_spreadsheet_and_holds_no_formula() -> None:
    data = as_csv(_report(*WEEK, texts=FORMULA))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [row["asked"] for row in rows if row["what"] == "period"] == ["0", "under 3", "under 3", "3", "10", "4", "5"]
    assert [row["name"] for row in rows if row["what"] == "unanswered"] == ["'=1+1 park"]
    assert {row["what"]: row["answered"] for row in rows}["questions"] == "19"


PICTURED = {
    "a week": _report(*WEEK, texts=ZOOM),
    "nothing": _report(days=28),
    "much, over new year": _report(
        _counted(Count.ASKED, *[999] * 200, course="X" * 200, last=date(2027, 1, 3)),
        _counted(Count.ANSWERED, *[799] * 200, entry="login", last=date(2027, 1, 3)),
        _counted(Count.UNANSWERED, *[799] * 200, last=date(2027, 1, 3)),
        _counted(Count.HELPED, *[999] * 200, last=date(2027, 1, 3)),
        days=200,
        texts=("W" * 200,) * 3 + ("$x^2$ \\frac{ 😭 متى الدرس القادم 何時",) * 3,
        last=date(2027, 1, 3),
    ),
}


@pytest.mark.parametrize("case", PICTURED)
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_in_the_picture_overlaps_or_is_cut_off(case: str, dark: bool) -> None:
    figure = picture.draw(PICTURED[case], dark=dark)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib's
    texts = [*figure.texts, *(label for axes in figure.axes if axes.axison for label in axes.get_xticklabels())]
    boxes = {text: text.get_window_extent() for text in texts if text.get_text()}
    for text, box in boxes.items():
        assert figure.bbox.x0 <= box.x0, text.get_text()
        assert box.x1 <= figure.bbox.x1, text.get_text()
    for (one, box), (two, other) in combinations(boxes.items(), 2):
        assert not box.overlaps(other), (one.get_text(), two.get_text())


def test_the_picture_is_as_wide_as_a_phone_can_show() -> None:
    data = picture.picture(PICTURED["a week"], dark=True)
    assert data is not None
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20]) == 1080


def test_without_matplotlib_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    assert picture.picture(PICTURED["a week"], dark=False) is None
