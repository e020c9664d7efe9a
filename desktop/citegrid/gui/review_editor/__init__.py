"""The text of the review as an editor in which citations cannot break.

``runs`` takes a review apart into runs of text and marks and puts it together again; ``editor`` shows them, with each citation as
a ``citation_chip``, and gives the review as it was written; ``clipboard`` keeps citations when text is moved.
"""
