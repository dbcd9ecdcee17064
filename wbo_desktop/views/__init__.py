"""Windows, pages, dialogs and their words: the only package that knows Qt, apart from the composition root.

Pages, dialogs and tables ask `services.desk.Desk`; they never see the database or the chain.
"""
