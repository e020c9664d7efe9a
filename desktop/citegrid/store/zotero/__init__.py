"""Zotero on this computer, read and never written: through its local API where it runs, else from a copy of its database.

``profile`` says where its data lie and on which port it answers, ``api`` asks it over the loopback, ``database`` copies and reads
``zotero.sqlite``, ``fields`` makes works of what both give, and ``manager`` takes the first of the two ways that can be gone.
"""
