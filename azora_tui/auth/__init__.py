"""The Auth Service over azora.db: accounts, passwords, tokens. Its calls are in `azora_tui.auth.service`."""
