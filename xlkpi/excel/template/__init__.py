"""How an empty workbook and the sheets of its report are made."""
