"""How a sheet is declared, and what was found in it; knows no owner and no Excel."""
