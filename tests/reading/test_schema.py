from __future__ import annotations

import jsonschema

from statusgen.reading.fields import ListOf, Shape, defaulted, optional, required
from statusgen.reading.scalars import BOOL, DATE, LINE, TITLE, Int, Number
from statusgen.reading.schema import DRAFT, document, schema_document
from statusgen.reading.words import ID

INNER = Shape("an inner thing", (required("id", ID, "Its id."),), lambda values: values)
SHAPE = Shape(
    "a thing",
    (
        required("name", TITLE, "What it is called."),
        optional("since", DATE, "Its first day | or none."),
        defaulted("pin", BOOL, "Whether it stays on top.", default=False),
        defaulted("words", ListOf(LINE), "Words.", ("a", "b")),
        defaulted("weight", Number(0, 10), "How much it weighs.", 2.5),
        defaulted("count", Int(0, 9), "How many.", 3),
        defaulted("colour", LINE, "Which colour.", "red"),
        optional("inner", INNER, "What is inside."),
        defaulted("ids", ListOf(ID), "Ids.", ()),
    ),
    lambda values: values,
)


def test_the_table_has_a_row_for_each_key_in_their_order() -> None:
    assert document(SHAPE) == (
        "| key | value | without it | meaning |\n"
        "|---|---|---|---|\n"
        "| `name` | one line of text | **required** | What it is called. |\n"
        "| `since` | a date such as `2026-11-21` |  | Its first day \\| or none. |\n"
        "| `pin` | `true` or `false` | `false` | Whether it stays on top. |\n"
        "| `words` | a list, each item one line of text | `[a, b]` | Words. |\n"
        "| `weight` | a number from 0 to 10 | `2.5` | How much it weighs. |\n"
        "| `count` | a whole number from 0 to 9 | `3` | How many. |\n"
        "| `colour` | one line of text | `red` | Which colour. |\n"
        "| `inner` | an inner thing |  | What is inside. |\n"
        "| `ids` | a list, each item an id such as `card-payments` |  | Ids. |\n"
    )


def test_the_schema_is_a_valid_one_of_draft_7() -> None:
    schema = schema_document(SHAPE, title="A thing", doc="All about it.")
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == DRAFT
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["name"]
    assert list(schema["properties"]) == [field.name for field in SHAPE.fields]


def test_editors_get_the_sentence_and_the_default_of_each_key() -> None:
    properties = schema_document(SHAPE, title="A thing", doc="All about it.")["properties"]
    assert {name: key["description"] for name, key in properties.items()} == {
        field.name: field.doc for field in SHAPE.fields
    }
    assert {name: key["default"] for name, key in properties.items() if "default" in key} == {
        "pin": False,
        "weight": 2.5,
        "count": 3,
        "colour": "red",
    }
