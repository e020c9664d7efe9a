"""The library: background documents beside the paper, found again by their words.

Files come in: ``ingest`` looks which are new, ``read_source`` reads each by its kind (``decoding``, ``plain_text``, ``markdown_text``,
``web_page``, ``word_text``; a PDF by the document package), ``source_metadata`` completes title, authors and year, and ``chunking``
cuts the text.  A question comes in at ``search``, which asks the index in two languages and merges the answers.  Out go chunks with
their document, to be cited by their number.
"""
