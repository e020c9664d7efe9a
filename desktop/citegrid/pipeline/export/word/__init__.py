"""The Word report, and reading it back after others have edited it.

``write`` makes a ``report`` (its document from ``template``) and puts one part after the other into it: front, ``table``,
review, ``appendix``, their statements as ``texts`` with ``comments``; ``embedded_project`` keeps what was printed inside the file.  ``read_changes`` compares a file that came
back with that, through ``own_text``, which leaves out what the report itself added; ``apply_changes`` has the changes judged
and puts those that were chosen into the project.
"""
