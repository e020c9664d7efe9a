"""Everything on disk: projects, the library's index, models, templates, and what was read before.

Paths come from ``paths``; values go out through ``files`` (whole or not at all) into ``project_folder``, ``cell_notes``,
``templates``, ``glossary`` (files of others come in through ``tbx``, too), ``library_index``, ``ocr_cache`` and ``front_cache`` (a project beside its owner's
thread, by ``project_saver``), and come back with every fault as one sentence.  Models lie in
``model_files``, what Zotero has is read in ``zotero``; ``locking`` keeps two programs apart, ``own_files`` makes what is the person's alone and follows no link, ``written`` knows which files may be replaced, ``strayed`` looks for sources that have moved, and ``activity_log`` notes what was done, without a word of it.
"""
