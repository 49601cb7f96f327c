"""Icons, fonts, translations and the example: data that the program carries with it."""
