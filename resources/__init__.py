"""What the desktop shows beside its code: icons, the style, the catalogues of translations. Installed as
`wbo_desktop.resources`."""
