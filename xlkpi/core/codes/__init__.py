"""Every XK code once: ``codes.NOT_A_NUMBER`` has its number, severity, meaning and fix, in English and French.

A number that users know keeps its meaning.  A new one takes the next free number of its hundred: 1 files and exports,
2 and 3 workbook, cells and imports, 4 writing, 5 the report, 6 and 7 the add-in and its buttons, 9 the way to Python.
"""

from xlkpi.core.codes.addin import *
from xlkpi.core.codes.cells import *
from xlkpi.core.codes.code import Code as Code
from xlkpi.core.codes.code import Severity as Severity
from xlkpi.core.codes.exports import *
from xlkpi.core.codes.imports import *
from xlkpi.core.codes.merge import *
from xlkpi.core.codes.refused import *
from xlkpi.core.codes.report import *
from xlkpi.core.codes.workbook import *
from xlkpi.core.codes.writing import *

#: All of them by number.
CODES: dict[str, Code] = {
    str(code): code for code in sorted(c for c in globals().values() if isinstance(c, Code))
}
