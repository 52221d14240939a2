"""What the bot remembers: people, what they follow and set themselves, courses' channels, and the ledger of reminders.

`database.Database` opens the file and runs units of work: `await database.run(function, ...)`, where the function's
first argument is the connection. The functions: `people`, `items`, `channels`, `deliveries`, `occurrences`, `uptime`,
`health`, `partners`, `events`, `questions`, `privacy`; the values that they take and give: `records`, and those of
questions beside their functions. Only this package knows SQL.
"""

from sqlalchemy import Connection

__all__ = ["Connection"]
