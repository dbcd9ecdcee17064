"""Prometheus metrics of a worker, on loopback only; made from its health when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

LOOPBACK = "127.0.0.1"

GAUGES = {
    "head": "The newest block a node showed.",
    "checkpoint": "The newest block that is stored.",
    "lag": "Blocks between the two.",
    "disputes": "Transactions about which the nodes contradict one another.",
    "deepest_reorg": "The deepest reorganisation seen, in blocks.",
}
COUNTERS = {
    "blocks": "Blocks stored.",
    "steps": "Looks at the chain.",
    "credited": "Deposits credited.",
    "proven": "Wallet proofs decided.",
    "reorgs": "Reorganisations undone.",
    "alarmed_records": "Credited records whose block was reorganised away.",
    "requests": "Requests to nodes.",
    "round_trips": "Round trips to the database.",
}


@contextmanager
def serve_metrics(health: Callable[[], dict[str, Any]], port: int) -> Iterator[int]:
    """A context that serves the metrics on this port, 0 for none. Yields the port."""
    if not port:
        yield 0
        return
    from prometheus_client import CollectorRegistry, start_http_server

    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(health))
    server, thread = start_http_server(port, addr=LOOPBACK, registry=registry)
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Collector:
    def __init__(self, health: Callable[[], dict[str, Any]]) -> None:
        self._health = health

    def describe(self) -> list[Any]:
        return []

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        health = self._health()
        leads = GaugeMetricFamily("wbo_leads", "Whether this worker leads the network.", labels=["network"])
        alarm = GaugeMetricFamily("wbo_alarm", "Whether the network is stopped.", labels=["network"])
        usable = GaugeMetricFamily(
            "wbo_endpoint_usable", "Whether an endpoint is in use.", labels=["network", "endpoint", "reason"]
        )
        for network in health["networks"]:
            leads.add_metric([network["network"]], float(network["leads"]))
            alarm.add_metric([network["network"]], float(bool(network.get("alarm"))))
            for one in network.get("endpoints", ()):
                usable.add_metric([network["network"], one["label"], one["reason"]], float(one["usable"]))
        yield from (leads, alarm, usable)
        yield CounterMetricFamily(
            "wbo_sealed_entries", "Audit entries sealed.", value=float(health["sealed"])
        )
        for names, family in ((GAUGES, GaugeMetricFamily), (COUNTERS, CounterMetricFamily)):
            for name, words in names.items():
                one_family = family(f"wbo_{name}", words, labels=["network"])
                for network in health["networks"]:
                    if network.get(name) is not None:
                        one_family.add_metric([network["network"]], float(network[name]))
                yield one_family
