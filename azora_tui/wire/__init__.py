"""The JSON shapes, by subject: those of the original Azora services, with what is ours beside it.

Rows are snake_case with UTC `YYYY-MM-DD HH:MM:SS` and 0/1; what a call answers is camelCase with ISO times.
"""
