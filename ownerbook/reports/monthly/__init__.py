"""The audit workbook of a month: a cover, then a sheet a subject, all made of chosen columns."""
