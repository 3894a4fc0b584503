"""The daemon's process: ``radiograph daemon`` settles the settings and becomes this one, for half the memory."""

from __future__ import annotations

import contextlib
import os
import sys

import msgspec
import uvloop

from radiograph import __version__
from radiograph.config import ConfigError
from radiograph.lock import DirectoryInUse

from .log_lines import configure
from .process import Daemon, serve
from .settings import Address, Settings


def main() -> int:
    """Run until told to stop, give the exit code. The descriptor that is the argument has the settings."""
    with os.fdopen(int(sys.argv[1]), "rb") as given:
        settings = msgspec.json.decode(given.read(), type=Settings)
    try:
        configure(settings)
        uvloop.run(serve(settings, lambda daemon: _ready(daemon, settings)))
    except (ConfigError, DirectoryInUse) as error:
        return _fail(str(error))
    except OSError as error:
        hint = "give it a directory that it may write to with --data, such as one below /dev/shm to keep it in memory"
        return _fail(f"the daemon cannot keep its journal in {settings.data}: {error}; {hint}")
    return 0


def _ready(daemon: Daemon, settings: Settings) -> None:
    udp = Address(daemon.udp.host, daemon.udp.port)
    with contextlib.suppress(OSError):  # nobody reads it
        print(  # noqa: T201 - whatever the log's level and place, whoever starts a daemon learns its addresses
            f"Radiograph daemon {__version__} ready · udp {udp} · tcp {daemon.tcp} · to {daemon.url}"
            f" · data {settings.data}",
            flush=True,
        )


def _fail(sentence: str) -> int:
    print(f"Error: {sentence}", file=sys.stderr)  # noqa: T201
    return 1


sys.exit(main())
