"""A council's own spreadsheet as a file of our own: read as it is seen, mapped column by column, checked and loaded.

`cells` says what single cells mean; `lines`, `paragraphs`, `blocks`, `headings`, `levels`, `numbering` and `made` turn
a sheet into the rows of our workbook. All of these are pure. `files` keeps the file and its mapping, and hands both to
`notices.loading`.
"""
