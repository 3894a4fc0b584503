"""A link's label: its template with the source account's names in the place of variables."""

from __future__ import annotations

import re

from .desk import OamContext

__all__ = ["label_of"]

_VARIABLE = re.compile(r"\$Account(?:EmailNoDomain|Email|Name)")


def label_of(template: str, desk: OamContext) -> str:
    """Give a template with ``$AccountName`` as the account's alias, or its number when it has none.

    Accounts here have no address: ``$AccountEmail`` and ``$AccountEmailNoDomain`` are the number too, as AWS has it in
    the regions that do not know them.
    """
    if _VARIABLE.search(template) is None:
        return template
    with desk.identities.read(desk.account) as kept:
        name = kept.alias or desk.account
    return _VARIABLE.sub(lambda found: name if found[0] == "$AccountName" else desk.account, template)
