"""What a notebook gets: the command line's figures, as rows and as DataFrames."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from importlib.metadata import version

import pandas as pd
import pytest

import xlkpi
from xlkpi.api import ReportBlock
from xlkpi.core import catalogue
from xlkpi.core.findings import Refused


def test_importing_the_package_imports_nothing_else():
    program = "import sys, xlkpi; print([m for m in sys.modules if m.startswith(('xlkpi.', 'pandas', 'numpy'))])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_version_is_the_installed_one():
    assert xlkpi.__version__ == version("xlkpi")


def test_the_report_is_what_the_command_prints(sample, run, language):
    path = sample(language)
    printed = run("report", path, "--json", "--lang", language).json
    made = xlkpi.report(path, language=language)
    assert json.loads(json.dumps({key: _plain(made[key]) for key in made})) == printed


def _plain(value):
    return [dict(row) for row in value] if isinstance(value, ReportBlock) else value


def test_every_block_is_a_frame_with_its_rows(sample):
    made = xlkpi.report(sample())
    assert {"kpis", "by_influencer", "findings", "best_posts"} <= set(made.blocks)
    for name in made.blocks:
        frame = made.to_frame(name)
        assert isinstance(frame, pd.DataFrame)
        assert len(frame) == len(made[name])
    assert made.to_frame().equals(made.kpis.to_frame())


def test_unknown_stays_unknown_in_a_frame(sample):
    frame = xlkpi.report(sample()).by_influencer.to_frame()
    assert not (frame.select_dtypes("number") == math.inf).any().any()


def test_a_block_that_there_is_not_is_named_with_those_that_there_are(sample):
    made = xlkpi.report(sample())
    with pytest.raises(KeyError, match="kpis"):
        made.to_frame("nosuch")
    with pytest.raises(AttributeError, match="by_influencer"):
        _ = made.nosuch


def test_campaign_and_period_narrow_the_report(sample):
    path = sample()
    whole = xlkpi.report(path)
    month = xlkpi.report(path, period="2026-03")
    assert month.period is not None
    assert month.totals["posts"] <= whole.totals["posts"]
    with pytest.raises(ValueError, match="spring"):
        xlkpi.report(path, period="spring")


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"")
    with pytest.raises(Refused):
        xlkpi.report(tmp_path / "a.xlsx")


@pytest.mark.parametrize("name", dir(xlkpi.functions))
def test_each_function_is_documented_and_knows_the_unknown(name):
    function = getattr(xlkpi.functions, name)
    assert "Formula:" in function.__doc__
    assert "Source:" in function.__doc__
    kpi = next(k for k in catalogue.KPIS if k.excel_name.lower() == name)
    assert math.isnan(function(*[math.nan] * len(kpi.arguments)))
    with pytest.raises(TypeError, match="takes"):
        function(*[1.0] * 9)


def test_there_is_a_function_for_each_formula_and_none_that_gives_a_count_back():
    wanted = {k.function.lower() for k in catalogue.KPIS if k.function} - {"emv"}
    assert set(dir(xlkpi.functions)) == wanted


def test_functions_take_columns():
    rates = xlkpi.functions.engagement_rate(pd.Series([340, 10]), pd.Series([10_000, 0]))
    assert rates[0] == 0.034
    assert math.isnan(rates[1])


def test_the_kpis_are_the_catalogue():
    assert xlkpi.KPIS is catalogue.KPIS
