"""The LMS Service over lms.db: the catalog, enrolling, lessons and progress.

Every function takes the service (`Lms`) and the verified claims of the person who asks (`Claims`), and answers with a
value of `azora_tui.models` or raises an `azora_tui.errors.AzoraError`.
"""
