"""Loading a Notice, or results, from a workbook or a CSV file: templates, the dry run, and the loading itself.

`exporting` writes the files, `uploads` checks and loads them; the rest are their parts, from the pure (`cells`,
`layout`, `rows`) to what asks and writes the database (`standing`, `writer`, `notice_file`, `results_file`). Files of
further kinds are registered with `layout.register`.
"""
