"""Reads the files a municipality publishes: text taken from the report, or the PDF itself."""
