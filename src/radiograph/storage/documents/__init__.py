"""What an operator sets: rules, groups, policies, tags and choices, one file a family. SQLAlchemy Core on SQLite."""

from .store import SettingsDatabase

__all__ = ["SettingsDatabase"]
