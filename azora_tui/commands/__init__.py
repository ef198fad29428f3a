"""The plain commands: what the app does, as text for people and JSON for programs. None imports Textual."""
