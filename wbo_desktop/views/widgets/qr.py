"""QR codes, black on white in both colour schemes, since cameras need it."""

from __future__ import annotations

import segno
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

QUIET_ZONE = 4
"""Modules of white around the code, as ISO/IEC 18004 wants."""


def qr_pixmap(text: str, size: int = 196) -> QPixmap:
    """The QR code of `text` with error correction M, about `size` pixels wide (a whole number of pixels a
    module)."""
    code = segno.make(text, error="m", micro=False)
    rows = [[bool(module) for module in row] for row in code.matrix_iter(border=QUIET_ZONE)]
    image = QImage(len(rows), len(rows), QImage.Format.Format_Mono)
    image.setColorTable([QColor("white").rgb(), QColor("black").rgb()])
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.setPixel(x, y, int(dark))
    scale = max(2, round(size / len(rows)))
    return QPixmap.fromImage(image.scaled(len(rows) * scale, len(rows) * scale))


class QrLabel(QLabel):
    """A label with a QR code."""

    def __init__(self, text: str = "", parent: QWidget | None = None, size: int = 168) -> None:
        super().__init__(parent)
        self._size = size
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(QCoreApplication.translate("address", "QR code"))
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Shows the code of another text."""
        self.setPixmap(qr_pixmap(text, self._size) if text else QPixmap())
        self.setAccessibleDescription(text)


class QrPopup(QWidget):
    """A popup with a QR code, which any click elsewhere closes."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("qr_popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(QrLabel(text, self, 220))
