"""Certificates: issued by a school, held by a learner, checked by anyone."""
