"""Reminders in Discord: the panel, the buttons under a reminder, and the bell that rings."""
