"""Files that others made are read in a process of their own, which may die of them, and of nothing else."""
