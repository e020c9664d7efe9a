"""The list of works of a paper: a Document comes in, its References come out, each with its place and its fields.

``locate`` finds the lists (``extent`` where each ends, ``locate_unheaded`` those without a heading), ``segment`` cuts them into
entries by their labels or by their shape (``segment_unlabelled``, ``indent``, ``segment_gaps``), and ``extract`` gives each entry to
``entry.parse``.  Then ``mark`` says which blocks of the document are entries, and ``coverage`` and ``consistency`` say what was lost
and what is odd; the words of all this lie in ``resources/lexicon`` and become patterns in ``patterns``.
"""
