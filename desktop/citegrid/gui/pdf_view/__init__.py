"""The paper as it is read: pages drawn on a worker thread, with highlights, selection, search and a way back.

``page_layout`` says where pages lie, ``page_cache`` has the tiles drawn that ``canvas`` wants, ``page_painter`` puts them and the
marks on the screen; ``hit_test`` and ``text_selection`` find the words under the mouse.  ``find_bar``, ``side_bar``
(``thumbnails``, ``place_lists``) and ``history`` move about, ``note_bubble`` holds a person's note on a highlight, and where a person
goes leaves the canvas as a signal.
"""
