"""The papers of a project: paths come in, documents with their references, and details a person corrected, go out.

``opened`` holds what was read, ``use`` opens, adds and takes out, ``shown`` is the one paper on the desk.
"""
