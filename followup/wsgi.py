"""What the web server loads: the application of the installation that FOLLOWUP_INSTANCE names."""

import os
import sys
from pathlib import Path

from followup import create_app
from followup.command import INSTANCE
from followup.settings import Settings, SettingsError

try:
    application = create_app(Settings.load(Path(os.environ.get(INSTANCE, "instance"))))
except SettingsError as error:
    sys.exit(f"Fel: {error}")
