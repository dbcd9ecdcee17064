"""網絡: the chains that are followed, with their nodes and finality rule."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from wbo_desktop.domain.acts import SaveNetwork, Topic
from wbo_desktop.domain.permissions import Permission
from wbo_desktop.models.tables import Network
from wbo_desktop.views import format as shown
from wbo_desktop.views import labels
from wbo_desktop.views.dialogs.network import SaveNetworkDialog
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP
from wbo_desktop.views.pages.sections import FactList
from wbo_desktop.views.pages.spec import ActSpec, Context, PageSpec
from wbo_desktop.views.tables.columns import Column, Kind


def _endpoints(row: Network) -> str:
    return "\n".join(row.rpc_urls or []) or shown.NOTHING


def _how_many(row: Network) -> str:
    return str(len(row.rpc_urls or []))


COLUMNS = (
    Column(Network.name, width=150),
    Column(Network.chain_id, Kind.NUMBER, 90),
    Column(Network.finality, width=190, words=labels.finality),
    Column(Network.head_number, Kind.NUMBER, 120, title=QT_TRANSLATE_NOOP("column", "Latest block")),
    Column(Network.head_seen_at, Kind.TIME, 160),
    Column(Network.worker, width=130, title=QT_TRANSLATE_NOOP("column", "Leading worker")),
    Column(Network.rpc_urls, width=110, text=_how_many, tooltip=_endpoints),
    Column(Network.agreement, Kind.NUMBER, 150),
    Column(Network.txid_grace_seconds, Kind.NUMBER, 160, visible=False),
    Column(Network.updated_at, Kind.TIME, 160, visible=False),
)

FACTS = (
    Column(Network.chain_id, Kind.NUMBER),
    Column(Network.finality, words=labels.finality),
    Column(Network.rpc_urls, text=_endpoints),
    Column(Network.agreement, Kind.NUMBER),
    Column(Network.worker_agreement, Kind.NUMBER),
    Column(Network.txid_grace_seconds, Kind.NUMBER),
    Column(Network.explorer_tx_url, visible=False),
    Column(Network.explorer_address_url, visible=False),
    Column(
        Network.checkpoint_number, Kind.NUMBER, title=QT_TRANSLATE_NOOP("column", "Processed up to block")
    ),
    Column(Network.alarm, text=lambda row: labels.alarm(row.alarm), visible=False),
    Column(Network.updated_at, Kind.TIME),
)


def _facts(context: Context, parent: QWidget) -> QWidget:
    return FactList(context, lambda: QCoreApplication.translate("deposit", "Details"), FACTS, parent)


PAGE = PageSpec(
    code="network",
    title=QT_TRANSLATE_NOOP("menu", "Network"),
    icon="network",
    permission=Permission.CURRENCY_INQUIRY,
    model=Network,
    columns=COLUMNS,
    topics=frozenset({Topic.NETWORK, Topic.CHAIN}),
    empty=QT_TRANSLATE_NOOP(
        "empty", "No networks yet. Add the first one with at least one node that answers."
    ),
    acts=(
        ActSpec(
            SaveNetwork,
            SaveNetworkDialog,
            "plus",
            on_row=False,
            name="network.add",
            title=QT_TRANSLATE_NOOP("act", "Add"),
        ),
        ActSpec(
            SaveNetwork,
            SaveNetworkDialog,
            "edit",
            name="network.edit",
            title=QT_TRANSLATE_NOOP("act", "Edit"),
        ),
    ),
    sections=(_facts,),
)
