"""What a status text says, held against the project's figures; must not know how a finding is shown."""

from tracker.proofing.check import TEXT_RULES, proof_read
from tracker.proofing.rule import Facts, TextFinding, TextRule

__all__ = ["TEXT_RULES", "Facts", "TextFinding", "TextRule", "proof_read"]
