"""The title, the authors and the year of a document.

Pages in reading order and the file's own data come in.  ``segments`` cuts the first pages into pieces of rows, ``segment_features``
describes them, ``segment_classes`` says by learnt weights which are title and authors; ``names`` reads names, ``file_data`` what the
file says of itself.  ``front`` puts title and authors together; ``years`` chooses among the years that are printed, by learnt weights, too.
"""
