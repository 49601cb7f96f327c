"""`tertial trace FILE --period P --project NAME --figure F`: where a figure comes from.

Must not derive a figure.
"""

from __future__ import annotations

from argparse import Namespace

from tracker.budgeting import write_case, write_day
from tracker.finding import find_owner
from tracker.messages import Message, Refusal, message
from tracker.money import write_number
from tracker.tracing import Step, Sum, Trace, Tracer
from ui.commands.console import FINDINGS, FINE, Console
from ui.commands.opening import chosen_period, load_with_imports


def run(given: Namespace, console: Console) -> int:
    """Write what the figure is made of; 1 when a locked period's figure isn't what the records say today."""
    portfolio, imports = load_with_imports(given.file)
    tracer = Tracer(portfolio, chosen_period(portfolio, given.period), imports=imports)
    trace: Trace | None
    if given.project:
        project, _ = find_owner(portfolio, given.project)
        trace = tracer.of_project(project, given.figure)
    else:
        listed = tuple(one.project.id for one in tracer.figures.projects)
        trace = tracer.of_sum(Sum(figure=given.figure, projects=listed, with_others=True))
    if trace is None:
        raise Refusal(message("{period} har ingen tall for «{text}».", period=tracer.period, text=given.project))
    if given.json:
        console.json(_as_json(trace, console))
    else:
        _tell(trace, console)
    return FINDINGS if trace.has_late_changes else FINE


def _tell(trace: Trace, console: Console) -> None:
    say = console.say
    for step in trace.steps:
        day = "" if step.day is None else write_day(step.day)
        console.data(
            f"{day:<12}{_said(step.what, console):<40}{write_number(step.adds):>16}  {_beside(step, console)}".rstrip()
        )
    if trace.remark is not None:
        console.data(say(message("{title}: {remark}", title=trace.title, remark=trace.remark)))
    elif isinstance(trace.value, float):
        console.data(say(message("{title}: {value:pct}", title=trace.title, value=trace.value)))
    else:
        console.data(say(message("{title}: {value:kr}", title=trace.title, value=trace.value)))


def _beside(step: Step, console: Console) -> str:
    case = None if step.decision is None else write_case(step.decision)
    words = (step.why_not, case, step.origin, *step.beside)
    return " · ".join(_said(one, console) for one in words if one)


def _said(words: str | Message, console: Console) -> str:
    return words if isinstance(words, str) else console.say(words)


def _as_json(trace: Trace, console: Console) -> dict[str, object]:
    return {
        "project": None if trace.project is None else trace.project.name,
        "figure": console.say(trace.title),
        "period": str(trace.period),
        "value": trace.value,
        "is_share": trace.is_share,
        "from": console.say(trace.told),
        "remark": None if trace.remark is None else console.say(trace.remark),
        "steps": [_step_as_json(step, console) for step in trace.steps],
    }


def _step_as_json(step: Step, console: Console) -> dict[str, object]:
    lead = step.lead
    return {
        "what": _said(step.what, console),
        "adds": step.adds,
        "counts": step.counts,
        "why_not": None if step.why_not is None else console.say(step.why_not),
        "source": step.origin or None,
        "decision": None if step.decision is None else write_case(step.decision),
        "day": None if step.day is None else step.day.isoformat(),
        "notes": [_said(one, console) for one in step.beside],
        "place": None if lead is None else lead.place.value,
        "record": None if lead is None or not lead.record else lead.record,
        "project": None if lead is None else lead.project,
        "figure": None if lead is None or lead.figure is None else lead.figure.value,
    }
