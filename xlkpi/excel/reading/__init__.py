"""A campaign workbook in, objectives and posts out."""
