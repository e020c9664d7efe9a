"""The command line: the same use-cases as the window, data on stdout, words on stderr, an exit code for each kind of failure.

Arguments come in through ``parser``, and ``main`` runs the command they name; each module holds commands of one kind (``read``, ``fill``,
``batch``, ``ask``, ``verify``, ``export``, ``library``, ``glossary``, ``models``, ``guide``, ``doctor``), in a ``context`` with a workbench.  What they say is a Message, said by ``terminal`` in its language and by ``progress`` while a
job runs; Ctrl-C ends it for certain (``interrupt``).
"""
