"""`ncr serve`: the library asked over HTTP by programs, browsers and assistants; it only reads.

An answer is worked out in another process (`answering_processes.py`), so that the event loop stays free. What can be
asked is one table (`operations.py`), from which come the addresses, the OpenAPI description and the tools for
assistants.
"""
