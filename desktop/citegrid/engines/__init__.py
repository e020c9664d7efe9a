"""Each third-party engine behind a port of ``ports``: pages, OCR, pictures, the language model; ``wiring`` alone knows them.

A path or pixels come in and words, lines, highlights or answers go out: ``pdf`` (with ``pdf_links``, ``ligatures``, ``torn_words`` and ``weight``), ``annotate`` and
``crop`` through PyMuPDF and OpenCV, ``picture`` through Pillow, ``ocr`` (with ``ocr_words``) through RapidOCR, the
``language_model`` through llama.cpp, the network that reads sentences (``sentence_encoder``, on ``word_pieces``) through onnxruntime.  ``pdf_process``, ``ocr_pool``, ``caged`` and ``language_model.process`` are the same ports one process away and
fenced in, so that a crash, a long page or a hostile file takes nothing with it; ``pdf_bytes`` and ``picture_file`` give what they read.
"""
