"""Keys of encrypted portfolios in no time: a passphrase is made slow to guess, and the tests use a hundred.

The rounds stand in no file: what is derived here is told apart, kept and forgotten as any key is. That the real number
is SQLCipher's own is seen in `test_encryption`, where SQLCipher alone opens a file.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.key import _ROUNDS as ROUNDS

__all__ = ["ROUNDS", "quick_keys"]
_FEW = 1000


@pytest.fixture(scope="module", autouse=True)
def quick_keys() -> Iterator[None]:
    """Derive this module's keys by few rounds."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("db.key._ROUNDS", _FEW)
        yield
