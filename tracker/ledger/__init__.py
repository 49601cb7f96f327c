"""Actuals from a ledger's export: what its columns hold, what its lines come to, and what taking it in would do."""
