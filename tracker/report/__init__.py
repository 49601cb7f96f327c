"""The report of a period as values that any writer can put on paper; must not know Excel, PDF or Word."""

from tracker.report.build import build_report
from tracker.report.content import Report

__all__ = ["Report", "build_report"]
