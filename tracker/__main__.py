"""Runs the program as `python -m tracker`."""

from ui.launch import main

raise SystemExit(main())
