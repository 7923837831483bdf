"""The cell functions: values, errors, contract with Excel's side of xlwings, same numbers as the report."""
