"""From a request and read papers to the cells of a table.

In come a ``Request`` (``selection.query``), papers and perhaps a library, held by a ``RunContext``; ``rows`` chooses the works of
the table (``selection``: ranked, matched, merged) and fills what their entries print (``columns``).  ``fill_row`` then
asks the waiting cells: ``passages`` retrieves, ``score_passages`` chooses, ``generate`` puts into words, ``verify_answers``
judges and falls back, each from ``CellAnswer`` values to others, and ``compare_accounts`` sets a work's own words beside those
of the papers that cite it.  Out go ``Cell`` values with their evidence and their reasons; words, names of columns and prompts
are data (``resources/lexicon``, ``resources/prompts``).
"""
