"""The report as a picture of one page, wide enough for a phone and no wider. It needs the extra `report`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.staff.report import LISTS, NOTHING, PERIODS, TOO_FEW, Report, Row, cut
from bot.store.questions import Count

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INCHES, DOTS = 6.0, 180
"""The width of the page, and dots an inch: 1080 dots, of which a phone shows about every third."""
HEAD, CHART, HEADING, LINE, FOOT = 1.3, 2.55, 0.68, 0.55, 0.45
"""Heights in inches: of the title, the chart, the heading of a list, a row of it, and the note below."""
LARGE, MEDIUM, SMALL = 17, 14, 12

ASKED, ANSWERED, HELPED = "asked", "answered", "helped"
COUNT_AXIS = "Questions {period}"
SUPPRESSED = "Numbers {few} are left out. No names are stored."


@dataclass(frozen=True, kw_only=True)
class _Colours:
    page: str
    text: str
    faint: str
    asked: str
    answered: str
    helped: str


LIGHT = _Colours(page="#ffffff", text="#1f2328", faint="#656d76", asked="#c6d4f5", answered="#3b5bdb", helped="#d9480f")
DARK = _Colours(page="#1e1f22", text="#f2f3f5", faint="#a5a9b0", asked="#3d4a78", answered="#8ba4ff", helped="#ffa94d")


def picture(told: Report, *, dark: bool) -> bytes | None:
    """Draw the report as a PNG; None where matplotlib is not installed. Takes a second: not in the event loop."""
    try:
        figure = draw(told, dark=dark)
    except ImportError:
        return None
    written = io.BytesIO()
    figure.savefig(written, format="png")
    return written.getvalue()


def draw(told: Report, *, dark: bool) -> Figure:
    """Lay the page out; raises ImportError where matplotlib is not installed."""
    from matplotlib.figure import Figure  # takes half a second to import: only when needed

    colours = DARK if dark else LIGHT
    height = HEAD + CHART + sum(_height(getattr(told, field)) for field in LISTS) + FOOT
    figure = Figure(figsize=(INCHES, height), dpi=DOTS, facecolor=colours.page)
    page = _Page(figure, height, colours)
    page.head(told)
    page.chart(told)
    for field, heading in LISTS.items():
        page.ranking(heading, getattr(told, field))
    page.foot()
    return figure


def _height(rows: Sequence[Row]) -> float:
    return HEADING + LINE * max(len(rows), 1)


class _Page:
    """Fills a figure from the top. Places are in inches from the left and from the top."""

    def __init__(self, figure: Figure, height: float, colours: _Colours) -> None:
        self._figure, self._height, self._colours = figure, height, colours
        self._at = 0.0

    def head(self, told: Report) -> None:
        self._write(told.title, 0.42, LARGE, weight="bold")
        for number, line in enumerate(told.summary.split("\n")):
            self._write(line, 0.78 + 0.26 * number, MEDIUM, colour=self._colours.faint)
        self._at = HEAD

    def chart(self, told: Report) -> None:
        """Bars of what was asked, and in them of what was answered; dots for how many said that it helped."""
        from matplotlib.ticker import MaxNLocator

        colours, periods = self._colours, told.periods
        axes = self._axes(top=0.72, height=CHART - 1.1, left=0.75, right=0.3)
        places = range(len(periods))
        for count, colour, width in ((Count.ASKED, colours.asked, 0.8), (Count.ANSWERED, colours.answered, 0.5)):
            axes.bar(places, [period.counts[count] or 0 for period in periods], width=width, color=colour)
        helped = [(place, number) for place in places if (number := periods[place].counts[Count.HELPED])]
        axes.scatter([place for place, _ in helped], [number for _, number in helped], color=colours.helped, zorder=3)
        axes.set_xlim(-0.6, len(periods) - 0.4)
        axes.set_ylim(bottom=0, top=max(1, *(period.counts[Count.ASKED] or 0 for period in periods)) * 1.1)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        every = max(1, -(-len(periods) // 5))
        shown = [place for place in places if place % every == 0]
        axes.set_xticks(shown, [f"{periods[place].first.day} {periods[place].first:%b}" for place in shown])
        axes.tick_params(labelsize=SMALL, colors=colours.faint, length=0)
        axes.grid(axis="y", color=colours.faint, alpha=0.25)
        axes.set_axisbelow(True)
        self._write(COUNT_AXIS.format(period=PERIODS[told.days]), 0.18, MEDIUM, weight="bold")
        self._legend()
        self._at += CHART

    def ranking(self, heading: str, rows: Sequence[Row]) -> None:
        """A list of bars, each below its name, so that a long name has the whole width."""
        colours = self._colours
        self._write(heading, 0.38, MEDIUM, weight="bold")
        self._at += HEADING
        for row in rows:
            self._write(self._written(row.name), 0.0, SMALL)
            axes = self._axes(top=0.12, height=0.17, left=0.3, right=0.9)
            axes.barh([0], [row.count], color=colours.answered)
            axes.set_xlim(0, rows[0].count)
            axes.set_axis_off()
            self._write(str(row.count), 0.21, SMALL, left=INCHES - 0.82, weight="bold")
            self._at += LINE
        if not rows:
            self._write(NOTHING, 0.0, SMALL, colour=colours.faint)
            self._at += LINE

    def foot(self) -> None:
        self._write(SUPPRESSED.format(few=TOO_FEW), 0.1, SMALL, colour=self._colours.faint)

    def _legend(self) -> None:
        colours, left = self._colours, 0.3
        for name, colour in ((ASKED, colours.asked), (ANSWERED, colours.answered), (HELPED, colours.helped)):
            self._write("●" if name == HELPED else "■", 0.47, MEDIUM, left=left, colour=colour)
            self._write(name, 0.48, SMALL, left=left + 0.22, colour=colours.faint)
            left += 0.6 + 0.1 * len(name)

    def _axes(self, *, top: float, height: float, left: float, right: float) -> Axes:
        bottom = self._height - self._at - top - height
        box = (left / INCHES, bottom / self._height, (INCHES - left - right) / INCHES, height / self._height)
        axes = self._figure.add_axes(box, facecolor="none")
        for side in axes.spines.values():
            side.set_visible(False)
        return axes

    def _write(self, text: str, top: float, size: int, *, left: float = 0.3, colour: str = "", **style: Any) -> None:
        place = left / INCHES, 1 - (self._at + top) / self._height
        self._figure.text(
            *place, text, size=size, color=colour or self._colours.text, va="center", parse_math=False, **style
        )

    def _written(self, name: str) -> str:
        """Leave out what the font cannot draw, such as emoji, and what does not fit on the line."""
        from matplotlib.font_manager import findfont, get_font

        font = get_font(findfont("DejaVu Sans"))
        font.set_size(SMALL, DOTS)
        text = " ".join("".join(sign for sign in name if font.get_char_index(ord(sign))).split()) or "…"
        for letters in range(len(text), 0, -1):
            font.set_text(cut(text, letters))
            if font.get_width_height()[0] / 64 <= (INCHES - 0.6) * DOTS:
                return cut(text, letters)
        return "…"
