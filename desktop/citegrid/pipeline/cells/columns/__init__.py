"""What the columns of a table ask for, and the cells that need no model.

``column_intents`` knows from a column's name what answers it, ``bibliographic`` fills what an entry or a title page prints, and
``answer_types`` gives an answer the form that its column wants.  In come ``Column`` values and parsed entries; names and words
of columns are data (``resources/lexicon/columns.toml``).
"""
