"""From a filled table to its review.

``passages`` finds what the papers say of the table's works, each sentence with its citations said anew in their places
(``citations``), and what they say of themselves; ``facts`` makes typed facts of the cells that passed.  ``plan`` chooses what
is worth most together and lays it out, ``threads`` putting into one paragraph what is about one question; ``sentences`` and
``topics`` say it, ``marked_text`` keeping the doubtful words in place.  ``write`` is the whole of it for a run; ``revise``
later judges what a person wrote into a review and says a paragraph anew.
"""
