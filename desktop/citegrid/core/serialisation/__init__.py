"""Values as JSON and back: the result that the command line promises, its columns, and fields read with care.

``result`` and ``column_json`` write; reading goes through ``fields``, where every fault is an error that names the field.
"""
