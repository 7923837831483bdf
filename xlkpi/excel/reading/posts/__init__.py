"""The posts of a workbook: their cells, which rows are posts, and the stream of frames that a report adds up."""
