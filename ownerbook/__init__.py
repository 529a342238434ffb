"""ownerbook: keeps the workbooks of a community's owner files (业主档案) true."""

__version__ = "0.1.0"
