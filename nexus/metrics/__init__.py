"""Figures for those who run the service, as Prometheus reads them at /metrics/: requests, the queue, signs of life, leases
and clocks. They hold names of code and counts, never an id of a person.

Requests are added up in the cache by every process of every machine; what must be counted in tables a task counts
(`nexus.measure`), so that whoever asks costs nothing.
"""
