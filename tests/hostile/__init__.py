"""Input that somebody made to do harm, or that something broke: made here, and held against every way in."""
