"""Makes the pictures of the README: the sample report in both languages, through LibreOffice and pdftoppm.

    python examples/render.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPORTS = {"en": "campaign-report.pdf", "fr": "campagne-rapport.pdf"}


def main() -> None:
    for language, pdf in REPORTS.items():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, "-m", "xlkpi", "demo", folder, "--lang", language], check=True,
                           stdout=subprocess.DEVNULL)
            picture = HERE / f"report_{language}"
            subprocess.run(["pdftoppm", "-png", "-r", "110", "-singlefile", Path(folder) / pdf, picture], check=True)


if __name__ == "__main__":
    main()
