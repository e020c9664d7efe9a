"""Model files: what a person may choose, where it comes from, and what lies here.

The list is ``manifest``, ``fetch`` brings a file and checks its sum, ``gguf`` reads a file's header and judges it, ``models`` gives
out what is here, and ``writing_tests`` and ``examinations`` keep what was found of a model once;
``recommend`` says which of them fits a computer.
"""
