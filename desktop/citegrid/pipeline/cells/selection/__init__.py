"""Which works a table is about.

``query`` reads what a person wishes beyond the topic into a ``Request``.  ``rank_works`` orders what one paper cites by how it
is cited and by the words that titles share (``shared_words``), ``match_works`` tells whether two papers speak of the same work, and ``merge_papers`` makes the rows of several papers
of both.  Out go ``Work`` values, the most important first, with the reasons for them.
"""
