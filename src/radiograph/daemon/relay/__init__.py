"""The relay, ``radiograph daemon``: datagrams → journal → X-Ray or a Radiograph, and a signing proxy beside."""

from .settings import Address, Settings, read_address

__all__ = ["Address", "Settings", "read_address"]
