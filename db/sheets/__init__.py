"""Foreign sheets as rows of cells: CSV and text, Excel of all ages, and OpenDocument."""
