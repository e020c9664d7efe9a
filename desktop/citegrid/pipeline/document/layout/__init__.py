"""The words of pages to text in reading order, with blocks of known kinds.

Pages with words in the order of the file come in.  ``reading_order`` makes ``lines`` of them, sets aside ``line_numbers`` and
``headers_footers`` (what repeats or counts up from page to page), finds the ``columns`` and makes ``paragraphs`` of what is left;
``text_flow`` and ``text_chain`` then follow sentences across columns and pages, by the rules of ``sentence_ends``.  Pages with
blocks go out, and flows of running text that lead back to them.
"""
