"""Counts the requests of one step, so that what is not urgent waits for the next."""

from __future__ import annotations

from wbo_desktop.chain.rpc.endpoints import Endpoints

REQUESTS_A_STEP = 4


class Budget:
    """Requests since `begin`, of all endpoints of a network."""

    def __init__(self, endpoints: Endpoints) -> None:
        self._endpoints = endpoints
        self._before = endpoints.requests

    def begin(self) -> None:
        self._before = self._endpoints.requests

    @property
    def spent(self) -> int:
        return self._endpoints.requests - self._before

    def allows(self, requests: int) -> bool:
        """Whether so many more fit into this step."""
        return self.spent + requests <= REQUESTS_A_STEP
