"""The app itself: its services, modes, themes and keys put together."""
