"""Papers that a clerk hands out, files or fills in: printable workbooks, one page A4 where one page is meant."""
