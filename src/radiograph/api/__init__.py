"""The API: HTTP in, one function an operation, HTTP out."""
