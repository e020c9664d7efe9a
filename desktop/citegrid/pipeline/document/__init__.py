"""A file to a ``Document``: pages in reading order with labels, and what the paper says of itself.

A path comes in; ``open`` refuses what cannot be a paper.  ``read`` takes each page's text, asks ``text_layer`` whether it is
sound and lets ``ocr_page`` make the others from pictures; ``page_labels`` says what is printed on the pages, ``layout`` puts
their text in order, ``metadata`` finds title, authors and year.  A ``Document`` goes out, with a warning for every page that
was not read as it stands.
"""
