"""The person's own help: what was done goes in, and texts that can be read before they are given away come out.

``diary`` notes in ``store/activity_log`` what jobs did, without a word of any document; ``self_test`` tries each part on something
small and drawn on the spot; ``problem_report`` puts versions, what was tried and the end of the log into one text, which nobody
sends but the person; ``guide`` reads the pages of the guide.
"""
