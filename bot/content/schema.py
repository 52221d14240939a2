"""Every field of both files, declared once: what it is called, what may stand there, and the help an editor shows."""

from __future__ import annotations

from bot.content import names
from bot.content.blocks import TOP, Block, Blocks
from bot.content.choices import YES_NO, Choice, Choices
from bot.content.discord_names import DiscordName
from bot.content.fields import Dated, Field, Kind, ManyTexts, Named, OneText
from bot.content.model import Format, Show

LONGEST_ANSWER = 3_500  # letters; the facts of a course still fit below it in one Discord embed

FORMAT_WORDS = {
    Format.ASYNCHRONOUS: ("async", "asynch"),
    Format.SYNCHRONOUS: ("sync", "synch"),
    Format.HYBRID: ("blended", "mixed"),
}
FORMAT = Choice(
    words={names.plain(word): kind for kind, words in FORMAT_WORDS.items() for word in (kind, *words)},
    shown=tuple(Format),
)
SHOW = Choice(words={names.plain(show): show for show in Show}, shown=tuple(Show))
TIMES = ("time", "times", "hour", "hours", "start_time", "at", "length", "duration")
NEEDS = Choice(words={"course": "course"}, shown=("course",))

TEXT = OneText()
ANSWER = OneText(limit=LONGEST_ANSWER, prose=True)
SENTENCES = ManyTexts()
WORDS = ManyTexts(commas=True)
CHANNEL = DiscordName(noun="channel", sign="#", example="pm-101")
ROLE = DiscordName(noun="role", sign="@", example="PM-101 students")


def _by_format(kind: Kind, help_text: str) -> tuple[Field, ...]:
    return tuple(Field(name=name, kind=kind, help=help_text, also=FORMAT_WORDS[name]) for name in Format)


CONTACT = Block(
    noun="contact",
    bare="email",
    fields=(
        Field(name="name", help="The office or person to ask"),
        Field(name="email", help="Their e-mail address", instead=("mail", "e-mail address")),
        Field(name="phone", help="Their telephone number", instead=("telephone", "tel")),
        Field(name="page", help="A web page, beginning with https://", instead=("website", "url", "web", "link")),
        Field(name="hours", help="When they can be reached, in words"),
        Field(name="channel", kind=CHANNEL, help="A Discord channel, written without the #"),
    ),
)
LINKS = Named(kind=TEXT, noun="link")

# --- faq.yaml ------------------------------------------------------------------------------------

QUESTION = Block(
    noun="question",
    fields=(
        Field(name="question", required=True, help="What students see as the question", instead=("title", "q", "ask")),
        Field(name="id", help="A short name for related: and for the buttons, such as login-time"),
        Field(name="topic", help="The group in which the question is listed", instead=("category", "section")),
        Field(
            name="also_asked",
            kind=SENTENCES,
            help="Other ways in which students put it; more of these make better matches",
            instead=("variants", "wordings", "aliases", "also", "also_called", "asked"),
        ),
        Field(
            name="keywords", kind=WORDS, help="Words that point to this question", instead=("tags", "words", "keyword")
        ),
        Field(
            name="answer",
            kind=ANSWER,
            required=True,
            help="The reply. Write  answer: |  and the text below it, indented two more spaces",
            instead=("text", "reply", "response", "a"),
        ),
        Field(
            name="by_format",
            kind=Block(noun="by_format block", fields=_by_format(ANSWER, "The answer for a course of this format")),
            help="A more exact answer once the student's course is known",
        ),
        Field(name="needs", kind=NEEDS, help="Write  course  if the answer depends on the course"),
        Field(
            name="show",
            kind=Choices(choice=SHOW),
            help=f"Facts to add from courses.yaml: {', '.join(Show)}",
            instead=("shows", "include"),
        ),
        Field(name="links", kind=LINKS, help="Link buttons, as  Name: https://…", instead=("link", "urls")),
        Field(name="related", kind=WORDS, help="Ids of other questions, shown as buttons", instead=("see_also",)),
        Field(name="draft", kind=YES_NO, help="yes: students do not see it yet"),
    ),
)
TIP = Block(
    noun="tip",
    fields=(
        Field(name="title", required=True, help="The tip in a few words"),
        Field(name="for", kind=Choices(choice=FORMAT), help="The formats it is good for; all of them if left out"),
        Field(name="text", kind=ANSWER, required=True, help="The tip itself", instead=("tip", "answer", "body")),
    ),
)
ELSEWHERE = Block(
    noun="topic",
    fields=(
        Field(
            name="topic",
            required=True,
            help="What somebody else handles, such as tuition",
            instead=("question", "title", "name"),
        ),
        Field(name="also_asked", kind=SENTENCES, help="How students ask for it"),
        Field(
            name="contact",
            kind=CONTACT,
            help="Who handles it; an e-mail address will do",
            instead=("who", "ask", "email"),
        ),
    ),
)
EXAMPLE = Block(
    noun="example",
    fields=(
        Field(name="ask", required=True, help="A question as a student would type it", instead=("question", "q")),
        Field(
            name="expect",
            required=True,
            help="The id of the question that must answer it, or  none , or  course",
            instead=("answer", "id"),
        ),
    ),
)
FAQ = Block(
    noun=TOP,
    fields=(
        Field(
            name="if_no_match", kind=ANSWER, help="The reply when nothing fits; {school} and {contact} are filled in"
        ),
        Field(
            name="questions",
            kind=Blocks(block=QUESTION),
            required=True,
            help="The list of questions",
            instead=("faq", "faqs"),
        ),
        Field(name="tips", kind=Blocks(block=TIP), help="Study tips"),
        Field(name="elsewhere", kind=Blocks(block=ELSEWHERE), help="Topics that somebody else handles"),
        Field(name="examples", kind=Blocks(block=EXAMPLE), help="Your own tests", instead=("tests",)),
    ),
)

# --- courses.yaml --------------------------------------------------------------------------------

TIMEZONE = Field(
    name="timezone",
    help="The zone of every time, such as America/New_York",
    instead=("tz", "time zone name"),
)
# These may stand in the file's defaults, in a term and in a course; the nearest one counts.
INHERITED = (
    Field(name="deadline_time", help="The time of a deadline that has only a date, such as 23:59"),
    Field(name="session_length", help="How long a session lasts that has no end, such as 90 min"),
    Field(
        name="remind_before_deadlines", kind=WORDS, help="How long before a deadline to remind, such as 1 week, 1 day"
    ),
    Field(name="remind_before_sessions", kind=WORDS, help="How long before a session to remind, such as 15 min"),
)
SCHOOL = Block(
    noun="school",
    fields=(
        Field(name="name", required=True, help="The school's full name"),
        Field(name="short_name", required=True, help="What everyone calls it", instead=("short", "abbreviation")),
        Field(name="contact", kind=CONTACT, required=True, help="Whom to ask; an e-mail address will do"),
    ),
)
TERM = Block(
    noun="term",
    fields=(
        Field(
            name="starts", required=True, help="The first day, with its year", instead=("from", "begins", "start date")
        ),
        Field(name="ends", required=True, help="The last day, with its year", instead=("until", "to", "end date")),
        Field(
            name="no_class",
            kind=Dated(),
            help="Days without class, as  25 Nov 2026 to 29 Nov 2026: reason",
            instead=("breaks", "holidays", "break"),
        ),
        TIMEZONE,
        *INHERITED,
    ),
)
FORMAT_GUIDE = Block(
    noun="format",
    fields=(
        Field(name="also_called", kind=WORDS, help="Other words for it", instead=("also_asked", "aliases")),
        Field(name="in_short", help="The format in one or two sentences", instead=("summary",)),
        Field(name="meaning", kind=ANSWER, help="What the word means at this school", instead=("definition",)),
        Field(name="what_it_means", kind=SENTENCES, help="What it means for the student, point by point"),
        Field(name="activities", kind=WORDS, help="What one does in such a course"),
        Field(name="often_suits", help="Whom it often suits", instead=("suits",)),
        Field(name="watch_out", help="What to look out for", instead=("warning",)),
    ),
)
COMPARISON = Block(
    noun="row",
    fields=(
        Field(name="about", required=True, help="What is compared"),
        *_by_format(TEXT, "What holds for this format"),
    ),
)
LIVE_SESSION = Block(
    noun="live session",
    fields=(
        Field(
            name="every",
            help="Weekly sessions, such as Tue and Thu 18:00-19:30",
            instead=("weekly", "when", "days"),
            parts=TIMES,
        ),
        Field(name="on", help="One session, such as Sat 3 Oct 2026 10:00-14:00", instead=("date",), parts=TIMES),
        Field(name="title", help="What the session is called", instead=("name",)),
        Field(name="where", help="A link or a room", instead=("link", "url", "room", "place", "location")),
        Field(name="from", help="The first day, if later than the course's", instead=("starts", "start")),
        Field(name="until", help="The last day, if earlier than the course's", instead=("ends", "to", "end")),
        Field(name="optional", kind=YES_NO, help="yes: nobody has to come"),
        Field(
            name="cancelled",
            kind=Dated(),
            help="Sessions that do not happen, as  13 Oct 2026: reason",
            instead=("canceled", "skip"),
        ),
        Field(name="moved", kind=Dated(), help="Sessions that moved, as  12 Nov 2026: Wed 11 Nov 2026 18:00-19:30"),
        Field(
            name="added", kind=Dated(), help="Further sessions, as  Sat 5 Dec 2026 9am-1pm: title", instead=("extra",)
        ),
    ),
)
DEADLINE = Block(
    noun="deadline",
    fields=(
        Field(name="name", required=True, help="What is due", instead=("title", "what")),
        Field(
            name="due",
            required=True,
            help="When, such as Fri 2 Oct 2026 5pm, or every Sunday",
            instead=("date", "when", "on", "deadline", "every"),
            parts=TIMES,
        ),
        Field(name="from", help="The first day of a weekly deadline", instead=("starts", "start")),
        Field(name="until", help="The last day of a weekly deadline", instead=("ends", "to", "end")),
        Field(
            name="skip",
            kind=ManyTexts(),
            help="Dates on which a weekly deadline does not fall",
            instead=("cancelled", "except"),
        ),
        Field(
            name="remind_before",
            kind=WORDS,
            help="How long before to remind, such as 2 weeks, 1 day",
            instead=("remind", "reminders"),
        ),
        Field(
            name="link", help="Where to hand it in, beginning with https://", instead=("links", "url", "where", "page")
        ),
        Field(name="note", help="What else to know", instead=("notes", "about", "text")),
    ),
)
COURSE = Block(
    noun="course",
    fields=(
        Field(
            name="code",
            required=True,
            help="The course's code, such as PM-101; no other course has it",
            instead=("id",),
        ),
        Field(name="title", required=True, help="The course's full name", instead=("name",)),
        Field(
            name="also_called",
            kind=WORDS,
            help="Other names that students use",
            instead=("also_asked", "aliases", "nicknames"),
        ),
        Field(
            name="format",
            required=True,
            help="asynchronous, synchronous or hybrid",
            instead=("type", "mode", "delivery"),
        ),
        Field(name="term", required=True, help="The name of one of the terms above", instead=("semester",)),
        Field(name="starts", help="The first day, if not the term's", instead=("from", "begins", "start date")),
        Field(name="ends", help="The last day, if not the term's", instead=("until", "end date")),
        TIMEZONE,
        Field(name="about", kind=ANSWER, help="What the course is about", instead=("description", "summary")),
        Field(name="instructor", help="Who teaches it", instead=("teacher", "instructors", "professor", "taught_by")),
        Field(name="channel", kind=CHANNEL, help="Its Discord channel, written without the #"),
        Field(name="role", kind=ROLE, help="The Discord role that a reminder mentions, written without the @"),
        Field(name="attendance", help="required, expected or optional, then anything you like"),
        Field(
            name="recordings", help="yes, no, recorded or not recorded, then anything you like", instead=("recorded",)
        ),
        Field(name="if_you_miss", kind=ANSWER, help="What to do after missing a session"),
        Field(
            name="live_sessions",
            kind=Blocks(block=LIVE_SESSION),
            help="The live sessions",
            instead=("sessions", "schedule"),
        ),
        Field(name="deadlines", kind=Blocks(block=DEADLINE), help="What is due", instead=("assignments", "due")),
        Field(name="links", kind=LINKS, help="Links, as  Name: https://…", instead=("link", "urls")),
        Field(name="contact", kind=CONTACT, help="Whom to ask about this course; the school's contact if left out"),
        *INHERITED,
    ),
)
COURSES = Block(
    noun=TOP,
    fields=(
        Field(name="timezone", required=True, help=TIMEZONE.help, instead=TIMEZONE.instead),
        Field(name="school", kind=SCHOOL, required=True, help="The school's name and contact"),
        Field(
            name="defaults",
            kind=Block(noun="defaults block", fields=INHERITED),
            help="What holds if nothing else is written",
        ),
        Field(
            name="terms",
            kind=Named(kind=TERM, noun="term"),
            required=True,
            help="The terms, by name",
            instead=("semesters",),
        ),
        Field(
            name="formats",
            kind=Block(noun="formats block", fields=_by_format(FORMAT_GUIDE, "What this format means")),
            required=True,
            help="What the three formats mean",
        ),
        Field(name="comparison", kind=Blocks(block=COMPARISON), help="The formats side by side"),
        Field(name="courses", kind=Blocks(block=COURSE), required=True, help="The list of courses"),
    ),
)
