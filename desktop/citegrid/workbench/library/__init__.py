"""The background documents of a project: folders and files come in, an index, search results and places go out.

``service`` keeps the index beside the project, ``use`` holds the use-cases that the faces call.  ``cited`` finds the cited works
themselves in a folder or in Zotero, for which ``fronts`` reads first pages, and has them taken in.
"""
