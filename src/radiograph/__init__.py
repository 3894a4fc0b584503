"""Radiograph: AWS X-Ray as open-source software that anyone can run."""

__version__ = "0.1.0"
