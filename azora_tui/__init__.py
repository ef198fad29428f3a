"""A school in one terminal."""

__version__ = "0.4.0"
