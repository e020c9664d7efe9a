"""Translation: a sentence of a paper in the language of the table, and how sure that is.

Sentences come in at ``translate`` with the terms to be used; out go ``Translation`` values whose text is always in the wanted
language, with a share of certainty and the places that a person should look at.  ``learn_terms`` finds the terms that a document gives in
both languages itself.
"""
