"""What the web server loads: the application of the installation that FOLLOWUP_INSTANCE names."""

import gc
import os
import sys
from pathlib import Path

from followup import create_app
from followup.command import INSTANCE
from followup.settings import Settings, SettingsError

# What a start loads stays. Looking through it for what may be thrown away would cost a sixth of the start,
# and later one page in some hundreds its time.
gc.disable()
try:
    settings = Settings.load(Path(os.environ.get(INSTANCE, "instance")))
    settings.check_database_is_there()
    application = create_app(settings)
except SettingsError as error:
    sys.exit(f"Fel: {error}")
gc.freeze()
gc.enable()
