"""Personal data in a portfolio file: every place of a person, told, handed out, and taken away."""
