"""Papers that cite in footnotes: from a document and the entries of its lists to the works that its notes name.

``detect`` finds the notes at the foot of the pages, or at the end, and ``marks`` the raised numbers that call them;
``parse`` reads the citations of each note, in full or as a short form of one of the ``known_works``.  ``resolve`` believes
this when enough notes cite, and gives the works, the marks that cite each, and what could not be told.
"""
