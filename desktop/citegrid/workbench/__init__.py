"""The use-cases, for the window and the terminal alike: ``Workbench`` holds each family of them as an attribute.

A call comes in on the owner's thread; its family (``papers``, ``picture_columns``, ``table_edits``, ``cell_edits``,
``evidence_edits``, ``annotations``, ``fill``, ``many_papers``, ``review_edits``, ``questions``, ``text_check``, ``reports``, ``library``,
``glossary``, ``language_models``, ``project_files``) starts a job on one of the
session's queues where it takes long, and what the job finds comes back as an edit.  ``session`` alone changes the project,
keeps what can be undone, has it saved (``store.project_saver``) and tells who watches: a new project and what changed in it go out.
``help`` has no family: the diary of what was done, the self-test, reports of problems and the guide.
"""
