"""Whether a person changed a report since it was written: a fingerprint of its other parts, noted on its sheet."""

from __future__ import annotations

import hashlib

from xlkpi.excel.workbook.blocks import find_blocks
from xlkpi.ooxml.package import Package
from xlkpi.ooxml.sheet import SheetTree, sheet_texts


def _fingerprint(package: Package) -> str:
    """A digest of every part that we do not fill: it changes when a person saves the book in a spreadsheet."""
    ours = {b.sheet.part for b in find_blocks(package).values()}
    digest = hashlib.sha256()
    for part in sorted(package.names()):
        if part not in ours:
            digest.update(f"{part}:{package.crc(part):08x};".encode())
    return digest.hexdigest()[:16]


def sign(package: Package) -> None:
    """Note the fingerprint on the (already filled) report, so that the next run knows whether a person changed it."""
    block = find_blocks(package).get("report_fingerprint")
    if block is not None:
        tree = SheetTree(package, block.sheet)
        tree.put(block.top, block.left, _fingerprint(package))
        tree.save(package)


def is_untouched(package: Package) -> bool:
    """Whether a report is as we wrote it."""
    block = find_blocks(package).get("report_fingerprint")
    if block is None:
        return False
    return sheet_texts(package, block.sheet).at(block.top, block.left) == _fingerprint(package)
