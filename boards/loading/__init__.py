"""Loading a whole plan, with its people, inspections and Board, from a workbook or a CSV file.

`sheets` and `inspections` describe the file, and `plan_file` holds it against what stands and writes it; the rest is
`notices.loading`.
"""
