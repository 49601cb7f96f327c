"""What somebody wrote on a form beside its answers: it can't be taken in, and is not passed over in silence.

Must not know what an answer means.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tracker.forms.cells import Raw, cell_name, fingerprint, folded
from tracker.forms.finding import Marked
from tracker.forms.marks import PREFIX
from tracker.forms.returned import FormPlace, FormProblem
from tracker.messages import message

_MOST_TOLD = 5
_LONGEST_QUOTE = 60


def strays(file: str, made: Marked, printed: Collection[str]) -> Iterator[FormProblem]:
    """Yield what stands on a sheet and is neither an answer nor was written when the form was made."""
    if made.foreign:
        return
    answers = {found.at for found in made.found}
    stray = sorted(
        at
        for at, raw in made.sheet.cells.items()
        if at not in answers and at not in made.unread and not _is_known(raw, printed)
    )
    for at in stray[:_MOST_TOLD]:
        yield FormProblem(
            place=FormPlace(file=file, sheet=made.sheet.name, cell=cell_name(at)),
            reason=message("«{text}» står utenfor feltene, så det er ikke lest.", text=_quoted(made.sheet.cells[at])),
        )
    left = len(stray) - _MOST_TOLD
    if left > 0:
        yield FormProblem(
            place=FormPlace(file=file, sheet=made.sheet.name),
            reason=message("{count} {count:celle|celler} til utenfor feltene er heller ikke lest.", count=left),
        )


def _is_known(raw: Raw, printed: Collection[str]) -> bool:
    if raw is None or (isinstance(raw, str) and (not folded(raw) or raw.lstrip().startswith(PREFIX))):
        return True
    return fingerprint(raw) in printed


def _quoted(raw: Raw) -> str:
    text = " ".join(str(raw).split())
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
