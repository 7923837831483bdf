"""What the add-in starts: a Python server that answers the cells and the ribbon until Excel lets go of it."""

from __future__ import annotations

import logging
import os
import sys


def serve(clsid: str, start: int = 1) -> None:
    """Answer COM calls under ``clsid``; returns when Excel closes the connection.

    Args:
        start: which start it is.  It makes the command another one, and so the class that xlwings' DLL gives it:
            under the class of a server that died, COM may go on looking for the dead one.
    """
    for name in ("stdout", "stderr"):
        if (
            getattr(sys, name) is None
        ):  # pythonw has no console, and a stray print must not end the server
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  the null device
    logging.getLogger("xlwings").addHandler(logging.NullHandler())
    os.environ.pop(
        "XLWINGS_ON_SERVER", None
    )  # would swap the decorators for those of another product
    from xlwings import com_server

    from xlkpi.excel import udf

    if not hasattr(udf.ENGAGEMENT_RATE, "__xlfunc__"):  # type: ignore[attr-defined]
        raise RuntimeError("xlwings registers no cell functions here: is pywin32 installed?")
    com_server.serve(clsid)  # type: ignore[no-untyped-call]
