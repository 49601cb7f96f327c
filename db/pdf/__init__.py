"""The PDF writer: a report as tagged pages for print, screen readers (PDF/UA-1) and archives (PDF/A-2a), by typst."""
