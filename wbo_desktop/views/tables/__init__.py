"""Lists: columns as data, one model of keyset pages, one delegate, one view."""
