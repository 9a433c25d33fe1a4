"""The reader: documents as pages for a browser, made from a library, with a search that needs no server.

    from ncrelations import reader
    reader.write(Path("site"))          # of the packaged edition: index.html, report.html, article.html, ...
    reader.write(Path("site"), library) # of any other
    reader.page([ncr.report])           # one page that holds everything it needs

The address of a citation is `report.html#report/VI.1/p2`; `index.html#report/VI.1/p2` goes on to it.
"""

from ncrelations.reader.site import page, write

__all__ = ["page", "write"]
