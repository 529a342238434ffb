"""The safety of the store (库房检查)."""
