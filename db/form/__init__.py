"""The form as a workbook: written for project managers, and read back in whatever state it comes."""
