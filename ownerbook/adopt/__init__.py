"""Staff's own ledgers, read as they are: looking, the mapping that staff correct, and reading through it."""
