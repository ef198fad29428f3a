"""Plain frozen values that every room may use, by subject."""
