"""What can be changed in the code that must not be wrong, by mutmut's own operators.

mutmut changes what stands in a function; here the functions that it leaves out because it copies them, the properties,
are changed too, since a mutant here is a file that is written. Must not know how a mutant is tried.
"""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import Mutation, MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

ROOT = Path(__file__).parents[2]
SUBJECTS = {
    "rules": ("tracker/flags/*.py", "tracker/proofing/*.py", "tracker/light_rules.py"),
    "amounts and quarters": ("tracker/money.py", "tracker/quarters.py", "tracker/periods.py"),
    "tie-out": ("tracker/tieout.py", "tracker/statement.py", "tracker/statement_check/*.py"),
    "merge": ("tracker/merging/*.py",),
}
_DERIVED = frozenset({"property", "cached_property"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change of one file: where, and the whole file as it is with it."""

    subject: str
    path: str
    function: str
    first_line: int
    """Of the function; its own line is run when the module is imported, by no test."""
    line: int
    last_line: int
    was: str
    code: str

    @property
    def diff(self) -> str:
        """What is changed, in the form of a diff."""
        lines = difflib.unified_diff(self.was.splitlines(), self.code.splitlines(), n=0, lineterm="")
        return "\n".join(line for line in lines if not line.startswith(("---", "+++")))

    @property
    def key(self) -> str:
        """What it is known by, also when other lines of the file have changed."""
        changed = [line for line in self.diff.splitlines() if line[:1] in "+-"]
        told = "\n".join([self.path, self.function, *changed])
        return hashlib.sha256(told.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file as mutmut has read it."""

    path: Path
    code: str
    wrapper: MetadataWrapper


def sample(count: int, *, seed: int) -> list[Mutant]:
    """Return as many mutants of each subject, drawn by the seed from all that there are.

    Each has a lot of its own, so that code that changes takes only its own mutants out of the sample.
    """
    share, more = divmod(count, len(SUBJECTS))
    drawn = []
    for place, (subject, patterns) in enumerate(SUBJECTS.items()):
        possible = [one for pattern in patterns for path in sorted(ROOT.glob(pattern)) for one in _possible(path)]
        lots = _lots(possible, seed)
        order = sorted(range(len(possible)), key=lots.__getitem__)
        # Some are written as what they were, a place that Python does not need.
        real = (made for at in order if (made := _made(subject, *possible[at])))
        drawn += islice(_once(real), share + (place < more))
    return drawn


def _lots(possible: list[tuple[_File, Mutation]], seed: int) -> list[bytes]:
    """Return what each is drawn by: the seed, its function, and which it is of the function's."""
    counts = Counter[str]()
    lots = []
    for file, mutation in possible:
        function = cst.ensure_type(mutation.contained_by_top_level_function, cst.FunctionDef).name.value
        of = f"{file.path.relative_to(ROOT).as_posix()} {function}"
        counts[of] += 1
        lots.append(hashlib.sha256(f"{seed} {of} {counts[of]}".encode()).digest())
    return lots


def _once(mutants: Iterator[Mutant]) -> Iterator[Mutant]:
    seen = set[str]()
    for one in mutants:
        if one.code not in seen:
            seen.add(one.code)
            yield one


def _possible(path: Path) -> list[tuple[_File, Mutation]]:
    """Return what mutmut would change in the functions of a file, not yet written."""
    code = path.read_text(encoding="utf-8")
    file = _File(path=path, code=code, wrapper=MetadataWrapper(cst.parse_module(code)))
    visitor = _Visitor(mutation_operators, IgnoredCode(set(), set(), set()))
    file.wrapper.visit(visitor)
    return [
        (file, one) for one in visitor.mutations if isinstance(one.contained_by_top_level_function, cst.FunctionDef)
    ]


def _made(subject: str, file: _File, mutation: Mutation) -> Mutant | None:
    function = cst.ensure_type(mutation.contained_by_top_level_function, cst.FunctionDef)
    changed = file.wrapper.module.deep_replace(mutation.original_node, mutation.mutated_node)
    code = cst.ensure_type(changed, cst.Module).code
    places = file.wrapper.resolve(PositionProvider)
    return (
        None
        if code == file.code
        else Mutant(
            subject=subject,
            path=str(file.path.relative_to(ROOT)),
            function=function.name.value,
            first_line=places[function.name].start.line,
            line=places[mutation.original_node].start.line,
            last_line=places[function].end.line,
            was=file.code,
            code=code,
        )
    )


class _Visitor(MutationVisitor):
    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef) and _is_derived(node):
            return False
        return super()._skip_node_and_children(node)


def _is_derived(node: cst.FunctionDef) -> bool:
    made_by = [one.decorator for one in node.decorators]
    return len(made_by) == 1 and isinstance(made_by[0], cst.Name) and made_by[0].value in _DERIVED
