"""What is known of a language model besides its words: where it answers (``endpoint``), and what its examination found (``examination``)."""
