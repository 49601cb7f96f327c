"""Many laptops with one portfolio, their files lost, doubled and late: what the merge does against what it should."""
