"""What an operator sets: sampling rules now, groups and more to come. SQLAlchemy Core on SQLite."""

from .store import SettingsDatabase

__all__ = ["SettingsDatabase"]
