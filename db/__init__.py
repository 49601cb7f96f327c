"""Everything that touches the disk: the store, readers of foreign files, writers of reports."""
