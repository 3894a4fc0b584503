"""The audit: who did what, in CloudTrail's shape, chained so that changes show. Record · trail · search · verify."""

from .chain import AUDIT, GENESIS, Place
from .files import CHAINS, chain_directory
from .record import Record, UserIdentity, encode_record
from .redaction import HIDDEN, parameters, shown
from .refusals import Kind
from .resources import Resource, resources_of
from .search import Found, Wanted, search
from .trail import Trail, TrailLimits
from .verify import ChainReport, Finding, verify, verify_chain

__all__ = [
    "AUDIT",
    "CHAINS",
    "GENESIS",
    "HIDDEN",
    "ChainReport",
    "Finding",
    "Found",
    "Kind",
    "Place",
    "Record",
    "Resource",
    "Trail",
    "TrailLimits",
    "UserIdentity",
    "Wanted",
    "chain_directory",
    "encode_record",
    "parameters",
    "resources_of",
    "search",
    "shown",
    "verify",
    "verify_chain",
]
