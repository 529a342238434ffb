"""Lossless amending: change a cell in staff's workbook and nothing else."""

from ownerbook.workbook.amend.amending import Amended, amend
from ownerbook.workbook.amend.edits import ANY, AppendRow, Edit, SetCell, Value
from ownerbook.workbook.amend.receipt import Receipt
from ownerbook.workbook.amend.refusal import Refusal, Refused
from ownerbook.workbook.amend.swap import amend_file

__all__ = ["ANY", "Amended", "AppendRow", "Edit", "Receipt", "Refusal", "Refused", "SetCell", "Value", "amend", "amend_file"]
