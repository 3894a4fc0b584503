"""A shop that does not exist, traced: documents one trace at a time (pure), live over UDP, or hours of the past."""

from radiograph.demo.history import Filled, HistoryRefused, fill_history
from radiograph.demo.live import Told, UdpSender, run, udp_sender
from radiograph.demo.scenarios import Scenario
from radiograph.demo.story import Document, Emission
from radiograph.demo.telling import arrivals, trace

__all__ = [
    "Document",
    "Emission",
    "Filled",
    "HistoryRefused",
    "Scenario",
    "Told",
    "UdpSender",
    "arrivals",
    "fill_history",
    "run",
    "trace",
    "udp_sender",
]
