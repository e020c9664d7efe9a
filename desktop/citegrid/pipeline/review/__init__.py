"""From a filled table to its review.

``passages`` reads the papers sentence by sentence: what they say of the table's works and of others that they cite, each citation
said anew in its place (``citations``), what stands between, and what they say of themselves; ``facts`` makes typed facts of the cells
that passed.  ``plan`` takes runs of these sentences, as they stand behind each other in one paragraph of a paper, by what they
are worth together, and sets the paper's problem and aim before them, what is open and what it finds behind them; ``threads``
makes paragraphs of the runs.  ``sentences`` say it, ``topics`` what holds across works, ``marked_text`` keeping the doubtful words in place.  ``write``
is the whole of it for a run; ``revise`` later judges what a person wrote into a review and says a paragraph anew.
"""
