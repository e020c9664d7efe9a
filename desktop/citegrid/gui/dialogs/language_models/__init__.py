"""The dialogs of language models: the ``manager`` lists, fetches, adds and examines them, ``server`` asks for the address of one that answers elsewhere."""
