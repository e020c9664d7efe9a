"""The window: panes in a dock area, item models over the project, dialogs, and the controllers between them and the workbench.

``app`` starts it, ``window`` wires it: what a person wishes comes out of panes and dialogs as signals, controllers ask the
workbench for it, and what changed comes back through item models and is drawn anew.  ``theme`` gives colours and style sheet,
``i18n`` the language, ``actions`` and ``toolbar`` the commands; panes know no other pane.
"""
