"""The state of a network in words: for the header, its tooltip and the banner. A sentence on what fails says
what waits, and what still works."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from wbo_desktop.domain.network_health import NetworkTrouble
from wbo_desktop.views import format as shown
from wbo_desktop.views.health import NetworkHealth
from wbo_desktop.views.labels import sentences
from wbo_desktop.views.theme import Tone

translate = QCoreApplication.translate


def grade(network: NetworkHealth) -> int:
    """The seriousness of a network's state, 0 when all works."""
    if network.alarm:
        return 5
    if network.worker is None:
        return 4
    if network.trouble:
        return 3
    if network.never_seen:
        return 2
    return 1 if network.silent else 0


def tone(network: NetworkHealth) -> Tone:
    """The colour of a network's state: red where nothing can be confirmed, amber where something waits or is
    unknown."""
    if network.alarm or network.trouble == NetworkTrouble.NO_NODE:
        return Tone.BAD
    return Tone.WAITING if grade(network) else Tone.GOOD


def short(network: NetworkHealth) -> str:
    """The word for the header."""
    if network.worker is not None and network.trouble:
        return translate("network", "{network}: {trouble}").format(
            network=network.name, trouble=_trouble(network)
        )
    if network.head is None:
        return translate("network", "{network}: never seen").format(network=network.name)
    age = shown.duration(network.age)
    return translate("network", "{network} {head} · {age}").format(
        network=network.name, head=f"{network.head:,}", age=age
    )


def _trouble(network: NetworkHealth) -> str:
    match network.trouble:
        case NetworkTrouble.NO_NODE:
            return translate("network", "no node answers")
        case NetworkTrouble.FEW_NODES:
            return translate("network", "too few nodes answer")
        case NetworkTrouble.SENDING:
            return translate("network", "refunds are not sent")
    return translate("network", "the chain worker reports a fault")


def long(network: NetworkHealth) -> str:
    """The text for the tooltip, one fact a line."""
    lines = [network.name]
    if network.head is None:
        lines.append(translate("network", "No block of this network was ever seen"))
    else:
        text = translate("network", "Latest block {head}, seen {age} ago")
        lines.append(text.format(head=f"{network.head:,}", age=shown.duration(network.age)))
    if network.worker:
        lines.append(translate("network", "Chain worker {worker} leads").format(worker=network.worker))
        if network.nodes:
            answer = translate("network", "{usable} of {nodes} nodes answer, {needed} needed")
            lines.append(answer.format(usable=network.usable, nodes=network.nodes, needed=network.needed))
        if network.trouble:
            lines.append(_trouble(network))
    else:
        lines.append(translate("network", "No chain worker leads"))
    if network.alarm:
        lines.append(translate("network", "Alarm: {alarm}").format(alarm=sentences.alarm(network.alarm)))
    return "\n".join(lines)


def message(network: NetworkHealth) -> str:
    """The sentence for the banner; empty when all works."""
    if network.alarm:
        text = translate(
            "network",
            "{network} is halted. {alarm} On it nothing is confirmed or credited, and no refund is executed or settled, "
            "until the administrator has found out why. Receiving, searching, revoking, requesting, approving and other "
            "networks work.",
        )
        return text.format(network=network.name, alarm=sentences.alarm(network.alarm))
    if network.worker is None:
        return translate(
            "network",
            "No chain worker is running for {network}. Deposits are still received; confirmations, credits and "
            "refunds go on when one runs again.",
        ).format(network=network.name)
    if network.trouble:
        return _waits(network).format(
            network=network.name,
            since=shown.short_time(network.since),
            usable=network.usable,
            nodes=network.nodes,
            needed=network.needed,
        )
    if network.never_seen:
        return translate(
            "network",
            "No block of {network} was ever seen. Nothing on it is confirmed, credited or refunded until its first "
            "block comes; other networks, searching and revoking work.",
        ).format(network=network.name)
    if network.silent:
        return translate(
            "network",
            "{network} has brought no new block for {age}. Confirmations, credits and refunds on it wait, and go on by "
            "themselves when blocks come again; other networks, searching, revoking and approving work.",
        ).format(network=network.name, age=shown.duration(network.age))
    return ""


def _waits(network: NetworkHealth) -> str:
    match network.trouble:
        case NetworkTrouble.NO_NODE:
            return translate(
                "network",
                "No node of {network} answers since {since}. On {network} confirmations, credits, micro-payment proofs "
                "and the sending of refunds wait, and go on by themselves. Receiving, searching, revoking, requesting, "
                "approving and other networks work; a refund executed now is sent later.",
            )
        case NetworkTrouble.FEW_NODES:
            return translate(
                "network",
                "{usable} of {nodes} nodes of {network} answer since {since}; {needed} have to agree. Blocks are "
                "followed, but credits on {network} and the settling of its refunds wait. Everything else works.",
            )
        case NetworkTrouble.SENDING:
            return translate(
                "network",
                "Refunds on {network} are not sent since {since}; it is tried again every few seconds. Deposits, "
                "confirmations and credits work. Tell the administrator if it lasts.",
            )
    return translate(
        "network",
        "The chain worker reports a fault on {network} since {since}, and tries again: confirmations, credits and "
        "refunds on {network} may wait. Searching, revoking and approving work. Tell the administrator if it lasts.",
    )
