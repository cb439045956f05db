"""Validates JSON files against a JSON Schema: json_schema.py SCHEMA FILE..."""

import json
import sys

from jsonschema.validators import validator_for


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


schema = read(sys.argv[1])
judge = validator_for(schema)
judge.check_schema(schema)
validator = judge(schema, format_checker=judge.FORMAT_CHECKER)
wrong = [f"{path}: {each.json_path}: {each.message}" for path in sys.argv[2:] for each in validator.iter_errors(read(path))]
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
