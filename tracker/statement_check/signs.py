"""The signs that a municipality's § 5-5 is printed with: set once, and turned only where it is read or printed.

Inside, money out is positive, money in negative, and a deviation is budget minus actual of that: positive is always
to the good. Must not know a figure, nor where it is printed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum

from tracker.edits import NOTHING, Change, Edit
from tracker.messages import Message, message
from tracker.model import Portfolio, RecordId
from tracker.model.portfolio import Setting
from tracker.statement_check.known import KNOWN, Known, Section, Way

SIGNS_SETTING = RecordId("statement.signs")


class DeviationSign(Enum):
    """What a positive deviation means on a line."""

    BUDGET_MINUS_ACTUAL = "budget-minus-actual"
    ACTUAL_MINUS_BUDGET = "actual-minus-budget"
    FAVOURABLE = "favourable"


_DEVIATIONS = {
    DeviationSign.BUDGET_MINUS_ACTUAL: message("avvik er budsjett minus regnskap"),
    DeviationSign.ACTUAL_MINUS_BUDGET: message("avvik er regnskap minus budsjett"),
    DeviationSign.FAVOURABLE: message("positivt avvik er gunstig"),
}
# Printed positive where income is: what comes in, and the sums and nets that count it so.
_TURNED_WITH_INCOME = {Section.INCOME, Section.TRANSFERS}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignProfile:
    """How a template prints its signs; `turned` are the ids of lines printed the other way than the rest says."""

    income_negative: bool = True
    deviation: DeviationSign = DeviationSign.BUDGET_MINUS_ACTUAL
    turned: frozenset[str] = frozenset()

    def factor(self, known: Known | None, section: Section) -> int:
        """Return what a printed amount is multiplied by to stand as it does inside; the same back."""
        way = Way.EITHER if known is None else known.way
        usual = 1
        if not self.income_negative and way is not Way.OUT:
            usual = -1 if section in _TURNED_WITH_INCOME or way is Way.IN else 1
        return -usual if known is not None and known.id in self.turned else usual

    def deviation_factor(self, known: Known | None, section: Section) -> int:
        """Return what a printed deviation is multiplied by."""
        if self.deviation is DeviationSign.FAVOURABLE:
            return 1
        factor = self.factor(known, section)
        return -factor if self.deviation is DeviationSign.ACTUAL_MINUS_BUDGET else factor

    def factor_of(self, known: str | None) -> int:
        """Return the factor of a line of the regulation by its id; 1 for a line of the municipality's own."""
        line = next((one for one in KNOWN if one.id == known), None)
        return 1 if line is None else self.factor(line, line.section)

    @property
    def words(self) -> tuple[Message, ...]:
        """What it says, for the reader."""
        told = [
            message("inntekter står med minus") if self.income_negative else message("inntekter står uten minus"),
            _DEVIATIONS[self.deviation],
        ]
        turned = [known.title for known in KNOWN if known.id in self.turned]
        told += [message("«{line}» står med motsatt fortegn", line=title) for title in turned]
        return tuple(told)


USUAL_SIGNS = SignProfile()


def signs_of(portfolio: Portfolio) -> SignProfile:
    """Return the portfolio's profile, the usual one where none is set or what is set can't be read."""
    setting = portfolio.settings.get(SIGNS_SETTING)
    return USUAL_SIGNS if setting is None else _read(setting.value)


def signs_setting(profile: SignProfile) -> Setting:
    """Return a profile as it is kept."""
    kept = {
        "deviation": profile.deviation.value,
        "income_negative": profile.income_negative,
        "turned": sorted(profile.turned),
    }
    return Setting(id=SIGNS_SETTING, value=json.dumps(kept, sort_keys=True))


def set_signs(portfolio: Portfolio, profile: SignProfile) -> Edit:
    """Set the signs that the portfolio's § 5-5 is printed with; the figures inside stay as they are."""
    before = portfolio.settings.get(SIGNS_SETTING)
    if signs_of(portfolio) == profile:
        return NOTHING
    return Edit(message("Fortegn i bevilgningsoversikten § 5-5"), (Change(before, signs_setting(profile)),))


def _read(value: str) -> SignProfile:
    try:
        kept = json.loads(value)
        return SignProfile(
            income_negative=bool(kept["income_negative"]),
            deviation=DeviationSign(kept["deviation"]),
            turned=frozenset(map(str, kept["turned"])),
        )
    except (ValueError, TypeError, KeyError):
        return USUAL_SIGNS
