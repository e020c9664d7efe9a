"""Evidence: which sentences speak of a work, and whether they carry a statement about it.

A paper with its references comes in: ``passages`` makes sentences with the citations marked in them, and ``retrieve`` chooses those
that speak of a work, or of the paper itself, by named features and one table of weights.  ``citation_markers`` says of whom a marked
sentence speaks (``instructions``, whether to the program instead), ``readable`` makes marked sentences and a model's answers fit to read.  A statement comes in at ``verify``, which
holds its words (``claim_tokens``) and the model's judgement against the passages; out goes a finding with its reason and evidence.
All cue phrases are data, built into patterns by ``patterns``.
"""
