"""What each ribbon button does: a filled workbook or a message box."""
