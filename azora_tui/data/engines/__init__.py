"""The databases that a school can stand on, each with all that is its own."""
