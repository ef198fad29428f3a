from azora_tui.cli import main

raise SystemExit(main())
