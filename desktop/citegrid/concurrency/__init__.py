"""Work beside the owner's thread: jobs with progress and cancel, and processes that end for certain.

A function of ``(progress, cancel)`` comes in; ``jobs`` runs it on a queue and posts its steps and end to the owner's thread,
``remote_work`` runs it in a process of its own, which ``child_process`` starts and ends, ``fence`` holds and ``watch`` looks after, and brings
back its parts and its error as data (``wire``); ``ocr_desk`` reads pictures for it. ``cores`` counts the processors that it may use.
"""
