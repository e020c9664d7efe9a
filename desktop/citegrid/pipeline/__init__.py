"""The rooms, from files to a report: values and ports come in, values go out, and no room knows the one above it.

``table_image`` reads the columns from the picture of a table; ``document`` reads a paper, ``bibliography`` its list of works,
``citations`` and ``footnotes`` where it cites them; ``evidence`` finds and judges sentences, ``cells`` fills a table from them,
``review`` writes about it, ``export`` prints both, and ``library`` keeps background documents.  ``run`` alone tells the whole
story (``read_paper``, ``fill_table``), ``read_remote`` has it read a paper in another process, and ``quality_checks``, ``recheck``
and ``relocate`` look at a result again, and ``examination`` looks at a model.
"""
