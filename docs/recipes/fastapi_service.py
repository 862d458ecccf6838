"""A web service in FastAPI: JSON in, JSON out, errors as data, and schemas in its OpenAPI."""

import json
from datetime import date
from typing import Annotated, Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from pydantic import BaseModel, PlainSerializer, PlainValidator, WithJsonSchema

import unioncore
from unioncore import Placement, UnioncoreError
from unioncore.schemas import facts_schema

RULEBOOK = unioncore.compose()
"""Composed once, when the process starts, and shared by all its threads."""

app = FastAPI(title="Who belongs where")

StoredPlacement = Annotated[
    Placement,
    PlainValidator(Placement.from_dict),
    PlainSerializer(Placement.to_dict),
    WithJsonSchema({"type": "object", "title": "Placement"}),
]
"""How pydantic reads and writes a class of unioncore; so it goes for each of them."""


class Kept(BaseModel):
    """A placement that somebody keeps, with a note of theirs."""

    note: str
    placement: StoredPlacement


@app.exception_handler(UnioncoreError)
def refused(_: Request, error: UnioncoreError) -> JSONResponse:
    """Return what is wrong as data: each fact, what is expected, and the nearest word."""
    return JSONResponse(error.to_dict(), status_code=422)


def _json(of: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{of}"}}}}


# Views are plain functions, so that FastAPI runs each in a thread and none holds up the others.
@app.post(
    "/placement",
    responses={200: {"description": "Where they belong", **_json("Placement")}},
    openapi_extra={"requestBody": _json("Facts")},
)
def place(facts: dict[str, Any], on: date) -> JSONResponse:
    """Say where somebody belongs and who negotiates for them."""
    return JSONResponse(unioncore.placement(RULEBOOK, facts, on=on).to_dict())


@app.post("/placement/short")
def place_in_short(facts: dict[str, Any], on: date) -> dict[str, Any]:
    """Say it in short: known, value, missing and warnings."""
    return unioncore.placement(RULEBOOK, facts, on=on).short()


@app.post("/kept")
def keep(kept: Kept) -> Kept:
    """Read a placement that was stored, and give it back."""
    return kept


def openapi() -> dict[str, Any]:
    """Return the OpenAPI of the service, with the schemas of unioncore among its components."""
    if app.openapi_schema is None:
        found = get_openapi(title=app.title, version="1", routes=app.routes)
        shared = found.setdefault("components", {}).setdefault("schemas", {})
        for name, schema in (
            ("Facts", facts_schema(RULEBOOK)),
            ("Placement", Placement.json_schema()),
        ):
            text = json.dumps(schema).replace("#/$defs/", "#/components/schemas/")
            of = json.loads(text)
            shared |= of.pop("$defs", {})
            shared[name] = of
        app.openapi_schema = found
    return app.openapi_schema


app.openapi = openapi  # type: ignore[method-assign]


if __name__ == "__main__":
    from fastapi.testclient import TestClient

    client = TestClient(app)
    sent = {"employer.kind": "cafcass", "job.group": "cafcass-staff", "person.earnings": "31000.00"}
    answer = client.post("/placement", params={"on": "2026-03-02"}, json=sent)
    assert answer.status_code == 200, answer.text
    place_again = Placement.from_dict(answer.json())
    assert place_again == unioncore.placement(RULEBOOK, sent, on=date(2026, 3, 2))
    short = client.post("/placement/short", params={"on": "2026-03-02"}, json=sent).json()
    assert short["service_group"] == place_again.service_group.short()

    wrong = client.post("/placement", params={"on": "2026-03-02"}, json={"employer.knd": "x"})
    assert wrong.status_code == 422
    assert wrong.json()["problems"][0]["suggestion"] == "employer.kind"

    kept = {"note": "as she told us", "placement": answer.json()}
    assert client.post("/kept", json=kept).json() == kept
    refusal = client.post("/kept", json={**kept, "placement": {"region": {}}})
    assert refusal.status_code == 422

    described = client.get("/openapi.json").json()
    schemas = described["components"]["schemas"]
    referred = {part.partition('"')[0] for part in json.dumps(described).split("schemas/")[1:]}
    assert referred <= {*schemas}, referred - {*schemas}
    assert schemas["Facts"]["properties"]["employer.nation"]["title"]
    print("fastapi: answers, errors and", len(schemas), "schemas agree")
