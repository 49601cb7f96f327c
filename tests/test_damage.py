"""A damaged file: never a crash, never silently wrong, and always a way back that leads where it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.damage.files import Bench, Ended, Noticed
from tests.damage.ways import WAYS, flip_a_bit, flip_a_bit_of_the_journal, stale_journal

_EACH = 2


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    return Bench(tmp_path_factory.mktemp("skade"))
