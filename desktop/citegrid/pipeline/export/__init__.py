"""The report and the table in every format that leaves the program.

What comes in is a ``Project``; ``formats.export`` chooses the writer by the suffix (``word``, ``markdown``, ``spreadsheets``,
``bibtex``, ``ris``, ``references`` for CSL-JSON), and the writers share the numbered evidence of ``evidence_list``, the words
of ``strings`` and the run of ``provenance``.  What goes out is the bytes of a file; ``pdf_annotations`` says what an annotated
copy of the paper has on its pages, and ``document_json`` what ``citegrid read`` prints.
"""
