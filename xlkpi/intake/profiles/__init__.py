"""Any table of posts: its columns mapped by what they are called, the mapping kept as a profile for next time.

For tools without an export of fixed shape (Metricool, HypeAuditor, Modash) and for an agency's own sheet.  A column
counts when its whole header is a name of a column of Posts, in five languages; a header that is only near is told,
never taken.  A profile is a small JSON file that people can read and correct.
"""
