"""``RADIOGRAPH_*`` variables that nobody reads: most often one that is read, misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

__all__ = ["unknown_variables"]

_OURS = "RADIOGRAPH_"
_OF_THE_BUILD = (
    "RADIOGRAPH_CHROMIUM",
    "RADIOGRAPH_SHOTS",
    "RADIOGRAPH_SKIP_CONSOLE",
    "RADIOGRAPH_URL",
    "RADIOGRAPH_VENV",
)
_OF_IDENTITIES = (
    "RADIOGRAPH_ADMIN_ACCESS_KEY_ID",
    "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY",
    "RADIOGRAPH_MASTER_KEY",
    "RADIOGRAPH_OIDC_CLIENT_SECRET",
)
"""Secrets are no flags: whoever lists processes would read them."""
# Kubernetes tells every container of a service named "radiograph" in these.
_OF_KUBERNETES = re.compile(r"RADIOGRAPH_(SERVICE_(HOST|PORT)|PORT_\d+_)")


def unknown_variables(environment: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each variable of ours that is not ``known``, with the one that was most likely meant."""
    read = sorted(known)
    for name in sorted(environment):
        if (
            not name.startswith(_OURS)
            or name in read
            or name in _OF_THE_BUILD + _OF_IDENTITIES
            or _OF_KUBERNETES.match(name)
        ):
            continue
        # Compared without what they all begin with, which would make any two of them alike.
        meant = get_close_matches(name.removeprefix(_OURS), [one.removeprefix(_OURS) for one in read], n=1, cutoff=0.7)
        hint = f"; {_OURS}{meant[0]} is" if meant else f"; {', '.join(read)} are"
        yield f"{name} is set, but is no setting of Radiograph{hint}"
