"""What errors say, by subject: a sentence for each code, with the names of its values in braces."""
