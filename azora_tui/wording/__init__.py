"""States, times, numbers and errors as words, the same on a screen and in a plain command, by subject."""
