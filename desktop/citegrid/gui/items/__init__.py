"""The table, the references and the columns as Qt item models, with the views and delegates that draw them.

``table_items`` takes the project's table and refreshes only the cells that changed; ``table_view`` shows it with ``headers``,
drawn by ``cell_delegate`` as ``cell_layout`` lays it out, and gives the wishes of keys and mouse as signals.  ``reference_items``
and ``column_list`` do the same for the reference list and for the columns that are edited.
"""
