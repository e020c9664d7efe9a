"""The glossary: the terms of the project, of all projects, and those that its documents teach.

``use`` reads, changes, imports and exports them and gives a run all that it is to use; ``corrections`` sees what a person
corrected in one cell, and offers it for all others.
"""
