"""The nouns of CiteGrid: frozen dataclasses and pure functions, with nothing but the standard library below them.

A document, its references and mentions, works, tables, cells with their evidence, the review and the project that holds them
come in as values; ``project.apply`` and the edits in ``edits/`` give changed values and their inverse, and ``serialisation/``
turns them into JSON and back.  Beside them stand what everyone needs once: what is known of ``language`` (text with a
way back to the page, scripts, word lists), sentences for people (``messages``) and errors (``errors``).
"""
