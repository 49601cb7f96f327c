"""Personal data: which fields hold people's names, where one person stands, and another name in its place."""
