"""The check of a period: every rule on figures and on texts, asked about every project; and what was put aside.

Must not know how a flag is shown. Rules on texts are loaded when texts are first read: they cost a window its start.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.dismissing import Key, dismissal_of, dismissals_in
from tracker.figures import PeriodFigures, figures_of
from tracker.flags import RULES, Case, Finding, Flag, Limits, Named, Place, Rule, Severity, cases_of, flags_of, past_of
from tracker.flags.flag import limits_of
from tracker.messages import message
from tracker.model import Dismissal, Portfolio, Project, ProjectId
from tracker.periods import Period
from tracker.reported import Details, ReportedFlag


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAside:
    """A finding that somebody put aside. `flag` is it as it is found today; None of a locked period."""

    project: Project
    rule: Named
    dismissal: Dismissal
    flag: Flag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What the check of a period found, worst first, then in the report's order; and what was put aside of it."""

    flags: tuple[Flag, ...] = ()
    put_aside: tuple[PutAside, ...] = ()


def check(portfolio: Portfolio, period: Period) -> list[Flag]:
    """Ask every rule about every project of a period: worst first, then in the report's order."""
    return list(control_of(portfolio, figures_of(portfolio, period), limits_of(portfolio)).flags)


def control_of(portfolio: Portfolio, figures: PeriodFigures, limits: Limits) -> Control:
    """Ask every rule about figures that are already derived; of a locked period, return its reported flags."""
    if figures.reported is not None:
        return _reported(portfolio, figures, figures.reported)
    from tracker.chapter.flagging import flags_in_passages
    from tracker.proofing.flagging import flags_in_texts, texts_of

    cases = list(cases_of(figures, limits, past_of(portfolio, figures)))
    in_figures = _by_project(flags_of(cases))
    texts = texts_of(cases)
    in_texts = flags_in_texts(texts)
    in_chapters = flags_in_passages(portfolio, figures.period, {one.project.id: one.facts for one in texts})
    flags: list[Flag] = []
    put_aside: list[PutAside] = []
    known = dismissals_in(portfolio, figures.period)
    for project in (case.figures.project for case in cases):
        words = (*in_texts.get(project.id, ()), *in_chapters.get(project.id, ()))
        text = _parted(project, words, known)
        flags += (*in_figures.get(project.id, ()), *text.flags)
        put_aside += text.put_aside
    return Control(flags=_sorted(flags), put_aside=tuple(put_aside))


def control_of_text(portfolio: Portfolio, case: Case, text: str, *, names: Iterable[str]) -> Control:
    """Read one project's text as it is being written, by itself: what stands between texts waits until it is saved.

    `names` are those of all projects in the period.
    """
    from tracker.proofing.flagging import flags_in_text

    known = dismissals_in(portfolio, case.period)
    return _parted(case.figures.project, flags_in_text(case, text, names), known)


def in_text_of(control: Control, project: str) -> Control:
    """Return what the check found in one project's text, in the order of the text."""
    own = [flag for flag in control.flags if flag.project.id == project and flag.place is not None]
    return Control(
        flags=tuple(sorted(own, key=lambda flag: (0, 0) if flag.place is None else (flag.place.start, flag.place.end))),
        put_aside=tuple(one for one in control.put_aside if one.project.id == project),
    )


def flags_of_figures(portfolio: Portfolio, figures: PeriodFigures, limits: Limits) -> tuple[Flag, ...]:
    """Ask the rules on figures only, which takes no time; of a locked period, return its reported flags."""
    if figures.reported is not None:
        return _reported(portfolio, figures, figures.reported).flags
    return _sorted(flags_of(cases_of(figures, limits, past_of(portfolio, figures))))


def _parted(project: Project, flags: Iterable[Flag], known: Mapping[Key, Dismissal]) -> Control:
    """Part what counts from what was put aside, in the order of the text."""
    by_flag = [(flag, dismissal_of(flag, known)) for flag in flags]
    return Control(
        flags=tuple(flag for flag, dismissal in by_flag if dismissal is None),
        put_aside=tuple(
            PutAside(project=project, rule=flag.rule, dismissal=dismissal, flag=flag)
            for flag, dismissal in by_flag
            if dismissal is not None
        ),
    )


def _reported(portfolio: Portfolio, figures: PeriodFigures, reported: Iterable[Details]) -> Control:
    flags: list[Flag] = []
    put_aside: list[PutAside] = []
    known = dismissals_in(portfolio, figures.period).values()
    for details in reported:
        flags += (_reported_flag(details.project, flag) for flag in details.flags)
        put_aside += (
            PutAside(project=details.project, rule=_rule_of(one.rule), dismissal=one)
            for one in known
            # What was on words that were written anew before the locking counts no more.
            if one.project == details.project.id
            and (one.quote in _words_of(details) or one.rule in _rules_on_chapters())
        )
    return Control(flags=_sorted(flags), put_aside=tuple(put_aside))


def _words_of(details: Details) -> str:
    return "" if details.status is None else " ".join(details.status.text.split())


def _reported_flag(project: Project, flag: ReportedFlag) -> Flag:
    has_place = flag.start is not None and flag.end is not None
    return Flag(
        rule=_rule_of(flag.rule),
        project=project,
        finding=Finding(severity=Severity(flag.severity), message=flag.message, figures=flag.figures),
        quote=flag.quote,
        place=Place(start=flag.start or 0, end=flag.end or 0) if has_place else None,
    )


def _rule_of(rule_id: str) -> Named:
    """Return a rule by its id; one that isn't there any more is known by its id only."""
    for rule in RULES:
        if rule.id == rule_id:
            return rule
    from tracker.chapter.flagging import CHAPTER_RULES
    from tracker.proofing.flagging import text_rules

    in_chapters: dict[str, Named] = {rule.id: rule for rule in CHAPTER_RULES}
    return (
        text_rules().get(rule_id)
        or in_chapters.get(rule_id)
        or Rule(
            id=rule_id,
            title=message(rule_id),
            remedy=message("Regelen finnes ikke i denne utgaven av Tertial."),
            look=lambda _: None,
        )
    )


def _rules_on_chapters() -> Mapping[str, Named]:
    from tracker.chapter.flagging import CHAPTER_RULES

    return {rule.id: rule for rule in CHAPTER_RULES}


def _by_project(flags: Iterable[Flag]) -> Mapping[ProjectId, list[Flag]]:
    found: dict[ProjectId, list[Flag]] = defaultdict(list)
    for flag in flags:
        found[flag.project.id].append(flag)
    return found


def _sorted(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    return tuple(sorted(flags, key=lambda flag: flag.severity.rank))
