"""From a filled table to its review.

``write`` makes a ``ReviewPlan`` of the verified cells and of sentences that no cell holds; ``compose`` turns its points into
sentences, verifies what the model wrote anew and keeps to the length, with ``framing`` naming the works and joining the
sentences.  Out goes a ``Review``; ``revise`` later judges what a person wrote into it and says a paragraph in other words.
"""
