"""The local data layer: the only room that knows SQL.

`database` opens, checks and migrates a file and gives transactions; each other module holds the statements
of one subject as functions that take a transaction's connection and return dataclasses of `azora_tui.models`.
"""
