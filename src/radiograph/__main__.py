"""``python -m radiograph``: the same as ``radiograph``."""

from radiograph.cli import main

main()
