"""Puts a mutant's function in the place of the one that is loaded, so that nothing has to be loaded anew.

Must not know a test.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cached_property
from types import CodeType, FunctionType

from tests.mutation.mutants import Mutant


def can_swap(mutant: Mutant) -> bool:
    """Whether the change is in what the function does; a default that it has is of when it was made."""
    new, old = (_code_of(mutant, code) for code in (mutant.code, mutant.was))
    return new is not None and old is not None and new != old and new.co_freevars == old.co_freevars


def swap(mutant: Mutant) -> None:
    """Let the function that is loaded do what the mutant's does."""
    code = _code_of(mutant, mutant.code)
    found: object = importlib.import_module(mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    if code is None:
        raise LookupError(mutant.function)
    for name in code.co_qualname.split("."):
        found = vars(found)[name]
    if isinstance(found, staticmethod | classmethod):
        found = found.__func__
    elif isinstance(found, property):
        found = found.fget
    elif isinstance(found, cached_property):
        found = found.func
    if not isinstance(found, FunctionType):
        raise TypeError(mutant.function)
    found.__code__ = code


def _code_of(mutant: Mutant, code: str) -> CodeType | None:
    # A function begins at its decorator, if it has one.
    lines = {mutant.first_line, mutant.first_line - 1}
    made = compile(code, mutant.path, "exec", dont_inherit=True)
    return next((one for one in _all(made) if one.co_name == mutant.function and one.co_firstlineno in lines), None)


def _all(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _all(one)
