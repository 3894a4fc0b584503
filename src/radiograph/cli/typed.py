"""Options read by a plain function: its ``ValueError`` becomes the sentence the user reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

__all__ = ["typed"]

T = TypeVar("T")


def typed(read: Callable[[str], T]) -> Callable[[str], T]:
    """Return ``read`` as click takes it for ``type=``: what it raises names the option and says what is accepted."""

    def convert(text: str) -> T:
        try:
            return read(text)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error

    return convert
