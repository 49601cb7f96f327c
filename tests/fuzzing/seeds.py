"""Where each reader's fuzzing begins: small inputs that it can read, written as its users would."""

from __future__ import annotations

from tracker.ledger.lines import Columns, framed, pack

_TABLE = """Status investeringsprosjekter
Beløp i 1000
 Totalbudsjett Årets budsjett

Investering Vedtatt totalt Påløpt totalt  Est.
ferdig

Rev. bud. Regnskap Avvik i kr Kommentar

Åsen skole  2 000 1 097  4K-2024  986 1 083  -97 Prosjektet går etter planen.
Ny brannstasjon 450 000  12 000 2K-2027 10 000  9 500  500 Anbud er ute.
Sum 452 000 13 097  10 986  10 583 403
"""
_STATEMENT = """Bevilgningsoversikt - investering § 5-5 første ledd
Beløp i 1000 kr  Regnskap 2023  Rev. budsjett 2023  Oppr. budsjett 2023
Investeringer i varige driftsmidler  400 000  450 000  430 000
Tilskudd til andres investeringer  12 000  12 000  12 000
Sum investeringsutgifter  412 000  462 000  442 000
Bruk av lån  -412 000  -462 000  -442 000
Sum investeringsinntekter  -412 000  -462 000  -442 000
Fremført til inndekning i senere år (udekket beløp)  0  0  0
"""
_STATUS = (
    """Prosjektet er forsinket og ferdigstilles i 4. kvartal 2025. Totalrammen er 10 mill. kr, og det er brukt 2,0 mill.
Mindreforbruket på 1 200 000 kroner skyldes sen fakturering; 25 % gjenstår.""",
    "Prosjektet er avslutta, med eit meirforbruk på 345 tkr. Sjå sak 12/23. **Rest** overførast til 2024.",
)
_LEDGER = """Prosjekt;Konto;Periode;Bilag;Linje;Tekst;Beløp
41001;02300;202301;1001;1;Faktura;1 000,00
41002;02500;202302;1002;1;"Bygg; og anlegg";-250,50
41001;07290;202303;1003;2;Mva;-1.000,00
;;;;;Sum;-250,50
"""
_SAFT = """<?xml version="1.0" encoding="UTF-8"?>
<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:NO"><MasterFiles><AnalysisTypeTable>
<AnalysisTypeTableEntry><AnalysisType>P</AnalysisType><AnalysisTypeDescription>Prosjekt</AnalysisTypeDescription>
</AnalysisTypeTableEntry></AnalysisTypeTable></MasterFiles><GeneralLedgerEntries><Journal><Transaction>
<TransactionID>1</TransactionID><Period>1</Period><PeriodYear>2023</PeriodYear>
<Line><RecordID>1</RecordID><AccountID>02300</AccountID><Analysis><AnalysisType>P</AnalysisType>
<AnalysisID>41001</AnalysisID><AnalysisAmount><Amount>10.50</Amount></AnalysisAmount></Analysis>
<Description>x</Description><DebitAmount><Amount>10.50</Amount></DebitAmount></Line>
</Transaction></Journal></GeneralLedgerEntries></AuditFile>
"""
_REGISTER = (
    "Prosjektnr\tProsjekt\tTotalbudsjett\tBudsjett 2024\t2025\tFerdig\n"
    "41001\tÅsen skole\t#2000\t~986.5\t-\t4K-2024\n41002\tBrannstasjon\t450 000\t10 000\t#0\t@2025-01-01\n"
)
_PROFILE = (
    '{"columns": {"project": "A", "amount": "B", "period": "C"}, "unit": "KRONER", "is_negated": false, "vat": null, '
    '"content": "transactions", "repeats_code": false, "is_keyed": false, '
    '"accounts": {"places": [2], "funding": {"729": "vat_compensation"}, "left_out": []}}'
)
_ID = "00000000-0000-0000-0000-000000000001"
_JOURNAL = (
    f'[["project", "{_ID}", null, {{"id": "{_ID}", "name": "Skole", "kind": "project"}}]]',
    f"""[["status", "{_ID}", null, {{"id": "{_ID}", "project": "{_ID}", "period": "2023-T1", "text": "x",
"completion": "4K-2024", "split_timing": 1}}]]""",
    '{"text": "Endret {field}", "values": {"field": {"text": "Navn", "values": {}}, "count": 2}}',
)
_EXPORT = (
    '{"format": "tertial-portfolio", "version": 2, "tables": {"setting": [{"id": "municipality", "value": "Åsen"}]}}',
    f'{{"format": "tertial-portfolio", "version": 2, "tables": {{"project": [{{"id": "{_ID}", "name": "Skole"}}]}}}}',
)
_PLACE = f'["status", "{_ID}|2024-T1", "text"]'
_AUTHOR = f'["{_ID}", "Kari", "2024-05-02T10:00:00+00:00", {{"text": "Endret", "values": {{}}}}'
_LINEAGE = (
    f'{{"edits": [{_AUTHOR}, [{_PLACE}], []]], "kept": [{_PLACE}], "known": "AAAAAAAAAAA="}}',
    f'{{"waiting": [["{_ID}", {_PLACE}]], "settled": [["0000000000000000", {_PLACE}]], "undid": "{_ID}"}}',
    f'{{"portfolio": "{_ID}", "package": "{_ID}"}}',
)
_KARI, _MINE = "00000002-0000-4000-8000-000000000000", "00000009-0000-0000-0000-000000000001"
_OF_KARI = f'"id": "{_MINE}", "project": "{_KARI}", "period": "2024-T1"'
_COMMENT = f'{{{_OF_KARI}, "kind": "note", "by": "Kari", "at": "2024-05-02T10:00:00+00:00", "text": "x"}}'
_PACKAGE = (
    f"""[["", [["milestone", "{_MINE}", null,
{{{_OF_KARI}, "thread": "{_MINE}", "name": "M", "planned": "2024-05-03"}}]], ""]]""",
    f"""[["", [["comment", "{_MINE}", null, {_COMMENT}]], ""],
["", [["comment", "{_MINE}", {_COMMENT}, null]], "{{\\"undid\\": \\"00009000-0000-4000-8000-000000000000\\"}}"]]""",
    f'[["{_MINE}", [["project", "{_KARI}", {{"id": "{_KARI}", "name": "Aasen bru"}}, null]], ""]]',
    '[["", [["setting", "limit.x", null, {"id": "limit.x", "value": "1"}]], "{\\"known\\": \\"AAAAAAAAAAA=\\"}"]]',
)
_FORM = (
    "l\n#0\t#6\t#3\tFerdig\n#0\t#7\t#4\t#3100",
    "s\n#1\t#5\t#2\t1K-2027\n#1\t#6\t#2\t~1.5\n#1\t#7\t#2\t@2024-01-01",
)
_SIGNS = '{"deviation": "budget-actual", "income_negative": true, "turned": ["loan"]}'
_DRAFT = '[{"project": "1", "period": "2023-Y", "field": "text", "base": "", "text": "å"}]'


def _encoded(*texts: str) -> tuple[bytes, ...]:
    return tuple(text.encode() for text in texts)


def _packed() -> bytes:
    columns = Columns(
        rows=[2, 3],
        codes=["41001", "41002"],
        accounts=["02300", ""],
        times=[202301, 202312],
        amounts=[100, -5],
        vouchers=["1", "2"],
        texts=["å", ""],
    )
    return pack([framed(columns)], 2).packed


_SETTINGS_FILE = (
    '{"format": "tertial-settings", "version": 1, "settings": {"limit.year_kroner": 500, "words": ["a", "b"], '
    '"deadline.T1": "15.05.", "statement.signs.turned": ["loan"], "statement.granted-areas": ["-"], '
    '"report.parts": ["status"], "municipality": "Ås", "limit.year_percent": null, "ledger-profile.x": '
    + _PROFILE
    + "}}"
)

SEEDS: dict[str, tuple[bytes, ...]] = {
    "amounts": _encoded("1 234 567,89", "12,3 mill", "(345) tkr", "kr -10", "1.234", "> 1 000", "9" * 40, "1e9"),
    "times": _encoded("4K-2024", "Ferdig", "2023-T1", "2023-Y", "1. kvartal 2025", "Løpende", "K4 24", "?"),
    "typed": _encoded("Periodisering 500; Kostnad 300", "Rød: konkurs", "#1B4F72", "<> -", "= skole", "sans", "ja"),
    "cells": _encoded("1 234,50\t#12\t~1.5\t@2023-01-01\t202301\tjan. 23\t-\t~nan\t~inf\t~1e300"),
    "table": _encoded(_TABLE),
    "statement": _encoded(_STATEMENT),
    "chapter": _encoded("Skole\nÅsen skole: Bygget er ferdig. Brannstasjon, ny står.\n• Vann - hovedplan gikk bra."),
    "status": _encoded(*_STATUS),
    "ledger": (*_encoded(_LEDGER), _LEDGER.encode("utf-16"), _LEDGER.encode("cp1252")),
    "saft": _encoded(_SAFT),
    "register": _encoded(_REGISTER),
    "settings": _encoded(_PROFILE, _SIGNS, '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "settings-file": _encoded(_SETTINGS_FILE),
    "draft": _encoded(_DRAFT),
    "packed": (_packed(),),
    "journal": _encoded(*_JOURNAL),
    "export": _encoded(*_EXPORT),
    "lineage": _encoded(*_LINEAGE),
    "package": _encoded(*_PACKAGE),
    "form": _encoded(*_FORM),
}
