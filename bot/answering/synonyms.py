"""Words that mean much the same to somebody who asks a question: studying, working, asking for things."""

from __future__ import annotations

from bot.answering.text import stems

_GROUPS = """
course, class, module, subject
program, programme, curriculum
session, lesson, lecture, meeting, seminar, webinar, meet
teacher, professor, instructor, lecturer, tutor, faculty, facilitator, teach
student, learner, pupil
classmate, peer, fellow student, other student, other learner, cohort
assignment, homework, task, coursework, essay
exam, test, quiz, midterm, final, assessment
grade, mark, score, gpa, result
deadline, due, cutoff, due date, hand in, turn in, submit, submission
late, overdue, extension, past due, extra time
miss, absent, absence, skip, not attend, not make, can not come
attend, attendance, join, participate, participation, show up, be there, present
recording, recorded, replay, video, watch
schedule, timetable, calendar, agenda, when
register, enroll, enrol, enrollment, registration, sign up, signup, join
apply, application, admission
degree, diploma, certificate, certification, qualification, credential
semester, term, quarter
tuition, fee, cost, price, charge, expense, how much, pay
drop, withdraw, quit, leave, drop out
retake, resit, redo, repeat, again
study, learn
keep up, stay on track, fall behind, catch up, motivate, motivation, behind
pace, speed
textbook, book, reading, material
prerequisite, requirement, require, required, need, necessary, mandatory, compulsory, obligatory, must, have to, needed
credit, unit, point
asynchronous, own time, own schedule, self paced, own pace
synchronous, live, real time
hybrid, blended, mixed, mix, both
flexible, flexibility
format, delivery, mode, type, kind
interact, interaction, communicate, talk, discuss, discussion, engage
group, team
feedback, comment, review
online, remote, remotely, virtual, virtually, distance, internet, web
campus, in person, face to face, on site, classroom
major, minor, concentration, speciality, track
child, kid, son, daughter, children, baby, teenager
parent, mother, father, mom, mum, dad
husband, wife, spouse, partner
person, people, human, someone, somebody, representative, agent
staff, office, department, team
employer, boss, manager, supervisor
job, work, employment, employed, career, occupation, working, profession
busy, occupied, shift
sick, ill, illness, unwell, flu, disease, health
emergency, urgent, urgently, immediately, asap
holiday, vacation, trip, travel, away, journey, break
abroad, overseas, international, foreign, country
home, house, apartment, place
computer, laptop, pc, desktop, machine, device, hardware
phone, mobile, cell, cellphone, smartphone, telephone, iphone, android
tablet, ipad
software, app, application, tool, program
internet, wifi, connection, network, bandwidth
website, site, page, link, url, portal, web
email, mail, inbox
camera, webcam, microphone, mic
password, passcode, pin, login
log in, login, sign in, log on, log into, access
contact, reach, get in touch, call, speak, talk, email, write
ask, question, query, inquiry, inquire, enquire
answer, reply, respond, response
help, assist, assistance, support, aid
tell, say, explain, describe, inform, inform, information, detail
show, display, see, view, look
find, locate, search, look for, where, find out, look up
find out, learn, check, know
start, begin, beginning, launch, commence, open
end, finish, stop, complete, over, conclude, done
cancel, stop, undo, terminate, abort, revert, reverse
change, modify, edit, alter, switch, update, amend, adjust
remove, delete, erase, get rid, clear
add, include, put, insert
make, create, build, produce, set up, setup
fix, repair, solve, resolve, correct
problem, issue, trouble, error, fault, wrong, mistake, incorrect
fail, failed, not work, broken, not working, does not work, decline, reject, refuse, deny, go wrong
happen, occur, take place
choose, select, pick, decide, choice, prefer, right for me
recommend, suggest, suggestion, advice, advise, recommendation
compare, difference, differ, versus, vs, distinguish, different, distinction
mean, meaning, definition, define, stand for
use, using, utilize
allow, allowed, permit, permitted, possible, able, let, may
give, provide, offer, hand
get, receive, obtain, arrive, come, acquire
send, transfer, transmit, ship, deliver, delivery
buy, purchase, order, get
sell, sale
book, reserve, reservation, booking
wait, take long, pending, how long
verify, confirm, check, validate, prove, proof, verification, confirmation
activate, enable, turn on, switch on
deactivate, disable, turn off, switch off
block, freeze, frozen, lock, suspend, hold
lose, lost, stolen, steal, missing, theft
forget, forgot, forgotten, remember, remind, reminder
share, publish, post
upload, download, install
eat, food, meal, dinner, lunch, breakfast, restaurant
cook, recipe, bake, prepare
drive, car, vehicle, auto, automobile
fly, flight, plane, airplane, airline
play, listen, song, music, track
movie, film
weather, forecast, rain, temperature
money, cash, fund
cheap, inexpensive, affordable, low cost, budget, cheaply
expensive, costly
free, gratis, no cost, complimentary
refund, money back, reimburse, reimbursement, refunded
bill, invoice, statement, receipt
payment, transaction, purchase
salary, wage, income, pay, paycheck
tax, irs
discount, coupon, deal, promotion
currency, exchange, convert, conversion
scholarship, financial aid, grant, funding
withdraw, withdrawal, atm
limit, maximum, cap, max, restriction
minimum, least, at least
time, hour, clock, what time
long, duration, length, how long
number, amount, count, quantity, how many, total
soon, quick, quickly, fast, rapid, rapidly, speedy, speed
evening, night, tonight
before, prior, previously, earlier, ahead, previous
after, later, afterwards, following, next, upcoming
often, frequently, frequency, how often, regularly, every
always, every time
today, now, right now, currently, current, at the moment
new, recent, latest, newest
last, previous, past, latest
early, ahead
more, additional, extra, further, another, other
fewer, less, reduce, decrease, lower
increase, raise, higher, improve
all, every, entire, whole, complete, full
only, just, solely
hard, difficult, tough, challenging, tricky, difficulty, demanding, strict
easy, simple, straightforward, effortless, easier, easiest, easily
good, great, best, better, nice, excellent, ideal, top
bad, worse, worst, poor, terrible
big, large, huge, size
small, little, tiny
advantage, benefit, pro, perk, good about, upside, why
disadvantage, drawback, con, downside
location, address, located, where, place
reason, why, cause, because, how come
way, method, option, possibility, alternative, step, procedure, process
document, paper, form, file
name, called, title
language, english, spanish
age, old, young, how old
available, availability, offered, open
safe, secure, security, safety
sure, certain, guarantee
list, all the, overview
"""
"""One group a line. A word may stand in several; two words are a phrase, longer ones are not looked for."""


def _read(groups: str) -> dict[str, frozenset[str]]:
    synonyms: dict[str, frozenset[str]] = {}
    for line in groups.split("\n"):
        group = {" ".join(stems(phrase)) for phrase in line.split(",")} - {""}
        for phrase in group:
            synonyms[phrase] = synonyms.get(phrase, frozenset()) | (group - {phrase})
    return synonyms


SYNONYMS = _read(_GROUPS)
"""By stem, or by two stems with a space between them: what means much the same, written likewise."""
