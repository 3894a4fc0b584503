"""AWS's protocols: bytes in, a Struct out, and back; no sockets."""

from radiograph.wire.rest_json import decode, decode_documents, encode, error_response

__all__ = ["decode", "decode_documents", "encode", "error_response"]
