"""The ids of records: texts that are never taken for each other.

Must not know any record.
"""

from __future__ import annotations

from typing import NewType

ProjectId = NewType("ProjectId", str)
SubprojectId = NewType("SubprojectId", str)
RecordId = NewType("RecordId", str)
