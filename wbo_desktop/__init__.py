"""WBO Desktop: the operations desk for clients' cryptocurrency deposits.

Only the version lives here, so that importing the package costs nothing; the programs start in `cli`.
"""

__version__ = "0.1.0"
