"""A municipality's published report: what it holds, and how its printed text is read back into figures."""
