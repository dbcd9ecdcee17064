"""The permissions of the desk. In the database each one is a NOLOGIN group role of the same name."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What a login can be allowed to do: inquiry (see a page) and operation (act on it) are granted
    separately."""

    CURRENCY_INQUIRY = "atm.crypto_currency_inquiry"
    CURRENCY_OPERATION = "atm.crypto_currency_operation"
    CUSTODIAL_INQUIRY = "atm.va_channel_custodial_account_inquiry"
    CUSTODIAL_OPERATION = "atm.va_channel_custodial_account_operation"
    WALLET_INQUIRY = "atm.va_client_wallet_address_inquiry"
    WALLET_OPERATION = "atm.va_client_wallet_address_operation"
    APPLICATION_INQUIRY = "atm.va_crypto_currency_deposit_application_inquiry"
    APPLICATION_OPERATION = "atm.va_crypto_currency_deposit_application_operation"
    RECORD_INQUIRY = "atm.va_coin_deposit_records_inquiry"
    RECORD_OPERATION = "atm.va_coin_deposit_records_operation"
    REFUND = "atm.va_refund_of_coin_deposit_record"
    REFUND_APPROVAL = "atm.va_refund_approval"
    OPERATOR_ADMIN = "sys.operator_admin"
    AUDIT_INQUIRY = "sys.audit_inquiry"


POWER = frozenset(p for p in Permission if not p.endswith("_inquiry") or p.startswith("sys."))
"""The permissions that allow more than looking at the desk's pages: granted only with the agreement of an
administrator of another hand."""
