"""Mutation tests: what the suite notices when the rules, the amounts, the tie-out or the merge are changed."""
