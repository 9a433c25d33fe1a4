"""The reader: both documents as pages for a browser, made from the corpus, with a search that needs no server.

    from ncrelations import reader
    reader.write(Path("site"))          # index.html, report.html, article.html, ...
    reader.page([ncr.report])           # one page that holds everything it needs

The address of a citation is `report.html#report/VI.1/p2`; `index.html#report/VI.1/p2` goes on to it.
"""

from ncrelations.reader.site import page, write

__all__ = ["page", "write"]
