"""Between the panes and the Workbench: a wish of a pane comes in, a call of a use-case goes out.

Each controller serves one kind of work (``files``, ``columns``, ``filling``, ``checking``, ``reports``, ``library`` …), asks
the person where the program may not decide, and tells as a signal what failed or came of it.  The other way round
``project_view`` shows what changed and ``availability`` which commands can be given now.
"""
