"""What the console asks besides X-Ray's operations: many traces at once, counted, compared and explained."""

from .operations import QUESTIONS, Question

__all__ = ["QUESTIONS", "Question"]
