"""The seam between Radiograph and whatever stores its traces: what a store MUST and MAY do.

Everything is asked within one ``account`` (12 digits). Every method blocks, and may be called from any thread.
A store that cannot answer raises ``errors.ServiceUnavailable``; it MUST NOT answer with less than it has.
"""

from .identities import AccessKeys, Entities, Identities, IdentityStore, Links, Passwords
from .keys import CustomerKeys
from .settings import Choices, Groups, Policies, SamplingRules, Settings, SettingsStore, Tags
from .sharing import Sharing, SharingStore
from .traces import Reading, SegmentWriter, TraceGroup, TraceReader

__all__ = [
    "AccessKeys",
    "Choices",
    "CustomerKeys",
    "Entities",
    "Groups",
    "Identities",
    "IdentityStore",
    "Links",
    "Passwords",
    "Policies",
    "Reading",
    "SamplingRules",
    "SegmentWriter",
    "Settings",
    "SettingsStore",
    "Sharing",
    "SharingStore",
    "Tags",
    "TraceGroup",
    "TraceReader",
]
