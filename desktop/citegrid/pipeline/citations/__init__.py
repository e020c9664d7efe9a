"""In-text citations: from a document, the entries of its lists and its hyperlinks to the entries with their mentions.

``resolve`` takes the texts that may cite (``text_spans``), lets each style read them (``numeric``, ``author_year``,
``author_page``, with the names and numbers of ``keys`` and ``labels``) and ``citing_style`` choose; ``hyperlinks`` and
``aliases`` add what links and short names tell.  ``mentions`` makes each citation a Mention, parenthetical or narrative, with
its place, its sentence and its ``intent``; ``unresolved`` then warns of citations that no entry has.
"""
