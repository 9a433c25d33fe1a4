"""Files read into documents: PDF, Word, OpenDocument, EPUB, HTML, Markdown and plain text.

A reader gives a `FileText`: the text as it read it, cut into parts without gap or overlap. `document_of` makes the
frozen tree of it. Nothing here knows of stores or of search.
"""
