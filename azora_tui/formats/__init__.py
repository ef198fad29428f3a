"""Courses in, records out."""
