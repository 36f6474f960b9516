from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed static files, the imports inside JavaScript modules included."""

    support_js_module_import_aggregation = True
