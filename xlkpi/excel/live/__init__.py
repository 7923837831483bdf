"""The workbook that is open in Excel: read and filled in place."""
