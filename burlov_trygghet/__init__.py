"""The house itself: settings, root addresses, the start page. Puts the apps together."""
