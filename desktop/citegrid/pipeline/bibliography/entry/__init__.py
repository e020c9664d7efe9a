"""The fields of one entry: its printed text and its words in italics come in, authors, title, year, venue and identifiers go out.

``parse`` joins the lines, puts accents on their letters (``accents``) and takes ``identifiers`` out; ``authors`` weighs every reading
of the beginning as names (``name_run``, in the forms of ``name_forms``) or as an organisation, ``title`` weighs every way to tell what
follows, ``venue`` and ``year`` read the rest.  Lists that print each field on lines of its own go through ``line_fields`` as well.
"""
