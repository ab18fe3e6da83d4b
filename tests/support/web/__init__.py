"""The pages as tests meet them: over HTTP, with a browser's cookie."""
