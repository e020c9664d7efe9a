"""The command line: the same use-cases as the window, data on stdout, words on stderr, an exit code for each kind of failure.

Arguments come in through ``parser``, and ``main`` runs the command they name: ``read``, ``fill``, ``ask``, ``check``, ``report``, ``models``, ``guide`` or ``doctor``,
each in a ``context`` with a workbench.  What they say is a Message, said by ``terminal`` in its language and by ``progress`` while a
job runs.
"""
