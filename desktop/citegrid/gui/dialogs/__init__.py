"""Dialogs: each takes what it shows, and gives what was decided as a signal or a value.

None of them changes a project; the controllers do what was decided.
"""
