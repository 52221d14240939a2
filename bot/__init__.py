"""Schoolbell answers students' questions in Discord from two YAML files that staff edit."""

__version__ = "0.1.0"
