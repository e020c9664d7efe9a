"""Small widgets that several panes and dialogs use: the pane's frame, bars of messages and jobs, forms, hints.

They know the theme and the language, but neither the project's state nor the workbench.
"""
