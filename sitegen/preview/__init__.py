"""The preview: a watcher and a loopback server."""
