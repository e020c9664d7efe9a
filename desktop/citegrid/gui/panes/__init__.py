"""The panes: paper, picture, references, library, evidence, table and review, and the page that one starts at.

Each pane takes values (a document, a table, a cell) and shows them; what a person wishes leaves it as a signal that ends in
``_requested`` or says what was chosen.  Panes know no other pane and no workbench: the window connects them.
"""
