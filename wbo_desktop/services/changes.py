"""Publish and subscribe by topic: pages subscribe, acts and the database's notifications publish."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wbo_desktop.domain.acts import Topic

Listener = Callable[[frozenset[Topic]], None]


class Changes:
    """The subscriptions of one desk. Not thread-safe: for the event loop's thread alone."""

    def __init__(self) -> None:
        self._listeners: list[tuple[frozenset[Topic], Listener]] = []

    def subscribe(self, topics: Iterable[Topic], listener: Listener) -> Callable[[], None]:
        """Calls `listener` at each change that touches one of `topics`, with those that it touches. Returns
        the function that ends the subscription."""
        entry = (frozenset(topics), listener)
        self._listeners.append(entry)

        def unsubscribe() -> None:
            if entry in self._listeners:
                self._listeners.remove(entry)

        return unsubscribe

    def publish(self, topics: Iterable[Topic]) -> None:
        """Calls each subscriber of one of the changed topics once."""
        changed = frozenset(topics)
        for wanted, listener in tuple(self._listeners):
            if concerned := wanted & changed:
                listener(concerned)
