"""What the columns of a table ask for, and the cells that need no model.

``column_intents`` knows from a column's name which statements answer it, by which words and in which sections; ``answer_types``
gives an answer the form that its column wants.  ``entry_data`` holds what is printed of a work (in its entry, on its title page:
``printed_fields``; where its code is kept: ``repositories``), and ``bibliographic`` makes cells of it.  ``titles`` tells when a title
is an answer, ``hardly_answered`` which columns the papers of a table leave empty.  In come ``Column`` values, entries and pages;
names, words and weights are data (``resources/columns.toml``, ``resources/lexicon/columns.toml``).
"""
