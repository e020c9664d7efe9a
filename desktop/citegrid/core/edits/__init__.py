"""What a person does to a table, as pure functions: columns, whole rows, cells that are asked again, two tables compared,
and the glossary with what one correction of a translation means for all others.

A project or its columns come in; an edit for ``project.apply``, or the changed columns with the names that were changed, go out.
"""
