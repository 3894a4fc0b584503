"""Nodes, edges, histograms and time series, from what the store counted. Pure: no sockets, no clock, no engine."""

from .assemble import service_graph
from .forecast import HISTORY_S
from .selector import Selector, parse_selector
from .series import time_series

__all__ = ["HISTORY_S", "Selector", "parse_selector", "service_graph", "time_series"]
