"""Reminders before live sessions and deadlines: neither lost nor sent twice.

- `desk.Desk`: what students and staff can do: follow, unfollow, set_offsets, mute, set_direct_messages, set_zone,
  set_quiet_hours, set_digest, stop_digest, add_item, edit_item, delete_item, overview (settings, route and the next
  reminders), snooze, done, stop_all, export, forget, direct_messages_opened, set_channel, remove_channel. What cannot
  be done raises RefusedError with the sentence to show.
- `delivery.Courier`: sends what is due: `reconcile`, `deliver`, `stop`; assign `schedule` after each load.
- `post.Post`: what the courier needs from Discord; chat implements it. `post.failure` says what an error means.
- `schedule.Schedule`: the timetable as both need it: `Schedule.of(courses, timetable, zone)`.
- `spoken`: "fri 5pm", "every sunday 19:00", read strictly. `items`: limits of own deadlines and study slots.
- `plan`: who is reminded of what and when, a pure function. `words`: the text. `reconcile`, `ledger`: units of work.
- `moves`: what the files say differently from what the world was told, what settles and what is held; `notices`: who is
  told of it; `outages`: who missed what while the bot was away. `board.Board`: what is about to be told, for staff.
- `digests`: who gets a weekly overview, when, and what is in it. `events`: which scheduled events a server should have.

The promise: at least once by us, exactly once as seen, as long as Discord remembers a nonce for 60 seconds, no repeated
request is held up on its way for longer, and nobody deletes the bot's message between a crash and the restart.
"""
