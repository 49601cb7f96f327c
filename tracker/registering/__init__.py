"""Projects, original budgets and four-year plans from a sheet: rows in, an edit and a line a row out."""
