"""Web Annotations, read by rdflib as JSON-LD and held against the model by SHACL shapes."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from counterclaim.publish.formats import write
from counterclaim.publish.material import Material
from counterclaim.publish.redact import redacted
from counterclaim.publish.webannotation import CONTEXT
from tests.publish.factories import demo, figure, material, shelling
from tests.reconcile.factories import claim, control, report

rdflib: Any = pytest.importorskip("rdflib", reason="rdflib is not installed: pip install -r tests/standards.txt")
pyshacl: Any = pytest.importorskip("pyshacl", reason="pyshacl is not installed: pip install -r tests/standards.txt")

# rdflib parses JSON-LD with a class it has deprecated itself.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

OA = "http://www.w3.org/ns/oa#"
# The terms used here as the published context maps them, so that no test fetches it.
LOCAL: dict[str, Any] = {
    "oa": OA,
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    "Annotation": "oa:Annotation",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "TextualBody": "oa:TextualBody",
    "Dataset": "dctypes:Dataset",
    "Software": "as:Application",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "describing": "oa:describing",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "generator": {"@type": "@id", "@id": "as:generator"},
    "name": "foaf:name",
    "label": "rdfs:label",
    "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
    "first": {"@id": "as:first", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
}
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix oa: <http://www.w3.org/ns/oa#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix prov: <http://www.w3.org/ns/prov#> . @prefix ex: <urn:test:> .
ex:Annotation a sh:NodeShape ; sh:targetClass oa:Annotation ; sh:nodeKind sh:IRI ;
  sh:property [ sh:path oa:hasTarget ; sh:minCount 1 ; sh:maxCount 1 ; sh:node ex:Target ] ;
  sh:property [ sh:path oa:hasBody ; sh:minCount 1 ] ;
  sh:property [ sh:path oa:motivatedBy ; sh:minCount 1 ; sh:hasValue oa:describing ] ;
  sh:property [ sh:path prov:wasDerivedFrom ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .
ex:Target a sh:NodeShape ;
  sh:property [ sh:path oa:hasSource ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path oa:hasSelector ; sh:minCount 1 ] .
ex:Position a sh:NodeShape ; sh:targetClass oa:TextPositionSelector ;
  sh:property [ sh:path oa:start ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ; sh:lessThan oa:end ] ;
  sh:property [ sh:path oa:end ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ] .
ex:Quote a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ;
  sh:property [ sh:path oa:exact ; sh:minCount 1 ; sh:maxCount 1 ; sh:minLength 1 ] ;
  sh:property [ sh:path oa:prefix ; sh:maxCount 1 ] ; sh:property [ sh:path oa:suffix ; sh:maxCount 1 ] .
ex:Body a sh:NodeShape ; sh:targetClass oa:TextualBody ;
  sh:property [ sh:path rdf:value ; sh:minCount 1 ; sh:maxCount 1 ; sh:minLength 1 ] .
"""


def parsed(found: Material) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(write(found, "webannotation").files[""])
    return made


def graph(found: Material) -> Any:
    made = parsed(found)
    assert made["@context"][0] == CONTEXT
    made["@context"][0] = LOCAL
    return rdflib.Graph().parse(data=json.dumps(made), format="json-ld")


def test_annotations_conform_to_the_model() -> None:
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    made = shelling(counts=[("Harrow", figure(9)), ("Ada", figure(14, exact=False))], denied_by="the rebels")
    conforms, _, report_text = pyshacl.validate(graph(made), shacl_graph=shapes, inference="none")
    assert conforms, report_text


def test_the_shapes_can_fail() -> None:
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    made = graph(shelling())
    made.remove((None, rdflib.URIRef(f"{OA}hasSource"), None))
    assert not pyshacl.validate(made, shacl_graph=shapes, inference="none")[0]


def test_rdflib_finds_one_annotation_for_each_claim_of_the_demo() -> None:
    found = graph(demo())
    assert len(set(found.subjects(rdflib.RDF.type, rdflib.URIRef(f"{OA}Annotation")))) == len(demo().claims)


def test_both_selectors_find_the_sentence_in_the_stored_text() -> None:
    made = demo()
    texts = {one.id: one.text for one in made.reports}
    report_of = {f"urn:counterclaim:claim:{one.key}": one.report for one in made.claims}
    for one in parsed(made)["first"]["items"]:
        quote, position = one["target"]["selector"]
        text = texts[report_of[one["id"]]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert f"{quote.get('prefix', '')}{quote['exact']}{quote.get('suffix', '')}" in text


def test_an_address_that_is_no_web_address_becomes_a_name_of_ours() -> None:
    bad = msgspec.structs.replace(report("r1", "x" * 200), url="javascript:alert(1)")
    (one,) = parsed(material([claim(control("Kibua", "army", "captured"), "Ada")], [bad]))["first"]["items"]
    assert one["target"]["source"] == "urn:counterclaim:report:r1"


def test_a_redacted_sentence_has_its_position_alone() -> None:
    made = redacted(demo())
    kinds = {tuple(each["type"] for each in one["target"]["selector"]) for one in parsed(made)["first"]["items"]}
    assert kinds == {("TextQuoteSelector", "TextPositionSelector"), ("TextPositionSelector",)}
