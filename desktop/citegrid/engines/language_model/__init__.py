"""The language model behind ``ports.LanguageModel``: prompts come in, answers with their likelihoods go out.

``llama`` answers groups of questions through llama.cpp (on ``context``, which decodes, ``devices``, which finds graphics cards, and ``decoding``, which generates side by side);
``endpoint`` asks a server instead of a file (on ``http_stream``, which speaks HTTP, and ``dialects``, which writes requests and reads events; its key is kept by ``keys``); ``spoken`` is an
answer under way in both; ``chat`` writes prompts as the model's own template says; ``process`` is the same port one process away; ``template_trial`` tries
the template that a foreign model brings along.
"""
