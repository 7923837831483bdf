"""Install, uninstall and doctor on made-up Windows and macOS profiles."""
