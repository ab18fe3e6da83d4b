"""A guide's file: any guide as YAML, the one that a new guide starts from, and the JSON Schema.

`python -m guides.writing > guides/guide.schema.json` writes the published schema again.
"""

from __future__ import annotations

import json
import sys

import yaml

from guides.model import Guide

try:
    from yaml import CSafeDumper as Dumper
except ImportError:  # a Python without libyaml
    from yaml import SafeDumper as Dumper  # type: ignore[assignment]


def as_yaml(guide: Guide) -> str:
    """A guide as YAML, with the keys in the format's order and without default values."""
    plain = guide.model_dump(mode="json", exclude_defaults=True)
    text: str = yaml.dump(plain, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)
    return text


START = """\
# A guide is a questionnaire. This file is a whole one: change what is there, add what you need.
# Lines that begin with # are for you alone. Write in spaces, not tabs; what belongs together is
# indented alike. Put numbers and the words yes and no in quotes where text is meant: "5.1", "no";
# and every text that has a comma between braces, or a # in it.
{how}
name: {name}
version: 1
title: The name that people read
year: {year}
publisher: Who publishes this guide
licence: Whose words these are, and how they may be used

# What it is about, in words for the middle of a sentence: it stands in every message, on every page
# and in the report. `asked_by` is who asks: the partnership for the subject, unless you say another.
# `minutes` says how long an item of a kind takes; a scale may say its own.
about:
  subject: what it is about
  minutes: {{score: 2.5, number: 1, text: 3}}

# Where the wording comes from. sha256 may be left out.
sources:
  - document: Our own words

# Scales: as many as you like, of any length, lowest first. `value` is what people answer, `score`
# what it counts; scores rise by one. A scale of yes and no has two levels.
# `suggested: true` shows that the words are a suggestion.
scales:
  - id: maturity
    levels:
      - {{value: "0", score: 0, label: Not started, text: Nothing is in place yet.}}
      - {{value: "1", score: 1, label: Partly in place, text: It happens in some places.}}
      - {{value: "2", score: 2, label: In place, text: "It happens everywhere, and evidence shows it."}}
  - id: yes-no
    levels:
      - {{value: "no", score: 0, label: "No"}}
      - {{value: "yes", score: 1, label: "Yes"}}

# Sections hold items. `fields` are boxes for words under each item: evidence, or a next-step.
# `part` names the people's questionnaire a section belongs to, when there is more than one.
sections:
  - id: first-section
    title: The title of the section
    fields:
      - {{id: evidence, label: How do you know?, kind: evidence}}
      - {{id: next, label: What comes next?, kind: next-step}}
    items:
      - id: "1.1"
        label: A short name
        statement: A statement that people agree with or not.
        scale: maturity
      - id: "1.2"
        statement: Is this done by hand?
        scale: yes-no
        polarity: negative # a yes is the weaker answer
  - id: figures
    title: Figures and words
    items:
      - id: families-helped
        statement: How many families were helped last year?
        number: {{unit: families, minimum: 0}}
      - id: anything-else
        # no scale and no number: answered in words
        statement: What else should we know?

# Who is usually asked: the panel file can then say `practitioner` instead of the sections.
usually_asked:
  - role: practitioner
    title: People who work with families
    sections: [first-section]
"""


def schema() -> str:
    """The format as a JSON Schema, for editors that help while one writes."""
    body = Guide.model_json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "guide.schema.json"}
    return json.dumps({**head, **body}, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema())
