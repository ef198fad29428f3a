"""A school in one terminal."""

__version__ = "0.5.0"
