"""What is true about a municipality's investment projects: pure values and rules, no Qt, no SQL, no files."""
