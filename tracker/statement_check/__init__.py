"""The appropriation statement § 5-5 that somebody else made: read, held against itself and against the projects."""
