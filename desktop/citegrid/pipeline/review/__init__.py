"""From a filled table to its review.

``passages`` finds what the papers say of the table's works, then of others that they cite, each sentence with its citations said
anew in their places (``citations``), and what they say of their field and of themselves; ``facts`` makes typed facts of the cells
that passed.  ``plan`` chooses what is worth most together and lays it out: a sentence that leans on the one before it comes with
that one, a paragraph of several facts is opened by what the paper says first there, and ``threads`` keeps together what stands
together in the paper's own argument.  ``sentences`` and
``topics`` say it, ``marked_text`` keeping the doubtful words in place.  ``write`` is the whole of it for a run; ``revise``
later judges what a person wrote into a review and says a paragraph anew.
"""
