"""The title, the authors and the year of a document.

Pages in reading order and the file's own data come in.  ``title_page`` (what is set in large type), ``thesis_cover`` (what
labels name), ``byline`` (what stands below the title) and ``file_data`` (what the file says of itself) yield candidates
with features; ``names`` reads names.  ``candidates`` holds the one table of weights, by which ``front`` chooses a title,
then authors, then a year.
"""
