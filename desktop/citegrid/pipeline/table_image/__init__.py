"""The picture of a table: the names of its columns, and the rows that are filled already.

``read_template`` has the picture read by the OCR engine and set upright (``deskew``, ``text_boxes``), finds its ``ruling_lines``
and where letters stand (``glyph_gaps``), and lets each way of reading yield candidates: ruled tables (``bordered``), and ``sheets`` in
the window of their program, as names with values (``key_value``) or as a ``header`` with rows, lists (``enumerated``), columns that white space parts (``borderless``: in each of
the ``regions`` where a table may stand it finds the ``gutters``, and then the ``header_names``).  ``readings`` weighs the candidates,
with learnt weights, and chooses one; ``reread`` looks again at what was missed or doubtful in its header, and what
goes out is a ``Template`` with boxes in the given picture.  Letters that the engine takes for others are told apart by the words
that they make (``look_alikes``).
"""
