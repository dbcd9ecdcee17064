"""Every dialog of the desk: one class an act, `XDialog(desk, row, parent)`, shown with `open()`.

`registry.DIALOGS` says which does which act. Nothing is imported here, so that the login dialog comes up
without the rest.
"""
