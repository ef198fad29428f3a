"""The shape of Open Badges 3.0.

What is required here, and of what kind, is written from the standard's data model and its JSON schema
(ob_v3p0_achievementcredential_schema.json); 1EdTech's own file is not ours to carry along.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import jsonschema
import pytest

from azora_tui.lms.credentials import documents, issuing
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from tests.lms.credentials.conftest import Finish

TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
URI = {"type": "string", "pattern": r"^(urn:uuid:[0-9a-f-]{36}|did:jwk:[\w-]+|https://\S+)$"}
TEXT = {"type": "string", "minLength": 1}


def types(*needed: str) -> dict[str, Any]:
    return {"type": "array", "items": TEXT, "allOf": [{"contains": {"const": each}} for each in needed]}


def shape(required: str, **properties: Any) -> dict[str, Any]:
    """An object with these properties and no others, `required` among them."""
    return {
        "type": "object", "required": required.split(), "properties": properties, "additionalProperties": False,
    }  # fmt: skip


IDENTITY = shape(
    "type hashed identityHash identityType",
    type={"const": "IdentityObject"},
    hashed={"type": "boolean"},
    identityHash=TEXT,
    identityType={"enum": ["name", "emailAddress"]},
    salt=TEXT,
)
ACHIEVEMENT = shape(
    "id type name description criteria",
    id=URI,
    type=types("Achievement"),
    achievementType={"const": "Course"},
    name=TEXT,
    description=TEXT,
    criteria={"type": "object", "properties": {"narrative": TEXT, "id": URI}, "minProperties": 1},
    inLanguage={"type": "string", "pattern": r"^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"},
    version=TEXT,
    tag={"type": "array", "items": TEXT, "minItems": 1},
)
CREDENTIAL = {
    "$schema": "https://json-schema.org/draft/2019-09/schema",
    **shape(
        "@context id type name issuer validFrom credentialSubject",
        **{"@context": {
            "type": "array",
            "items": [
                {"const": "https://www.w3.org/ns/credentials/v2"},
                {"type": "string", "pattern": r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json$"},
            ],
            "additionalItems": {"type": "string"},
            "minItems": 2,
        }},
        id=URI,
        type=types("VerifiableCredential", "OpenBadgeCredential"),
        name=TEXT,
        issuer=shape("id type", id=URI, type=types("Profile"), name=TEXT, url=URI),
        validFrom=TIME,
        awardedDate=TIME,
        credentialSubject=shape(
            "type achievement",
            id=URI, type=types("AchievementSubject"), identifier={"type": "array", "items": IDENTITY},
            achievement=ACHIEVEMENT,
        ),
        evidence={"type": "array", "items": shape("type", type=types("Evidence"), name=TEXT, narrative=TEXT)},
        credentialSchema={
            "type": "array",
            "items": shape("id type", id=URI, type={"const": "1EdTechJsonSchemaValidator2019"}),
        },
        credentialStatus=shape(
            "type statusPurpose statusListIndex statusListCredential statusMessage",
            id={"type": "string", "pattern": r"^urn:uuid:[0-9a-f-]{36}#\d+$"},
            type={"const": "BitstringStatusListEntry"}, statusPurpose={"const": "message"},
            statusMessage={"type": "array", "items": shape("status message", status=TEXT, message=TEXT), "minItems": 2},
            statusListIndex={"type": "string", "pattern": r"^\d+$"}, statusListCredential=URI,
        ),
    ),
}  # fmt: skip


def faults(document: Any) -> list[str]:
    checker = jsonschema.Draft201909Validator
    checker.check_schema(CREDENTIAL)
    return [f"{error.json_path}: {error.message}" for error in checker(CREDENTIAL).iter_errors(document)]


@pytest.mark.parametrize("url", ["", "https://school.example"])
def test_a_certificate_has_the_official_shape(
    lms: Lms, claims: Callable[..., Claims], finish: Finish, url: str
) -> None:
    if url:
        issuing.name_school(lms, claims(9, role="admin"), url=url)
    document = documents.contents(finish(claims()))
    assert faults(document) == []
    assert UUID(document["id"].removeprefix("urn:uuid:"))


@pytest.mark.parametrize("name", ["id", "type", "issuer", "validFrom", "credentialSubject"])
def test_control_what_is_missing_is_found(claims: Callable[..., Claims], finish: Finish, name: str) -> None:
    document = documents.contents(finish(claims()))
    del document[name]
    assert faults(document)


def test_a_course_with_nothing_but_a_title_makes_one_too(
    claims: Callable[..., Claims], finish: Finish, add_course: Callable[..., int]
) -> None:
    bare = add_course("bare", description="", licence="", outcomes=(), tags=(), instructor="", lessons="one")
    assert faults(documents.contents(finish(claims(), bare))) == []


@pytest.mark.parametrize(("language", "shown"), [("zu", "zu"), ("pt-BR", "pt-BR"), ("English", None), ("en_US", None)])
def test_a_language_that_the_standard_does_not_take_is_left_out(
    claims: Callable[..., Claims], finish: Finish, add_course: Callable[..., int], language: str, shown: str | None
) -> None:
    """A course of another format may call its language what it likes."""
    found = finish(claims(), add_course("imported", language=language))
    document = documents.contents(found)
    assert faults(document) == []
    assert document["credentialSubject"]["achievement"].get("inLanguage") == shown
    assert documents.sheet(found).language == shown or shown is None
