"""Civil months, working days and terms: what follows from a day, whatever is judged by it."""
