"""What runs by the clock: counting quiet minutes, dropping what is too old, sparing a full disk."""

from .disk import DiskWatch
from .retention import drop_old_partitions
from .scheduler import Job, Scheduler

__all__ = ["DiskWatch", "Job", "Scheduler", "drop_old_partitions"]
