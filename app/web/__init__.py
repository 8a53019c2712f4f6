"""HTTP and nothing else: pages, static files, REST, errors. `create_app()` is in `app.web.app`."""
