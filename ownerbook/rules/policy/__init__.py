"""The manager's own rules and exceptions (制度, 豁免)."""
