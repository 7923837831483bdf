"""What an import changes in the posts of a workbook, and how that is told."""
