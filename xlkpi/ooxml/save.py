"""Write a workbook in place of the old one, after reading back what was written."""

from __future__ import annotations

import zipfile
from pathlib import Path

from xlkpi.files import marks
from xlkpi.files.saving import replacing
from xlkpi.files.seen import SeenFile
from xlkpi.ooxml.package import Package


def save(package: Package, target: Path, seen: SeenFile | None = None) -> None:
    """Write the package to ``target`` so that the file there is at any moment the old one or the new one.

    A temporary sibling is written, opened again and compared, then put in place.

    Args:
        seen: the file at ``target`` as it was before it was read; where it is another one by now, it stays.

    Raises:
        NotWritten: the folder or the file cannot be written, or another program has it open; what was there is untouched.
    """

    def finish(new: Path) -> None:
        _verify(package, new)
        package.zip.close()  # Windows does not replace a file that is open, and the target may be the source

    marks.require_closed(target)
    with replacing(target, finish, seen) as new:
        package.write(new)


def _verify(package: Package, path: Path) -> None:
    """The new file has every part, and the parts that were written read back as they were meant."""
    with zipfile.ZipFile(path) as written:
        if set(written.namelist()) != set(package.names()):
            raise zipfile.BadZipFile("parts missing")
        for part, data in package.changed.items():
            if written.read(part) != data:
                raise zipfile.BadZipFile(part)
        for part in package.rewritten.keys() - package.changed.keys():
            with written.open(
                part
            ) as file:  # its checksum, taken while it was made, is compared at the end
                while file.read(1 << 20):
                    pass
        for part in ("[Content_Types].xml", package.workbook_part):
            written.read(part)
