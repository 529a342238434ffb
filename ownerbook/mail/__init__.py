"""Letters, the outbox that sends each once, and notices of failure. Stands beside `workbook` and `reports` and imports neither."""
