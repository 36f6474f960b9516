"""How dates are read in the administration: `settings.FORMAT_MODULE_PATH` names this package."""
