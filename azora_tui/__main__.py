from azora_tui.cli import program

program()
