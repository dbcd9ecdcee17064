"""Every dialog of the desk: one class an act, `XDialog(desk, row, parent)`, shown with `open()`."""
