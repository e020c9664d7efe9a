"""Answers: a question in plain words, or a person's own text, set against the papers and the library.

Papers and a library come in; ``sources`` makes one shelf of all their sentences, found again by what they say (``content_words``: words by
their stems and, across languages, by the terms they are).  A question goes to ``answer``, which gives sentences of the sources with
their places, or says that none answers.  A text goes to ``check_text``: each of its sentences is held against those that say most
of the same (``compare``, by named features: its numbers with their units, names, directions, denials, quantifiers, who stands to
whom), and one table of fitted weights (``judge``) tells whether they support it, contradict it, or do not speak of it.  What turns a
statement round (``claims``) is data: ``resources/lexicon/oppositions.toml``.
"""
