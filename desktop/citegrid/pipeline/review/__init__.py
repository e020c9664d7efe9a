"""From a filled table to its review.

``facts`` makes typed facts of the cells that passed, and ``passages`` finds what the papers say beyond them: of one work, and
of several at once.  ``grouping`` puts the works together that a heading links; ``plan`` lays out paragraphs
of steps, each with its rank; ``compose`` takes as many steps as the length allows and has ``sentences`` and ``topics`` say
them, ``names`` naming the works and ``marked_text`` keeping the doubtful words in place.  ``write`` is the whole of it for a
run; ``revise`` later judges what a person wrote into a review and says a paragraph anew.
"""
