"""``python -m xlkpi``: the command line."""

from xlkpi.cli import main

main()
