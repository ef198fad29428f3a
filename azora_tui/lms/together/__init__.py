"""Learners for each other: profiles, connections, wisdom, circles, and one inbox for all of it."""
