"""Loading a whole plan, with its people, inspections and Board, from a workbook or a CSV file.

`sheets` describes the file and `plan_file` holds it against what stands and writes it; the rest is `notices.loading`.
"""
