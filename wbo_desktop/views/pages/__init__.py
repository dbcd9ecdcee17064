"""The pages of the menu, one module each, named by their English labels; `spec` says how one is declared."""
