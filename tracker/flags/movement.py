"""Rules on what has moved since the period before: spending, completion, text, forecasts.

Must not know how the period before was found.
"""

from __future__ import annotations

from tracker.figures import ProjectFigures
from tracker.flags.flag import Case, Finding, Rule, Severity
from tracker.messages import Message, message
from tracker.quarters import State, slip, write_completion

_QUARTERS_A_YEAR = 4


def look_for_fallen_spending(case: Case) -> Finding | None:
    """Find less spent than the period before reported: in the same year, or in all."""
    told = _fallen_in_year(case) or _fallen_in_all(case)
    if told is None:
        return None
    return Finding(severity=Severity.WARNING, message=told, figures=_spending(case))


def look_for_slip(case: Case) -> Finding | None:
    """Find a completion that is later than the period before said."""
    before = None if case.before is None else case.before.completion
    now = case.figures.completion
    quarters = None if before is None else slip(before, now)
    if quarters is None or quarters < max(case.limits.slip_quarters, 1):
        return None
    return Finding(
        severity=Severity.WARNING if quarters >= _QUARTERS_A_YEAR else Severity.NOTE,
        message=message(
            "Estimert ferdig er flyttet fra {before} til {now} siden {period}: {count} {count:kvartal|kvartaler} "
            "senere.",
            before=before,
            now=now,
            period=case.before_period,
            count=quarters,
        ),
        figures={
            "estimated_completion": write_completion(now),
            "estimated_completion_before": None if before is None else write_completion(before),
            "quarters": quarters,
        },
    )


def look_for_slip_in_all(case: Case) -> Finding | None:
    """Find a completion that is much later than what was first reported, step by step or all at once."""
    now, first = case.figures.completion, case.first_quarter
    quarters = None if first is None else slip(first, now)
    if quarters is None or first is None or quarters < max(case.limits.slip_in_all_quarters, 1):
        return None
    return Finding(
        severity=Severity.WARNING,
        message=message(
            "Estimert ferdig {now} er {count} {count:kvartal|kvartaler} senere enn {first}, som ble oppgitt "
            "første gang i {period}.",
            now=now,
            count=quarters,
            first=first,
            period=case.first_period,
        ),
        figures={
            "estimated_completion": write_completion(now),
            "first_estimated_completion": write_completion(first),
            "quarters": quarters,
        },
    )


def look_for_cost_after_finish(case: Case) -> Finding | None:
    """Find new spending on a project that was reported finished in the period before too."""
    before = case.before
    if before is None or before.completion is not State.FINISHED or case.figures.completion is not State.FINISHED:
        return None
    spent = _spent_since(case, before)
    if spent <= 0:
        return None
    return Finding(
        severity=Severity.WARNING if case.limits.is_essential(spent, 0) else Severity.NOTE,
        message=message(
            "Prosjektet var meldt ferdig i {period}, men det er brukt {spent:tkr} siden.",
            period=case.before_period,
            spent=spent,
        ),
        figures={**_spending(case), "spent_since": spent},
    )


def look_for_unchanged_text(case: Case) -> Finding | None:
    """Find the very text of the period before, though figures or completion have moved since."""
    before, text = case.before, " ".join(case.figures.text.split())
    if before is None or not text or text != " ".join(before.text.split()):
        return None
    spent = _spent_since(case, before)
    moved_completion = before.completion != case.figures.completion
    if not moved_completion and not case.limits.is_essential(spent, 0) and not _moved_forecasts(case, before):
        return None
    return Finding(
        severity=Severity.NOTE,
        message=_unchanged(case, before, spent, moved_completion=moved_completion),
        figures={**_spending(case), "spent_since": spent, "text_length": len(case.figures.text)},
    )


def look_for_moved_year_forecast(case: Case) -> Finding | None:
    """Find a year-end forecast that is far from what it was in the same year's period before."""
    before, period = case.before, case.before_period
    if before is None or period is None or period.year != case.period.year:
        return None
    then, now = before.expected, case.figures.expected
    if then is None or now is None or not case.limits.is_essential(now - then, case.figures.revised_budget):
        return None
    return Finding(
        severity=Severity.WARNING if abs(now - then) >= case.limits.large_kroner else Severity.NOTE,
        message=message(
            "Prognosen for året er endret fra {then:tkr} til {now:tkr} siden {period}.",
            then=then,
            now=now,
            period=period,
        ),
        figures={"year_end_forecast": now, "year_end_forecast_before": then},
    )


def look_for_moved_final_forecast(case: Case) -> Finding | None:
    """Find a final-cost forecast that is far from what it was in the period before."""
    if case.before is None:
        return None
    then, now = _final(case.before), _final(case.figures)
    if then is None or now is None or not case.limits.is_essential(now - then, then):
        return None
    return Finding(
        severity=Severity.WARNING if now > then else Severity.NOTE,
        message=message(
            "Sluttprognosen er endret fra {then:tkr} til {now:tkr} siden {period}.",
            then=then,
            now=now,
            period=case.before_period,
        ),
        figures={"final_cost_forecast": now, "final_cost_forecast_before": then},
    )


def _fallen_in_year(case: Case) -> Message | None:
    before, period = case.before, case.before_period
    if before is None or period is None or period.year != case.period.year:
        return None
    fell = before.actual - case.figures.actual
    if fell <= 0:
        return None
    return message(
        "Årets regnskap på {now:tkr} er {fell:tkr} lavere enn i {period}.",
        now=case.figures.actual,
        fell=fell,
        period=period,
    )


def _fallen_in_all(case: Case) -> Message | None:
    before, now = case.before, case.figures.total_spent
    if before is None or before.total_spent is None or now is None or now >= before.total_spent:
        return None
    return message(
        "Påløpt totalt på {now:tkr} er {fell:tkr} lavere enn i {period}.",
        now=now,
        fell=before.total_spent - now,
        period=case.before_period,
    )


def _unchanged(case: Case, before: ProjectFigures, spent: int, *, moved_completion: bool) -> Message:
    if moved_completion:
        return message(
            "Statusteksten er den samme som i {period}, men estimert ferdig er endret fra {before} til {now}.",
            period=case.before_period,
            before=before.completion,
            now=case.figures.completion,
        )
    if case.limits.is_essential(spent, 0):
        return message(
            "Statusteksten er den samme som i {period}, men det er brukt {spent:tkr} siden.",
            period=case.before_period,
            spent=spent,
        )
    return message(
        "Statusteksten er den samme som i {period}, men prognosen er endret.",
        period=case.before_period,
    )


def _moved_forecasts(case: Case, before: ProjectFigures) -> bool:
    is_same_year = case.before_period is not None and case.before_period.year == case.period.year
    pairs = [(_final(before), _final(case.figures))]
    if is_same_year:
        pairs.append((before.expected, case.figures.expected))
    return any(
        then is not None and now is not None and case.limits.is_essential(now - then, then) for then, now in pairs
    )


def _spent_since(case: Case, before: ProjectFigures) -> int:
    """Return what was spent since the period before; a running programme starts anew each year."""
    now, then = case.figures.total_spent, before.total_spent
    if now is not None and then is not None:
        return now - then
    is_same_year = case.before_period is not None and case.before_period.year == case.period.year
    return case.figures.actual - before.actual if is_same_year else case.figures.actual


def _final(figures: ProjectFigures) -> int | None:
    return None if figures.status is None else figures.status.final_cost_forecast


def _spending(case: Case) -> dict[str, int | str | None]:
    before = case.before
    return {
        "actual": case.figures.actual,
        "actual_before": None if before is None else before.actual,
        "total_spent": case.figures.total_spent,
        "total_spent_before": None if before is None else before.total_spent,
        "period_before": str(case.before_period),
    }


RULES = (
    Rule(
        id="spent-less-than-before",
        title=message("Lavere forbruk enn sist"),
        remedy=message("Kontroller om utgifter er ført bort fra prosjektet, og forklar korreksjonen."),
        look=look_for_fallen_spending,
    ),
    Rule(
        id="completion-slipped",
        title=message("Utsatt siden sist"),
        remedy=message("Forklar hva som har endret framdriften, og hva det betyr for kostnad og budsjett."),
        look=look_for_slip,
    ),
    Rule(
        id="completion-slipped-in-all",
        title=message("Utsatt i flere omganger"),
        remedy=message("Vurder om framdriftsplanen er realistisk, og om budsjettet ligger i rett år."),
        look=look_for_slip_in_all,
    ),
    Rule(
        id="finished-with-new-cost",
        title=message("Ny kostnad etter ferdigmelding"),
        remedy=message("Forklar hva utgiften gjelder, og når prosjektet kan avsluttes."),
        look=look_for_cost_after_finish,
    ),
    Rule(
        id="text-unchanged",
        title=message("Uendret statustekst"),
        remedy=message("Oppdater teksten med det som har skjedd siden forrige rapport."),
        look=look_for_unchanged_text,
    ),
    Rule(
        id="year-forecast-moved",
        title=message("Årsprognosen er endret"),
        remedy=message("Forklar hva som er nytt siden forrige prognose."),
        look=look_for_moved_year_forecast,
    ),
    Rule(
        id="final-forecast-moved",
        title=message("Sluttprognosen er endret"),
        remedy=message("Forklar hva som er nytt, og om totalrammen holder."),
        look=look_for_moved_final_forecast,
    ),
)
