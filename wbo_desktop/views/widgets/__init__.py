"""Small parts that pages and dialogs share: addresses, chips, verdicts, bars, fields."""

from wbo_desktop.views.widgets.address import AddressCompare, AddressText, AddressView, differing
from wbo_desktop.views.widgets.check_box import CheckBox
from wbo_desktop.views.widgets.confirmation_bar import ConfirmationBar
from wbo_desktop.views.widgets.facts import Fact, Facts, address_fact
from wbo_desktop.views.widgets.flow import FlowLayout
from wbo_desktop.views.widgets.form_field import FormField
from wbo_desktop.views.widgets.number import NumberField
from wbo_desktop.views.widgets.qr import QrLabel, qr_pixmap
from wbo_desktop.views.widgets.remark import RemarkField, check_remark
from wbo_desktop.views.widgets.secret import SecretField
from wbo_desktop.views.widgets.status_chip import StatusChip
from wbo_desktop.views.widgets.tones import tone_of
from wbo_desktop.views.widgets.verdict_list import VerdictList

__all__ = [
    "AddressCompare",
    "AddressText",
    "AddressView",
    "CheckBox",
    "ConfirmationBar",
    "Fact",
    "Facts",
    "FlowLayout",
    "FormField",
    "NumberField",
    "QrLabel",
    "RemarkField",
    "SecretField",
    "StatusChip",
    "VerdictList",
    "address_fact",
    "check_remark",
    "differing",
    "qr_pixmap",
    "tone_of",
]
