"""The PDF writer: a report as tagged pages for print and screen readers (PDF/UA-1), set by typst."""
