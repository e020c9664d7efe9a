"""What came of a task besides a table: the ``account`` of the papers of a batch, the ``answers`` to questions and checked texts."""
