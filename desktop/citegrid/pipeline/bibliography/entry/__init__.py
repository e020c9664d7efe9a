"""The fields of the entries of one list: their printed texts and their words in italics come in, authors, title, year, venue and
identifiers go out.

``parse`` joins the lines and puts accents on their letters; ``tokens`` cuts the text, ``tagger`` says by learnt weights
to which field each token belongs, ``label_rules`` what signs alone tell of that (a decimal is never parted), ``list_habits`` and
``list_style`` what the other entries of the list do; ``assemble`` makes the fields of these, ``imprint``
volume, issue, pages and publisher.  Addresses are read by their form (``identifiers``), and
lists that print each field on lines of its own go through ``line_fields`` as well.
"""
