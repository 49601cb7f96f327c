"""Norwegian running text as amounts, times and words with meaning; must not know any figure."""
