"""A guide as YAML, the same text for the same guide."""

from __future__ import annotations

import yaml

from guides.model import Guide

try:
    from yaml import CSafeDumper as Dumper
except ImportError:  # a Python without libyaml
    from yaml import SafeDumper as Dumper  # type: ignore[assignment]


def as_yaml(guide: Guide) -> str:
    """A guide as YAML: keys in the format's order, and what is left to its default left out."""
    plain = guide.model_dump(mode="json", exclude_defaults=True)
    text: str = yaml.dump(plain, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)
    return text
