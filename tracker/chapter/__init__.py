"""What the accounts chapter says of single projects: found by their names, and held against their figures."""
