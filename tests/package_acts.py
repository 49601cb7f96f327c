"""Every act of the program that makes an edit, tried by chance: one function a public function of `tracker/`.

Must not know which of them a file allows.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from tests.hostile.forging import OPEN
from tests.hostile.records import new_records, other_records
from tests.windows import PERIOD
from tracker import (
    actions,
    closing,
    dismissing,
    explaining,
    funding,
    joining,
    lights,
    packages,
    planning,
    register,
    splitting,
    workflow,
    year_end,
)
from tracker.budgeting import ledger
from tracker.budgeting.requests import NewMoney
from tracker.edits import Change, Edit
from tracker.fields import FIELD
from tracker.figures import live_figures_of
from tracker.kinds import FundingSource, Light
from tracker.ledger import matching
from tracker.merging.law import key_of
from tracker.messages import Refusal, message
from tracker.model import (
    FIELD_OF,
    Contract,
    Decision,
    Dismissal,
    Milestone,
    Portfolio,
    ProjectId,
    Record,
    RecordId,
    Risk,
    SentPackage,
    Subproject,
    SubprojectId,
)
from tracker.periods import Part, Period
from tracker.report import settling
from tracker.settings import catalogue
from tracker.settings.areas import areas_known, rename_area
from tracker.settings.choice import settled
from tracker.statement_check import signs
from ui.session import Session

NOW, TODAY = datetime(2024, 5, 3, 9, tzinfo=UTC), date(2024, 5, 3)
DECISION = Decision(body="KS", number="9/24", on=TODAY)
_LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


@dataclass(frozen=True, slots=True)
class At:
    """Somebody at a file, with chance to choose by."""

    session: Session
    chance: random.Random

    @property
    def portfolio(self) -> Portfolio:
        """What is open."""
        return self.session.portfolio

    @property
    def project(self) -> ProjectId:
        """One of the projects."""
        return ProjectId(self.chance.choice(sorted(self.portfolio.projects)))

    @property
    def mover(self) -> workflow.Mover:
        """Who moves a status."""
        return workflow.Mover(who="Kari", at=NOW)

    def one(self, kind: type[Record]) -> Record:
        """Return one of the records of a kind.

        Raises Refusal where there is none.
        """
        found = self.portfolio.records(kind)
        if not found:
            raise Refusal(message("Ingen"))
        return found[self.chance.choice(sorted(found))]


def _entry(at: At) -> actions.Entry:
    field = at.chance.choice(sorted(FIELD))
    typed = at.chance.choice(["", "Kari", "1K-2026", "12 500", "Utførelse", "P-9", "Nytt"])
    return actions.Entry(project=at.project, field=field, typed=typed)


def _told(at: At) -> planning.Threaded:
    kind = at.chance.choice([Milestone, Risk, Contract])
    known = at.one(kind)
    assert isinstance(known, Milestone | Risk | Contract)
    return known if at.chance.random() < 0.3 else replace(known, id=RecordId(at.session.new_id()))


def _told_anew(at: At) -> planning.Threaded:
    known = at.one(Risk)
    assert isinstance(known, Risk)
    return replace(known, title=at.chance.choice(["Grunnforhold", "Kvikkleire"]), likelihood=at.chance.randrange(100))


def _went_back(at: At) -> Edit:
    told = [one for one in at.session.history({at.project}) if one.field in FIELD]
    if not told:
        raise Refusal(message("Ingen"))
    return actions.go_back(at.portfolio, at.chance.choice(told))


def _flagged(at: At) -> Edit:
    flags = [flag for flag in at.session.view.control.flags if flag.place is not None]
    return dismissing.dismiss(
        at.portfolio, OPEN, flags[:1], reason="Rett", who="Kari", at=NOW, new_id=at.session.new_id
    )


def _figures(at: At) -> Edit:
    found = live_figures_of(at.portfolio, OPEN, with_idle=True).projects
    return explaining.fill_in_cause(
        at.portfolio, OPEN, at.chance.choice(found), cause="timing", typed="500", new_id=at.session.new_id
    )


def _entered(at: At) -> Edit:
    request = NewMoney(project=at.project, year=2024, year_amount=1_000, total_amount=1_000, funding=FundingSource.LOAN)
    decision = at.chance.choice([DECISION, None])
    paper = ledger.Paper(decision=decision, is_proposed=decision is None, entered_on=TODAY)
    return ledger.enter(at.portfolio, request, paper, new_id=at.session.new_id)


def _funded(at: At) -> Edit:
    wanted = funding.NewFunding(
        project=at.project, year=2024, source=FundingSource.GRANT, amount=5_000, decision=DECISION
    )
    return funding.add_funding(at.portfolio, wanted, today=TODAY, new_id=at.session.new_id)


def _split(at: At) -> Edit:
    share = splitting.Share(name="Byggetrinn 9", year_amounts={2024: 100}, total_amount=100, decision=DECISION)
    return splitting.split_project(at.portfolio, at.project, share, period=OPEN, today=TODAY, new_id=at.session.new_id)


def _sent(at: At) -> Edit:
    return packages.noted([SentPackage(id=RecordId(at.session.new_id()), recipient="Per", made_by="Kari", made_at=NOW)])


def _subproject(at: At) -> SubprojectId:
    return SubprojectId(at.one(Subproject).id)


Act = Callable[[At], Edit]
ACTS: dict[str, Act] = {
    "settings.areas.rename_area": lambda at: rename_area(
        at.portfolio, at.chance.choice(areas_known(at.portfolio)), "Mitt område"
    ),
    "settings.catalogue.put_back": lambda at: catalogue.put_back(at.portfolio, at.chance.choice(catalogue.CHOICES).key),
    "settings.catalogue.settle": lambda at: catalogue.settle(
        at.portfolio, at.chance.choice(catalogue.CHOICES).key, at.chance.choice(["1", "strike", "#7A1F3D", "Meg"])
    ),
    "settings.choice.settled": lambda at: settled(at.portfolio, "limit.year_kroner", "1", message("Grense")),
    "actions.fill_in": lambda at: actions.fill_in(at.portfolio, OPEN, _entry(at), new_id=at.session.new_id),
    "actions.set_value": lambda at: actions.set_value(
        at.portfolio, OPEN, at.project, field="responsible", value="Mallory", new_id=at.session.new_id
    ),
    "actions.fill_in_many": lambda at: actions.fill_in_many(
        at.portfolio, OPEN, [_entry(at), _entry(at)], label=message("Limte inn"), new_id=at.session.new_id
    ),
    "actions.go_back": _went_back,
    "actions.set_deadline": lambda at: actions.set_deadline(at.portfolio, OPEN, TODAY),
    "actions.open_period": lambda at: actions.open_period(
        at.portfolio, Period(at.chance.randrange(2025, 2035), Part.T1), new_id=at.session.new_id
    ),
    "budgeting.ledger.enter": _entered,
    "budgeting.ledger.decide": lambda at: ledger.decide(
        at.portfolio, [RecordId(at.chance.choice(sorted(at.portfolio.budget_lines)))], DECISION
    ),
    "budgeting.ledger.withdraw": lambda at: ledger.withdraw(
        at.portfolio, [RecordId(at.chance.choice(sorted(at.portfolio.budget_lines)))]
    ),
    "budgeting.ledger.take_back": lambda at: ledger.take_back(
        at.portfolio,
        RecordId(at.chance.choice(sorted(at.portfolio.budget_lines))),
        because="Feil",
        new_id=at.session.new_id,
    ),
    "closing.lock": lambda at: closing.lock(at.portfolio, OPEN, who="Kari", at=NOW, new_id=at.session.new_id),
    "closing.reopen": lambda at: closing.reopen(at.portfolio, PERIOD, reason="Feil"),
    "dismissing.dismiss": _flagged,
    "dismissing.take_back": lambda at: dismissing.take_back(at.portfolio, [at.one(Dismissal)]),  # type: ignore[list-item]
    "explaining.fill_in_cause": _figures,
    "funding.add_funding": _funded,
    "funding.remove_funding": lambda at: funding.remove_funding(
        at.portfolio, RecordId(at.chance.choice(sorted(at.portfolio.funding_lines)))
    ),
    "joining.join_projects": lambda at: joining.join_projects(at.portfolio, at.project, at.project),
    "joining.close_project": lambda at: joining.close_project(
        at.portfolio, at.project, OPEN, new_id=at.session.new_id, accept_open=True
    ),
    "joining.reopen_project": lambda at: joining.reopen_project(
        at.portfolio, at.project, OPEN, new_id=at.session.new_id
    ),
    "ledger.matching.match_codes": lambda at: matching.match_codes(
        at.portfolio, {f"K{at.chance.randrange(9)}": (at.project, None)}, new_id=at.session.new_id
    ),
    "lights.set_light": lambda at: lights.set_light(
        at.portfolio,
        OPEN,
        at.project,
        aspect=at.chance.choice(list(lights.Aspect)),
        light=at.chance.choice(list(Light)),
        reason="Konkurs",
        new_id=at.session.new_id,
    ),
    "lights.clear_light": lambda at: lights.clear_light(
        at.portfolio, OPEN, at.project, aspect=at.chance.choice(list(lights.Aspect)), new_id=at.session.new_id
    ),
    "packages.noted": _sent,
    "planning.put": lambda at: planning.put(at.portfolio, _told_anew(at)),
    "planning.remove": lambda at: planning.remove(at.portfolio, _told(at)),
    "planning.set_spending_plan": lambda at: planning.set_spending_plan(
        at.portfolio, at.project, OPEN, [at.chance.randrange(9)] * 12, new_id=at.session.new_id
    ),
    "register.add_project": lambda at: register.add_project(
        at.portfolio, OPEN, register.NewProject(name=f"Nytt {at.chance.random()}"), new_id=at.session.new_id
    ),
    "register.remove_project": lambda at: register.remove_project(at.portfolio, at.project),
    "register.add_subproject": lambda at: register.add_subproject(
        at.portfolio, at.project, code=f"I{at.chance.random()}", name="Under", new_id=at.session.new_id
    ),
    "register.change_subproject": lambda at: register.change_subproject(
        at.portfolio, _subproject(at), code=f"I{at.chance.random()}", name="Under"
    ),
    "register.move_subproject": lambda at: register.move_subproject(at.portfolio, _subproject(at), at.project),
    "register.remove_subproject": lambda at: register.remove_subproject(at.portfolio, _subproject(at)),
    "report.settling.settle_accent": lambda at: settling.settle_accent(at.portfolio, "#7A1F1F"),
    "report.settling.settle_typeface": lambda at: settling.settle_typeface(
        at.portfolio, at.chance.choice(["sans", "serif"])
    ),
    "report.settling.settle_logo": lambda at: settling.settle_logo(at.portfolio, _LOGO),
    "report.settling.settle_parts": lambda at: settling.settle_parts(at.portfolio, ["status"]),
    "report.settling.settle_text": lambda at: settling.settle_text(at.portfolio, "status", f"{at.chance.random()}"),
    "report.settling.settle_length": lambda at: settling.settle_length(at.portfolio, in_full=False),
    "report.settling.settle_language": lambda at: settling.settle_language(at.portfolio, "nn"),
    "report.settling.name_municipality": lambda at: settling.name_municipality(at.portfolio, "Smuglet"),
    "splitting.split_project": _split,
    "statement_check.signs.set_signs": lambda at: signs.set_signs(
        at.portfolio, signs.SignProfile(income_negative=at.chance.random() < 0.5)
    ),
    "workflow.submit": lambda at: workflow.submit(at.portfolio, OPEN, [at.project], at.mover),
    "workflow.take_back": lambda at: workflow.take_back(at.portfolio, OPEN, [at.project], at.mover),
    "workflow.approve": lambda at: workflow.approve(at.portfolio, OPEN, [at.project], at.mover),
    "workflow.send_back": lambda at: workflow.send_back(
        at.portfolio, OPEN, [at.project], at.mover, text="Rett", new_id=at.session.new_id
    ),
    "workflow.comment": lambda at: workflow.comment(
        at.portfolio, OPEN, at.project, at.mover, text="Hei", new_id=at.session.new_id
    ),
    "year_end.make_proposals": lambda at: year_end.make_proposals(
        at.portfolio, 2023, year_end.propose(at.portfolio, 2023), today=TODAY, new_id=at.session.new_id
    ),
}


def any_edit(at: At) -> Edit:
    """Make an edit that no act makes: any record made, changed or removed."""
    known = {None, *at.portfolio.projects}
    keys = {(kind, key_of(one)) for kind in FIELD_OF for one in at.portfolio.records(kind).values()}
    made: list[tuple[Record | None, Record | None]] = [
        (None, one)
        for one in new_records(at.portfolio)
        if getattr(one, "project", None) in known and (type(one), key_of(one)) not in keys
    ]
    made += list(other_records(at.portfolio))
    made += [(one, None) for kind in FIELD_OF for one in at.portfolio.records(kind).values()]
    return Edit(message("Noe annet"), (Change(*at.chance.choice(made)),))
