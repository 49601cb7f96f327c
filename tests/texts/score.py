"""How well the rules on texts do on labelled ones: `python -m tests.texts.score [--aside] [--misses]`.

A text has one contradiction, or none (label `-`). A finding is right when the text has a contradiction of that kind
and, where the words are labelled, touches their sentence; every other finding is wrong. Precision is right findings
of all; recall is contradictions found of all. The open sets were used while the rules were made: `before` was written
before them, the hard ones after. `--aside` measures the set that was kept aside and looked at by nobody until then.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.kinds import Phase, ProjectKind
from tracker.periods import parse_period
from tracker.proofing import Facts, TextFinding, TextRule, proof_read
from tracker.proofing.names import OtherNames
from tracker.quarters import parse_completion

FOLDER = Path(__file__).parent
OPEN, ASIDE = FOLDER / "open", FOLDER / "aside"
FINE = "-"
# A contradiction of one kind is often one of its neighbour too: a project that is told to be finished in spring, while
# it is finished, is both «completion» and «not-finished».
KINDS = (
    frozenset({"total-budget", "year-budget", "final-forecast"}),
    frozenset({"total-spent", "year-actual", "year-forecast", "percent", "final-forecast"}),
    frozenset({"overspend", "underspend", "deviation", "within-budget", "percent", "final-forecast", "year-forecast"}),
    frozenset({"completion", "finished", "not-finished", "on-schedule", "delayed", "past-promise", "stopped"}),
    frozenset({"other-project"}),
    frozenset({"remnant", "code"}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text with what is wrong in it, and the facts that it is held against."""

    id: str
    facts: Facts
    language: str
    label: str
    quote: str
    text: str

    @property
    def is_fine(self) -> bool:
        """Whether nothing in it contradicts the figures."""
        return self.label == FINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the rules found in a labelled text, sorted into right and wrong."""

    one: Labelled
    right: tuple[tuple[TextRule, TextFinding], ...]
    wrong: tuple[tuple[TextRule, TextFinding], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Right and wrong findings, and how many contradictions were found of all."""

    right: int
    wrong: int
    found: int
    contradictions: int

    @property
    def precision(self) -> float:
        """Right findings of all findings."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Contradictions found of all contradictions."""
        return self.found / max(1, self.contradictions)


def read_open() -> dict[str, list[Labelled]]:
    """Read every labelled text that was used while the rules were made, by set."""
    return {folder.name: read_folder(folder) for folder in sorted(OPEN.iterdir()) if folder.is_dir()}


def read_folder(folder: Path) -> list[Labelled]:
    """Read every labelled text of a set."""
    cards = {row["card"]: row for row in _rows(sorted(folder.glob("cards*.csv")))}
    names = OtherNames(row["name"] for row in cards.values())
    return [_labelled(row, cards[row["card"]], names) for row in _rows(sorted(folder.glob("texts*.csv")))]


def outcome_of(one: Labelled) -> Outcome:
    """Hold one labelled text against its facts."""
    found = proof_read(one.text, one.facts)
    right = tuple(pair for pair in found if _is_right(one, *pair))
    return Outcome(one=one, right=right, wrong=tuple(pair for pair in found if pair not in right))


def score_of(outcomes: Iterable[Outcome]) -> Score:
    """Add outcomes up."""
    held = list(outcomes)
    return Score(
        right=sum(len(outcome.right) for outcome in held),
        wrong=sum(len(outcome.wrong) for outcome in held),
        found=sum(bool(outcome.right) for outcome in held),
        contradictions=sum(not outcome.one.is_fine for outcome in held),
    )


def main(given: Sequence[str]) -> int:
    """Print the score of each set, and with `--misses` each text that was misjudged."""
    sets = {"aside": read_folder(ASIDE)} if "--aside" in given else read_open()
    for name, labelled in sets.items():
        outcomes = [outcome_of(one) for one in labelled]
        if "--misses" in given:
            _print(_misses(outcomes))
        _print(
            [
                _line(name, outcomes),
                _line("  bokmål", [outcome for outcome in outcomes if outcome.one.language == "nb"]),
                _line("  nynorsk", [outcome for outcome in outcomes if outcome.one.language == "nn"]),
                *_by_label(outcomes),
            ]
        )
    return 0


def _print(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _rows(files: Iterable[Path]) -> Iterator[dict[str, str]]:
    for file in files:
        with file.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines, delimiter=";")


def _labelled(row: dict[str, str], card: dict[str, str], names: OtherNames) -> Labelled:
    return Labelled(
        id=row["id"],
        facts=_facts(card, names),
        language=row["language"],
        label=row["label"],
        quote=row.get("quote") or "",
        text=row["text"].replace("\\n", "\n"),
    )


def _facts(card: dict[str, str], names: OtherNames) -> Facts:
    return Facts(
        name=card["name"],
        period=parse_period(card["period"]),
        kind=ProjectKind(card["kind"]),
        phase=_phase(card["phase"]),
        total_budget=_amount(card["total_budget"]),
        total_spent=_amount(card["total_spent"]),
        revised_budget=_amount(card["revised_budget"]) or 0,
        actual=_amount(card["actual"]) or 0,
        year_end_forecast=_amount(card["year_end_forecast"]),
        final_cost_forecast=_amount(card["final_cost_forecast"]),
        completion=parse_completion(card["completion"]),
        completion_before=parse_completion(card["completion_before"]) if card["completion_before"] else None,
        code=card["code"] or None,
        others=names,
    )


def _phase(word: str) -> Phase | None:
    return Phase("feasibility" if word == "concept" else word) if word else None


def _amount(text: str) -> int | None:
    return int(text) if text else None


def _is_right(one: Labelled, rule: TextRule, finding: TextFinding) -> bool:
    label = rule.id.removeprefix("text-")
    if label != one.label and not any({label, one.label} <= kind for kind in KINDS):
        return False
    if not one.quote:
        return True
    start = one.text.find(one.quote)
    stops = [place for place in range(start, -1, -1) if one.text[place : place + 2] in {". ", ".\n"}]
    first = stops[0] if stops else 0
    return finding.start < start + len(one.quote) + 80 and finding.end > first


def _line(name: str, outcomes: Sequence[Outcome]) -> str:
    score = score_of(outcomes)
    fine = [outcome for outcome in outcomes if outcome.one.is_fine]
    told = score.right + score.wrong
    return (
        f"{name:<10}{len(outcomes):>4} texts  precision {score.precision:.3f} ({score.right}/{told})"
        f"  recall {score.recall:.3f} ({score.found}/{score.contradictions})"
        f"  silent on {sum(not outcome.wrong for outcome in fine)}/{len(fine)} that are fine"
    )


def _by_label(outcomes: Iterable[Outcome]) -> Iterator[str]:
    held = [outcome for outcome in outcomes if not outcome.one.is_fine]
    found = Counter(outcome.one.label for outcome in held if outcome.right)
    for label, count in sorted(Counter(outcome.one.label for outcome in held).items()):
        yield f"  {label:<16}{found[label]:>3}/{count}"


def _misses(outcomes: Iterable[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        one = outcome.one
        told = "; ".join(
            f"{rule.id} «{one.text[finding.start : finding.end]}» {dict(finding.figures)}"
            for rule, finding in outcome.wrong
        )
        if outcome.wrong:
            yield f"WRONG  {one.id} [{one.label}] {one.facts.name}: {one.text}\n       → {told}"
        if not one.is_fine and not outcome.right:
            yield f"MISSED {one.id} [{one.label}] {one.facts.name}: {one.text}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
