"""The Posts table of a closed workbook: read as it stands, grown row by row."""
