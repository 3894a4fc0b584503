"""Assembly: two processes, of which only these modules know.

``front`` has the sockets and the journal; ``back`` has the store, carries the journal into it, and answers questions.
``link`` is what crosses between them, ``child`` keeps the second one alive. ADR 0007 says why there are two.
"""
