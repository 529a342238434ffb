"""Tables become formatted workbooks."""
