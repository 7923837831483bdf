"""The shape of a campaign workbook: sheets, tables, headers, names, colours, in both languages."""
