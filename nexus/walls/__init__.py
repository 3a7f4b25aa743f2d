"""The twenty promises about walls and records, each with what proves it: `manage.py walls` asks every proof."""
