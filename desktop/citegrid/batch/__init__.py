"""One table over many papers: each paper's own words fill its row, by the same rooms and the same verifier as in a project of one.

``find`` names the papers of a folder or a list and tells files apart by their bytes.  ``run`` tells the story: what is excluded
or there twice is left, what was finished before is taken from ``finished_rows`` (one file for each paper, under a key made of
the paper, the columns, the model and the version), the rest goes to a ``Scheduler``.  ``scheduler`` is the one of this machine:
processes of their own, each of which fills the rows of a few papers (``one_paper``) and gives its memory back.  A paper that
fails, or whose process dies, is a paper with a reason; the others go on.  ``assemble`` makes the project of all: its table, and
the account of what became of every paper that was found.
"""
