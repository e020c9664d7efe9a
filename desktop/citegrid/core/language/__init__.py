"""Text and the languages it is written in: strings come in, and facts about their letters and words go out.

``text`` folds and normalises with a way back to the page, ``script`` tells scripts and years, ``lexicon`` reads the word lists of
``resources/lexicon`` into patterns, ``terms`` gives the terms that a text is indexed under.
"""
