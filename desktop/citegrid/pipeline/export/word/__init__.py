"""The Word report, and reading it back after others have edited it.

How a text cites is one of the forms of ``citing`` (the file and its page, or as the citation style has it; ``footnotes`` are a
third), and whose page a quote stands on tells ``cited_works``: what the paper says of another work is never printed as that
work's page, but as cited in the paper.  ``zotero_fields`` makes citations such that Zotero takes them over, ``tracked`` marks
what a review says otherwise than the report in whose place it is written.

``write`` makes a ``report`` (its document from ``template``) and puts one part after the other into it: front, ``table``,
review, ``appendix``, their statements as ``texts`` with ``comments``; ``embedded_project`` keeps what was printed inside the file.  ``read_changes`` compares a file that came
back with that, through ``own_text``, which leaves out what the report itself added; ``apply_changes`` has the changes judged
and puts those that were chosen into the project.
"""
