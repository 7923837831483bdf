"""Makes the examples: a workbook with its report in each language, and pictures of all its pages for docs/pictures.

    python examples/render.py              the French awareness and the English conversion campaign, here and in docs/pictures
    python examples/render.py FOLDER       both campaigns in both languages, to look at

Needs LibreOffice and pdftoppm.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from xlkpi.core.texts import LANGUAGES
from xlkpi.excel.samples.campaigns import SAMPLES, usual

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "docs" / "pictures"
REPORTS = {"en": "campaign-report", "fr": "campagne-rapport"}


def render(sample: str, language: str, books: Path, pictures: Path, name: str) -> None:
    """The workbook as SAMPLE_LANGUAGE.xlsx, its pages as NAME_1.png and so on."""
    with tempfile.TemporaryDirectory() as made:
        subprocess.run(
            [sys.executable, "-m", "xlkpi", "demo", made, "--lang", language, "--sample", sample],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        report = Path(made) / REPORTS[language]
        shutil.copyfile(report.with_suffix(".xlsx"), books / f"{sample}_{language}.xlsx")
        subprocess.run(
            ["pdftoppm", "-png", "-r", "100", report.with_suffix(".pdf"), Path(made) / "page"],
            check=True,
        )
        for old in pictures.glob(f"{name}_[0-9]*.png"):
            old.unlink()
        for number, page in enumerate(sorted(Path(made).glob("page-*.png")), start=1):
            shutil.copyfile(page, pictures / f"{name}_{number}.png")


def main() -> None:
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        folder.mkdir(parents=True, exist_ok=True)
        for sample in SAMPLES:
            for language in LANGUAGES:
                render(sample, language, folder, folder, f"{sample}_{language}")
    else:
        for language in LANGUAGES:
            render(usual(language), language, HERE, PICTURES, f"report_{language}")


if __name__ == "__main__":
    main()
