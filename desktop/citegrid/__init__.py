"""CiteGrid: a paper and a picture of a table in; a cited table, a review and a Word report out.

The run goes one way.  The picture gives the columns.  The paper is read into
pages, its reference list and its in-text citations; the works that matter are
selected; for each cell the program chooses the sentences that answer the column
and tell of that very work.  A local language model translates them and answers
columns of a person's own; its words are verified against the source before they
are shown as supported.  The review is composed from the same
sentences, and everything is exported with its place in the source.

``pipeline.run`` tells this story in two functions, ``read_paper`` and
``fill_table``; ``workbench`` offers it to the window and to the command line.
"""

import os
import sys

# onnxruntime sends telemetry from 1.32 on unless this stands before its first import.  Every process of the program passes here
# first, and what it starts inherits it.  Set, not offered: papers are confidential, whatever the environment says.
os.environ["ORT_DISABLE_TELEMETRY"] = os.environ["DO_NOT_TRACK"] = "1"

# PyMuPDF loads its add-ons, and onnxruntime with them, wherever they are installed: a second and 100 MB in each process that opens
# a PDF, for what nothing here asks.  With None in their places the import fails, as where they are not installed.
sys.modules |= dict.fromkeys(("pymupdf.layout", "pymupdf4llm"))  # type: ignore[arg-type]

__version__ = "0.1.0"
