"""Texts for the client, in the client's language and not the operator's: to copy into whatever channel
the desk uses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from wbo_desktop.models.tables import Refund, WalletAddress
from wbo_desktop.views import format as shown
from wbo_desktop.views import i18n
from wbo_desktop.views.i18n import QT_TRANSLATE_NOOP, in_language
from wbo_desktop.views.plain_text import copy_exactly, flash
from wbo_desktop.views.widgets.plain import section_label

REFUNDED = QT_TRANSLATE_NOOP(
    "client",
    "Dear client,\n\nYour deposit {record_no} has been refunded.\nAmount: {amount}\nNetwork: "
    "{network}\nAddress: {address}\n"
    "TXID: {txid}\n\nThe refund is final on chain. Please check your wallet, and contact us if anything "
    "is unclear.",
)

MICRO_PAYMENT = QT_TRANSLATE_NOOP(
    "client",
    "Dear client,\n\nTo verify your wallet {source}, please send exactly {amount} on {network} from "
    "that wallet to:\n"
    "{target}\n\nThe amount has to be exact to the last digit, and the payment has to arrive before {until}. "
    "Do not send from another wallet or an exchange. This payment only verifies the wallet and is not credited "
    "as a deposit.",
)

SIGN_MESSAGE = QT_TRANSLATE_NOOP(
    "client",
    "Dear client,\n\nTo verify your wallet {source} on {network}, please sign the following text with "
    "it, unchanged, "
    "and send us the signature (it begins with 0x):\n\n{challenge}\n\nSigning costs nothing and moves "
    "no coins.",
)


def refunded(row: Refund, language: str) -> str:
    """The text that tells a client that the refund (a row of `refund`) has arrived."""
    return in_language(REFUNDED, language).format(
        record_no=row.record_no,
        amount=shown.amount(row.amount, row.decimals, row.coin),
        network=row.network,
        address=row.address,
        txid=row.txid or shown.NOTHING,
    )


def micro_payment(row: WalletAddress, decimals: int | None, language: str) -> str:
    """The text that asks a client for the payment that verifies a wallet (a row of `wallet_address`)."""
    return in_language(MICRO_PAYMENT, language).format(
        source=row.address,
        amount=shown.amount(row.micro_amount, decimals, row.micro_coin),
        network=row.network,
        target=row.micro_target,
        until=shown.time_text(row.micro_expires_at),
    )


def sign_message(row: WalletAddress, language: str) -> str:
    """The text that asks a client to sign the challenge of a wallet (a row of `wallet_address`)."""
    return in_language(SIGN_MESSAGE, language).format(
        source=row.address, network=row.network, challenge=row.challenge
    )


class ClientText(QWidget):
    """A text for a client with a button that copies it, and a choice of language that begins with the
    client's."""

    def __init__(self, act: str, language: str, compose: Callable[[str], str]) -> None:
        super().__init__()
        self._compose = compose
        self.setObjectName(f"{act}.client_text.box")
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setObjectName(f"{act}.client_text")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(6 * self.text.fontMetrics().lineSpacing() + 20)
        title = QCoreApplication.translate("client", "Text for the client")
        self.text.setAccessibleName(title)
        self.language = QComboBox(self)
        self.language.setObjectName(f"{act}.client_language")
        self.language.setAccessibleName(QCoreApplication.translate("client", "Language of the text"))
        for code, own in i18n.LANGUAGES.items():
            self.language.addItem(own, code)
        self.language.setCurrentIndex(max(0, self.language.findData(language)))
        self.language.currentIndexChanged.connect(self.refresh)
        self.copy_button = QPushButton(QCoreApplication.translate("client", "Copy text"), self)
        self.copy_button.setObjectName(f"{act}.copy_text")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.addWidget(section_label(title, self), 1)
        row.addWidget(self.language)
        row.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.text)
        self.refresh()

    def refresh(self) -> None:
        self.text.setPlainText(self._compose(self.language.currentData()))

    def _copy(self) -> None:
        copy_exactly(self.text.toPlainText())
        flash(QCoreApplication.translate("address", "Copied"), self.copy_button)
