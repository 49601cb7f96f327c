"""`tertial report FILE --period P OUT…`: the report, as the kinds of file that the names say."""

from __future__ import annotations

from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from db.report_files import write_report, writer_of
from tracker.messages import Refusal, message
from tracker.report.settling import parts_among
from tracker.report.template import report_of, template_of
from ui.commands.console import FINE, Console
from ui.commands.opening import chosen_period, load_with_imports
from ui.words import SOURCE_LANGUAGE, words_in


def run(given: Namespace, console: Console) -> int:
    """Write the files; each is there whole, or as it was."""
    for out in given.out:
        writer_of(out)
        _refuse_portfolio(out, given.file)
    say = None if given.language is None else words_in(given.language)
    portfolio, imports = load_with_imports(given.file)
    period = chosen_period(portfolio, given.period)
    template = template_of(portfolio)
    if given.parts is not None:
        template = replace(template, parts=parts_among(given.parts.split(",")))
    report = report_of(portfolio, period, template=template, imports=imports)
    say = words_in(template.language or SOURCE_LANGUAGE) if say is None else say
    with ThreadPoolExecutor(max_workers=1) as beside:
        # A PDF is set outside Python: meanwhile the others are written. No two that import the same library at once.
        pdf = [beside.submit(write_report, report, out, say=say) for out in given.out if _is_pdf(out)]
        for out in given.out:
            if not _is_pdf(out):
                write_report(report, out, say=say)
                console.progress(message("Skrev {file}.", file=out.name))
    for out, done in zip(filter(_is_pdf, given.out), pdf, strict=True):
        done.result()
        console.progress(message("Skrev {file}.", file=out.name))
    return FINE


def _is_pdf(out: Path) -> bool:
    return out.suffix.casefold() == ".pdf"


def _refuse_portfolio(out: Path, file: Path) -> None:
    if out.exists() and file.exists() and out.samefile(file):
        raise Refusal(message("{file} er porteføljen selv: velg et annet navn på rapporten.", file=out.name))
