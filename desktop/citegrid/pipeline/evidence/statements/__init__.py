"""What a sentence says: whose statement it is, of which kind, how central, and whether it is understood alone.

A sentence comes in with its neighbours, section and place (``Line``), out goes a ``Statement``.  The shares come from a small
classifier learnt from sentences that we labelled (``models/training/statements``); its weights lie in ``models/statements.npz``.
"""
