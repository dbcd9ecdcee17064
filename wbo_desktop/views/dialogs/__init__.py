"""Modal dialogs, one class for each act; `base.FormDialog` is what they share.

A page's `ActSpec` says which dialog does which act. Nothing is imported here, so that the login dialog comes up
without the others.
"""
