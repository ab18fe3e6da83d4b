"""The format as a JSON Schema, for editors that help while one writes.

`python -m guides.schema > guides/guide.schema.json` writes the published copy again.
"""

from __future__ import annotations

import json
import sys

from guides.model import Guide


def schema() -> str:
    """The schema as it is published."""
    body = Guide.model_json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "guide.schema.json"}
    return json.dumps({**head, **body}, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema())
