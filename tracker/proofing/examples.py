"""What each rule on texts finds, and what looks like it and is left alone: the rules' own examples.

Must not know how a rule looks. A test holds every rule to them, and docs/control.md shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tracker.kinds import Phase, ProjectKind
from tracker.periods import Part, Period
from tracker.proofing.names import OtherNames
from tracker.proofing.rule import Facts
from tracker.quarters import Quarter, State


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts that contradict some facts, and texts that don't though they come near."""

    facts: Facts
    found: tuple[str, ...]
    left_alone: tuple[str, ...]


_SCHOOL = Facts(
    name="Nordli skole - nybygg",
    code="I10231",
    period=Period(2023, Part.YEAR),
    phase=Phase.CONSTRUCTION,
    total_budget=320_000_000,
    total_spent=145_300_000,
    revised_budget=120_000_000,
    actual=100_460_000,
    completion=Quarter(2025, 3),
    completion_before=Quarter(2025, 3),
    others=OtherNames(("Nordli skole - nybygg", "Elvebakken vannverk")),
)
_FINISHED = replace(_SCHOOL, completion=State.FINISHED, phase=Phase.SETTLEMENT, total_spent=318_000_000)
_OVERSPENT = replace(_FINISHED, total_spent=326_000_000, revised_budget=20_000_000, actual=26_000_000)
_SLIPPED = replace(_SCHOOL, completion_before=Quarter(2024, 4))
_TERTIAL = replace(
    _SCHOOL,
    period=Period(2024, Part.T1),
    actual=52_000_000,
    year_end_forecast=132_000_000,
    final_cost_forecast=335_000_000,
)
_PROGRAMME = replace(
    _SCHOOL, kind=ProjectKind.PROGRAMME, total_budget=None, total_spent=None, completion=State.RUNNING, phase=None
)

_TWICE = (
    "Samarbeidet har gitt flere traseer som øker både beredskap og kapasitet. {between} "
    "Samarbeidet har gitt flere traseer som øker både beredskap og kapasitet."
)

EXAMPLES: Mapping[str, Examples] = {
    "text-total-budget": Examples(
        _SCHOOL,
        ("Totalrammen er 393 mill. kroner.", "I juni vart ramma auka frå 305 til 350 mill. kr."),
        (
            "Totalrammen er 320 mill. kroner.",
            "Opprinnelig ramme var 280 mill. kroner.",
            "Taket har en ramme på 12 mill. kroner.",
            "Prosjektet er innenfor rammen: 145,3 mill. kr av 320 mill. kr er påløpt.",
        ),
    ),
    "text-year-budget": Examples(
        _SCHOOL,
        ("Årets budsjett er 135 MNOK.", "Revidert budsjett for 2023: 98 000 tkr."),
        (
            "Årets budsjett er 120 mill. kroner.",
            "Budsjettet for 2024 er 150 mill. kroner.",
            "Det går raskere enn budsjettert: 100,5 mill. kr er brukt i år.",
        ),
    ),
    "text-total-spent": Examples(
        _SCHOOL,
        ("Så langt er det påløpt 185 mill. kroner.", "Totalt forbruk er 121 mill. kr av 320 mill."),
        ("Så langt er det påløpt 145 mill. kroner.", "Det er brukt 4 mill. kroner på rådgivere."),
    ),
    "text-year-actual": Examples(
        _SCHOOL,
        ("I 2023 er det brukt 84 mill. kroner på prosjektet.", "Regnskapet for året viser 112 mill. kr."),
        (
            "I 2023 er det brukt ca. 100 mill. kroner.",
            "I 2022 ble det brukt 38 mill. kroner.",
            "Det ble kjøpt 13 boliger for ca. 56 mill. kroner i 2023.",
        ),
    ),
    "text-parts": Examples(
        _PROGRAMME,
        ("I 2023 er det brukt 84 mill. på veier. I tillegg er det brukt 31 mill. kroner på gangveier.",),
        ("I 2023 er det brukt 64 mill. på veier. I tillegg er det brukt 31 mill. kroner på gangveier.",),
    ),
    "text-year-forecast": Examples(
        _TERTIAL,
        ("Årsprognosen er 110 mill. kroner.", "Vi regner med å bruke 150 mill. kr i år."),
        ("Årsprognosen er 132 mill. kroner.", "Prognosen er tatt ned fra 150 til 132 mill. kroner."),
    ),
    "text-final-forecast": Examples(
        _TERTIAL,
        ("Sluttprognosen er 362 mill. kroner.",),
        ("Sluttprognosen er 335 mill. kroner.", "Sluttkostnaden kan bli 350 mill. hvis kravet vinner fram."),
    ),
    "text-percent": Examples(
        _SCHOOL,
        ("Om lag 70 prosent av totalrammen er brukt.", "Halvparten av årets budsjett er brukt."),
        ("84 % av årets budsjett er brukt.", "Byggherren dekker 30 % av kostnadene."),
    ),
    "text-overspend": Examples(
        _SCHOOL,
        ("Årets merforbruk dekkes av rammen for 2024.",),
        ("Det ventes ikke merforbruk.", "Skulle det bli merforbruk, må rammen økes.", "Det er merforbruk på inventar."),
    ),
    "text-underspend": Examples(
        _OVERSPENT,
        ("Prosjektet avsluttes med et mindreforbruk.",),
        ("Prosjektet hadde et mindreforbruk i 2021.", "Det blir neppe noe mindreforbruk."),
    ),
    "text-deviation": Examples(
        _SCHOOL,
        ("Mindreforbruket på 8,2 mill. kroner overføres til 2024.",),
        ("Mindreforbruket på 19,5 mill. kroner overføres til 2024.", "Det gjenstår 174,7 mill. av totalrammen."),
    ),
    "text-within-budget": Examples(
        _OVERSPENT,
        ("Prosjektet avsluttes innenfor budsjett.", "Anlegget er levert iht. framdrift og budsjett."),
        ("Prosjekteringen ble gjennomført innenfor budsjett.", "Rammen er ikke holdt."),
    ),
    "text-completion": Examples(
        _SCHOOL,
        ("Skolen ferdigstilles i 4. kvartal 2026.", "Skulen skal stå klar til skulestart 2024."),
        (
            "Skolen står klar til skolestart 2025.",
            "Taket er ferdig i mars 2024.",
            "Opprinnelig skulle skolen stå ferdig i 2023.",
        ),
    ),
    "text-past-promise": Examples(
        _SCHOOL,
        ("Prøvedriften starter i oktober 2023.", "Kontrakten skal signeres i mai 2023."),
        ("Prøvedriften startet i oktober 2023.", "Kontrakten skal signeres i mai 2024."),
    ),
    "text-finished": Examples(
        _SCHOOL,
        ("Skolen er ferdigstilt og tatt i bruk.", "Prosjektet er avsluttet."),
        (
            "Grunnarbeidet er ferdig.",
            "Prosjektet er ferdig med forprosjekt.",
            "Skolen er ikke ferdig.",
            "Arbeidet skjer mens skolen er i bruk.",
        ),
    ),
    "text-not-finished": Examples(
        _FINISHED,
        ("Skolen står ferdig i juni 2024.", "Byggearbeidene er i full gang."),
        ("Det gjenstår ettårsbefaring og sluttoppgjør.", "Skolen ble tatt i bruk i august 2023."),
    ),
    "text-on-schedule": Examples(
        _SLIPPED,
        ("Prosjektet er i rute.", "Framdrifta er i tråd med planen."),
        ("Arbeidet med taket er i rute.", "Prosjektet følger ny framdriftsplan."),
    ),
    "text-delayed": Examples(
        _SCHOOL,
        ("Prosjektet er forsinket.", "Ferdigstillelsen er utsatt med et halvt år."),
        ("Prosjektet er ikke forsinket.", "Leveransen av vinduer er forsinket."),
    ),
    "text-stopped": Examples(
        _SCHOOL,
        ("Prosjektet er satt på vent.",),
        ("Arbeidet var stanset noen uker i 2022.", "Riggområdet for nabotomta er satt på vent."),
    ),
    "text-other-project": Examples(
        _SCHOOL,
        ("Elvebakken vannverk er satt i drift.",),
        ("Midlene hentes fra Elvebakken vannverk.", "Nordli skole er under bygging."),
    ),
    "text-remnant": Examples(
        _SCHOOL,
        ("<p>Bygget reises.</p>", "Ansvaret er overfÃ¸rt til drift."),
        ("Støyen er < 55 dB.", "Regn & flom ga ingen skader."),
    ),
    "text-code": Examples(
        _SCHOOL,
        ("Prosjekt I4105 kan legges ned.",),
        ("Midlene flyttes til I41052.", "Fylkesvei 115 legges om."),
    ),
    "text-repeated": Examples(
        _SCHOOL,
        (_TWICE.format(between="Vi bygger ut."),),
        ("Bygget reises. Bygget reises.",),
    ),
    "text-run-together": Examples(
        _SCHOOL,
        ("Bygget reises.Deretter kommer taket.",),
        ("Bygget reises. Deretter kommer taket.",),
    ),
}
"""By the rule's id."""
