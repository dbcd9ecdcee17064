"""Who wants to know what: pages subscribe to topics, writes and the database's notifications publish them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wbo_desktop.domain.acts import Topic

Listener = Callable[[frozenset[Topic]], None]


class Changes:
    """Hands changed topics to subscribers; all on the loop's thread."""

    def __init__(self) -> None:
        self._listeners: list[tuple[frozenset[Topic], Listener]] = []

    def subscribe(self, topics: Iterable[Topic], listener: Listener) -> Callable[[], None]:
        """Call `listener` with the topics concerned on each change of one of `topics`; returns what
        unsubscribes."""
        entry = (frozenset(topics), listener)
        self._listeners.append(entry)

        def unsubscribe() -> None:
            if entry in self._listeners:
                self._listeners.remove(entry)

        return unsubscribe

    def publish(self, topics: Iterable[Topic]) -> None:
        """Tell everybody concerned, once each."""
        changed = frozenset(topics)
        for wanted, listener in tuple(self._listeners):
            if concerned := wanted & changed:
                listener(concerned)
