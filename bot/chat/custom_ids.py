"""What a button remembers, packed into its custom_id, so that it still works after a restart.

Discord allows 100 characters. Ids and codes that staff chose can be longer than that, so they are remembered by a short
digest and looked up again when the button is pressed. `asker` is the person whom a public question belongs to, or 0 on
a private card.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2s

NOBODY = 0
_KEY = "[0-9a-f]{12}"
_ASKER = r"(?P<asker>\d{1,20})"

ANSWER = rf"answer:{_ASKER}:(?P<entry>{_KEY}):(?P<course>{_KEY}|-)"
RELATED = rf"related:(?P<entry>{_KEY}):(?P<course>{_KEY}|-)"
COURSE = rf"course:{_ASKER}:(?P<course>{_KEY})"
SCHEDULE = rf"schedule:{_ASKER}:(?P<course>{_KEY}):(?P<days>\d{{1,3}})"
DATES = rf"dates:(?P<course>{_KEY})"
CALENDAR = rf"calendar:(?P<course>{_KEY}|-)"
NONE_OF_THESE = rf"none:{_ASKER}"
REMOVE = rf"remove:{_ASKER}"
SHOW = "show"
HELPED = rf"helped:(?P<entry>{_KEY}):(?P<course>{_KEY}|-)"
NOT_QUITE = rf"not-quite:(?P<entry>{_KEY}):(?P<course>{_KEY}|-)"
PASS_ON = rf"pass-on:(?P<entry>{_KEY}):(?P<course>{_KEY}|-)"
FEEDBACK = ("helped:", "not-quite:")
"""How the custom_ids of the buttons begin by which a person says what an answer was worth."""
SUITS = "suits"

_DELIVERY = r"(?P<delivery>\d{1,20})"
FOLLOW = rf"follow:(?P<course>{_KEY})"
UNFOLLOW = rf"unfollow:(?P<course>{_KEY})"
SNOOZE = rf"snooze:{_DELIVERY}:(?P<minutes>\d{{1,5}})"
DONE = rf"done:{_DELIVERY}"
ME_TOO = rf"me-too:{_DELIVERY}:(?P<course>{_KEY})"
EXPORT = "data:export"
FORGET = "data:forget"
FORGET_ALL = "data:forget-all"
KEEP = "data:keep"
PANEL = "reminders"
FOLLOWED = "reminders:courses"
LEADS = "reminders:leads"
MUTE = "reminders:mute"
MUTE_FOR = rf"reminders:mute:(?P<course>{_KEY}):(?P<days>\d{{1,3}})"
MESSAGES = "reminders:messages:(?P<switch>on|off)"
TEST = "reminders:test"
TIMES = "reminders:times"
DIGEST = "reminders:digest"
STOP = "reminders:stop"
STOP_ALL = "reminders:stop-all"
OWN = "reminders:own"
ADD = "reminders:add"
AGAIN = "reminders:again"
CONFIRM = "reminders:confirm"
EDIT = r"reminders:edit:(?P<item>\d{1,20})"
DELETE = r"reminders:delete:(?P<item>\d{1,20})"
PARTNERS = rf"partners:show:(?P<course>{_KEY})"
JOIN_PARTNERS = rf"partners:join:(?P<course>{_KEY})"
LEAVE_PARTNERS = rf"partners:leave:(?P<course>{_KEY})"
PARTNERS_THREAD = rf"partners:thread:(?P<course>{_KEY})"
_ITEM = rf"(?P<kind>[ec])(?P<item>{_KEY})"
_MOMENT = r"(?P<moment>\d{1,12}|-)"
PREVIEW = rf"staff:preview:{_ITEM}:(?P<course>{_KEY}|-):{_MOMENT}"
PREVIEW_FOR = rf"staff:preview-for:{_ITEM}:{_MOMENT}"
PREVIEW_AT = rf"staff:preview-at:{_ITEM}:(?P<course>{_KEY}|-)"
NOTIFY = rf"staff:notify:(?P<course>{_KEY}):(?P<to>\d{{1,20}}):(?P<role>\d{{1,20}}|-)"
NOTIFY_CANCEL = "staff:notify-cancel"
UNDER_NOTICE = rf"notice:(?P<notice>\d{{1,20}}):(?P<course>{_KEY})"
SEE_DATES = rf"see-dates:{_DELIVERY}:(?P<course>{_KEY})"
SEE_PANEL = rf"see-panel:{_DELIVERY}"
TELL_MOVES = rf"staff:tell-moves:(?P<mark>{_KEY})"
HOLD_MOVES = rf"staff:hold-moves:(?P<mark>{_KEY})"
_QUESTION = r"(?P<question>\d{1,20})"
INBOX = r"staff:inbox:(?P<page>\d{1,5})"
INBOX_OPEN = "staff:inbox-open"
INBOX_BACK_TO = rf"staff:inbox-of:{_QUESTION}"
IGNORE = rf"staff:ignore:{_QUESTION}"
REPLY = rf"staff:reply:{_QUESTION}"
ADD_WORDING = rf"staff:wording:{_QUESTION}"
WRITE_WORDING = rf"staff:write-wording:{_QUESTION}:(?P<entry>{_KEY})"
NEW_ANSWER = rf"staff:answer:{_QUESTION}"
WRITE_ANSWER = rf"staff:write-answer:{_QUESTION}"
OF_DELIVERY = rf"(?:snooze|done|me-too|see-dates|see-panel):{_DELIVERY}(?::.*)?"
"""What the buttons under a reminder or a notice have in common: the number of its delivery."""


def key(name: str) -> str:
    """Shorten an entry's id or a course's code to 12 characters; 48 bits tell any realistic number of them apart."""
    return blake2s(name.encode(), digest_size=6).hexdigest()


def find(wanted: str, names: Iterable[str]) -> str | None:
    """Find the name that `key` made this of; None if it is gone."""
    return next((name for name in names if key(name) == wanted), None)


def answer(asker: int, entry: str, course: str | None = None) -> str:
    """Answer this entry, for this course if one is given, in place of the question that was asked back."""
    return f"answer:{asker}:{key(entry)}:{_or_dash(course)}"


def related(entry: str, course: str | None = None) -> str:
    """Answer this entry beside the answer that led to it."""
    return f"related:{key(entry)}:{_or_dash(course)}"


def helped(entry: str, course: str | None) -> str:
    """Count that this entry helped."""
    return f"helped:{key(entry)}:{_or_dash(course)}"


def not_quite(entry: str, course: str | None) -> str:
    """Count that this entry was not quite what was asked for, and offer others."""
    return f"not-quite:{key(entry)}:{_or_dash(course)}"


def pass_on(entry: str, course: str | None) -> str:
    """Pass the question on to staff, which this entry did not answer."""
    return f"pass-on:{key(entry)}:{_or_dash(course)}"


def course(asker: int, code: str) -> str:
    """Show this course in place of the question which one."""
    return f"course:{asker}:{key(code)}"


def schedule(asker: int, code: str, days: int) -> str:
    """List this course's dates in place of the question which one; 0 days = the whole term."""
    return f"schedule:{asker}:{key(code)}:{days}"


def dates(code: str) -> str:
    """List this course's dates beside its card."""
    return f"dates:{key(code)}"


def calendar(codes: tuple[str, ...]) -> str:
    """Hand out the calendar file of this course; of all that are the asker's own if it is not exactly one."""
    return f"calendar:{_or_dash(codes[0] if len(codes) == 1 else None)}"


def none_of_these(asker: int) -> str:
    """Say whom to ask instead."""
    return f"none:{asker}"


def remove(asker: int) -> str:
    """Remove a public answer."""
    return f"remove:{asker}"


def follow(code: str) -> str:
    """Remind whoever presses it of this course."""
    return f"follow:{key(code)}"


def unfollow(code: str) -> str:
    """Remind whoever presses it of this course no more."""
    return f"unfollow:{key(code)}"


def snooze(delivery: int, minutes: int) -> str:
    """Send this reminder again in so many minutes."""
    return f"snooze:{delivery}:{minutes}"


def done(delivery: int) -> str:
    """Send no more reminders of what this one is about."""
    return f"done:{delivery}"


def me_too(delivery: int, code: str) -> str:
    """Remind whoever presses it, under the reminder in a course's channel, of this course."""
    return f"me-too:{delivery}:{key(code)}"


def see_dates(delivery: int, code: str) -> str:
    """List the dates of this course, under a notice."""
    return f"see-dates:{delivery}:{key(code)}"


def see_panel(delivery: int) -> str:
    """Open the panel of whoever presses it, under what they have missed."""
    return f"see-panel:{delivery}"


def tell_moves(mark: str) -> str:
    """Tell the changed dates with this mark now."""
    return f"staff:tell-moves:{mark}"


def hold_moves(mark: str) -> str:
    """Hold the changed dates with this mark until staff let them go."""
    return f"staff:hold-moves:{mark}"


def messages(*, on: bool) -> str:
    """Switch all direct messages to whoever presses it on or off."""
    return f"reminders:messages:{'on' if on else 'off'}"


def mute(code: str, days: int) -> str:
    """Send whoever presses it nothing of this course for so many days; 0 ends that."""
    return f"reminders:mute:{key(code)}:{days}"


def edit(item: int) -> str:
    """Edit an own deadline or study slot."""
    return f"reminders:edit:{item}"


def delete(item: int) -> str:
    """Delete an own deadline or study slot."""
    return f"reminders:delete:{item}"


def partners(step: str, code: str) -> str:
    """Show whoever presses it the study partners of this course, or `join` or `leave` them, or open their `thread`."""
    return f"partners:{step}:{key(code)}"


def preview(item: str, course: str | None, moment: int | None) -> str:
    """Show staff this item (`e` or `c` and its key) as a student of this course gets it at a moment; None is now."""
    return f"staff:preview:{item}:{_or_dash(course)}:{_number_or_dash(moment)}"


def preview_for(item: str, moment: int | None) -> str:
    """Show staff this item as a student of the chosen course gets it at a moment."""
    return f"staff:preview-for:{item}:{_number_or_dash(moment)}"


def preview_at(item: str, course: str | None) -> str:
    """Ask staff at which moment to show this item."""
    return f"staff:preview-at:{item}:{_or_dash(course)}"


def notify(code: str, channel: int, role: int | None) -> str:
    """Post the notice that is shown in this channel of a course, and ping this role or nobody."""
    return f"staff:notify:{key(code)}:{channel}:{_number_or_dash(role)}"


def under_notice(notice: int, code: str) -> str:
    """Remind whoever presses it, under the notice with this number, of this course."""
    return f"notice:{notice}:{key(code)}"


def inbox(page: int) -> str:
    """Show staff this page of their inbox, counted from 0."""
    return f"staff:inbox:{page}"


def of_question(step: str, question: int) -> str:
    """Take this step with the group of an open question: `inbox-of`, `ignore`, `reply`, `wording`, `answer`, …"""
    return f"staff:{step}:{question}"


def write_wording(question: int, entry: str) -> str:
    """Write the wording that is shown into this entry."""
    return f"staff:write-wording:{question}:{key(entry)}"


def _number_or_dash(number: int | None) -> str:
    return "-" if number is None else str(number)


def _or_dash(name: str | None) -> str:
    return key(name) if name is not None else "-"
