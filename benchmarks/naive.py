"""The way most scripts do it: pandas reads the workbook, groupby adds up, openpyxl loads, fills and saves it."""

import sys

import openpyxl
import pandas as pd

source, target = sys.argv[1:]
posts = pd.read_excel(source, sheet_name="Posts", engine="openpyxl", dtype={"Post ID": str})
objectives = pd.read_excel(source, sheet_name="Objectives", engine="openpyxl")
totals = posts.select_dtypes("number").sum()
by_influencer = posts.groupby("Influencer")[["Reach", "Likes", "Comments", "Cost", "Revenue"]].sum()
book = openpyxl.load_workbook(source)
report = book["Report"]
report["B5"] = float(totals["Reach"])
report["B6"] = float(totals["Likes"] + totals["Comments"]) / float(totals["Reach"])
for row, (name, sums) in enumerate(by_influencer.nlargest(8, "Reach").iterrows(), start=60):
    report.cell(row, 1, name)
    for column, value in enumerate(sums, start=2):
        report.cell(row, column, float(value))
book.save(target)
