"""The filter expression: text to a frozen tree, its words and types checked. Pure: no sockets, no engine.

``vocabulary`` lists every word, ``tree`` the Structs.
"""

from .check import check
from .first import of_first_annotations
from .format import format_expression
from .parse import read_expression
from .substitute import substitute
from .tree import Expression

__all__ = ["Expression", "format_expression", "of_first_annotations", "parse", "substitute"]


def parse(text: str) -> Expression:
    """Give the expression as a tree, checked; of an empty text, one that is true of every trace.

    Raises: InvalidRequestException, saying at which column what is accepted.
    """
    expression = read_expression(text)
    check(expression)
    return expression
