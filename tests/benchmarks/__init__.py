"""Benchmarks, run by hand: not a part of the suite."""
