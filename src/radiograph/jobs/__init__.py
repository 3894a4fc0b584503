"""What runs by the clock: counting quiet minutes, dropping what is too old."""

from .retention import drop_old_partitions
from .scheduler import Job, Scheduler

__all__ = ["Job", "Scheduler", "drop_old_partitions"]
