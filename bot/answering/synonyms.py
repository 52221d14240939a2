"""Words that mean much the same to somebody who asks a question: studying, working, asking for things."""

from __future__ import annotations

from collections import defaultdict

from bot.answering.text import stems

_GROUPS = """
course, class, module, subject
program, programme, curriculum
session, lesson, lecture, meeting, seminar, webinar, meet
teacher, professor, instructor, lecturer, tutor, faculty, facilitator, teach
student, learner, pupil
classmate, peer, fellow student, other student, other learner, cohort
assignment, homework, task, coursework, essay
submit, submission, hand in, turn in
exam, test, quiz, midterm, final, assessment
grade, mark, score, gpa, result
deadline, due, cutoff, due date
late, overdue, past due
miss, absent, absence, skip, not attend, not make
attend, attendance, join, participate, participation, show up, be present
recording, recorded, replay, video
watch, view, see
schedule, timetable, calendar, agenda
register, enroll, enrol, registration, enrollment, sign up, signup
apply, application, admission
degree, diploma, certificate, certification, qualification, credential
semester, term, quarter
tuition, fee, cost, price, charge, expense, how much, pay
drop, withdraw, quit, drop out
retake, resit, redo, repeat, again
study, learn
keep up, on track, fall behind, catch up, motivate, motivation, behind
pace, speed
textbook, book, reading, material
prerequisite, requirement, require, required
need, necessary, mandatory, compulsory, obligatory, must, have to, needed, required
credit, unit, point
asynchronous, own time, own schedule, own pace
synchronous, live, real time
hybrid, blended, mixed, mix
format, delivery, mode, type, kind
interact, interaction, communicate, communication, talk, discuss, discussion, engage
group, team
feedback, comment, review
online, remote, remotely, virtual, virtually, distance
campus, in person, face to face, on site, classroom
major, minor, concentration, speciality, track
child, kid, son, daughter, children, baby, teenager
parent, mother, father, mom, mum, dad
husband, wife, spouse, partner
person, people, human, someone, somebody
staff, office, department
employer, boss, manager, supervisor
job, work, employment, employed, career, occupation, working, profession
busy, occupied
sick, ill, illness, unwell, flu, disease
emergency, urgent, urgently, immediately
holiday, vacation, trip, travel, journey
abroad, overseas, international, foreign, country
home, house, apartment
computer, laptop, pc, desktop, machine, device, hardware, equipment
phone, mobile, cell, cellphone, smartphone, telephone
tablet, ipad
software, app, application, tool
internet, wifi, connection, network, web
website, site, page, link, url, portal
email, mail
camera, webcam
password, passcode, pin
log in, sign in, log on, log into, access
contact, reach, get in touch, call, speak, talk, email
ask, question, query, inquiry, inquire, enquire
answer, reply, respond, response
help, assist, assistance, support, aid
tell, say, explain, describe, inform
show, display, see, view
find, locate, search, look for, look up
start, begin, beginning, commence
end, finish, complete, over, conclude
cancel, stop, terminate, abort
change, modify, edit, alter, switch, update, amend, adjust
remove, delete, erase, get rid
add, include
make, create, build, produce, set up, setup
fix, repair, solve, resolve, correct
problem, issue, trouble, error, fault, wrong, mistake, incorrect, difficulty
fail, failed, not work, broken, not working
decline, reject, refuse, deny
happen, occur, take place
choose, select, pick, decide, choice, prefer
recommend, suggest, suggestion, advice, advise, recommendation
compare, difference, differ, versus, vs, distinguish, different, distinction, comparison
mean, meaning, definition, define, stand for
use, using, utilize
allow, allowed, permit, permitted, possible
give, provide, offer
get, receive, obtain, arrive
send, transfer, transmit, ship, deliver
buy, purchase, order
book, reserve, reservation, booking
verify, confirm, check, validate, prove, proof, verification, confirmation
activate, enable, turn on, switch on
deactivate, disable, turn off, switch off
block, freeze, frozen, lock, suspend
lose, lost, missing
stolen, steal, theft
forget, forgot, forgotten, remember, remind, reminder
share, publish, post
eat, food, meal, dinner, lunch, restaurant
cook, recipe, bake
car, vehicle, automobile
flight, plane, airplane, airline, fly
song, music, track
movie, film
weather, forecast, rain
money, cash, fund
cheap, inexpensive, affordable, low cost, cheaply
expensive, costly
free, no cost, complimentary
refund, money back, reimburse, reimbursement
bill, invoice, statement, receipt
payment, transaction, purchase
salary, wage, income, paycheck
discount, coupon
currency, exchange, convert, conversion
scholarship, financial aid, grant, funding
withdraw, withdrawal
limit, maximum, cap, max, restriction
minimum, least, at least
time, hour
long, duration, length, how long
number, amount, count, quantity, how many
soon, quick, quickly, fast, rapid, rapidly, speed
evening, night
before, prior, previously, earlier, ahead
after, later, afterwards
next, upcoming, following
often, frequently, frequency, how often, regularly
always, every time
now, currently, current, right now, the moment
new, recent, latest
last, previous, past
more, additional, extra, further, another, other
fewer, less, reduce, decrease, lower
increase, raise, higher
all, every, entire, whole, complete, full
only, just, solely
hard, difficult, tough, challenging, tricky, demanding
easy, simple, straightforward, easier, easiest, easily
good, great, best, better, excellent, ideal
bad, worse, worst, poor, terrible
big, large, huge, size
small, little, tiny
advantage, benefit, pro, perk, upside
disadvantage, drawback, con, downside
location, address, where, place
reason, why, cause, how come
way, method, option, alternative
step, procedure, process
document, paper, form, file
name, called, title
old, age, how old
safe, secure, security, safety
sure, certain
"""
"""One group a line. A word may stand in several; two words are a phrase, longer ones are not looked for."""


def _read(groups: str) -> dict[str, tuple[str, ...]]:
    synonyms: defaultdict[str, set[str]] = defaultdict(set)
    for line in groups.split("\n"):
        group = {" ".join(stems(phrase)) for phrase in line.split(",")} - {""}
        for phrase in group:
            synonyms[phrase] |= group - {phrase}
    return {phrase: tuple(sorted(others)) for phrase, others in synonyms.items()}


SYNONYMS = _read(_GROUPS)
"""By stem, or by two stems with a space between them: what means much the same, written likewise."""
