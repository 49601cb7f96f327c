"""Every reader fed with what nobody would write: it reads, or refuses in the way that its callers know."""
