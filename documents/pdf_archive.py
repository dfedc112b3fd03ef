"""What makes a PDF an archival document: what it says of itself as metadata, and the files that it carries."""

import datetime
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pydyf

from documents.pdf_text import readable

# PDF/UA's own words are none of those that PDF/A knows beforehand, so the document explains them.
_PDF_UA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the document conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""
_END = b"</rdf:RDF>"


@dataclass(frozen=True)
class Attachment:
    """A file that a PDF carries: the numbers of a report as CSV, its data as JSON.

    `relationship` is PDF's own word for what the file is to the document: "Data" is what its tables and charts show,
    "Source" what it was made from, "Supplement" more of the same.
    """

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: Literal["Data", "Source", "Supplement", "Alternative", "Unspecified"] = "Data"
    modified_at: datetime.datetime | None = None


def claim_pdf_ua(pdf: pydyf.PDF) -> None:
    """Add to the metadata of a PDF/A file that it is PDF/UA-1 too."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    content = b"".join(metadata.stream)
    if content.count(_END) != 1:
        raise NotImplementedError("WeasyPrint writes its metadata in another way than before")
    metadata.stream = [content.replace(_END, _PDF_UA)]
    # As plain text, so that an archive's tools find it without reading PDF.
    metadata.compress = False


def attach(pdf: pydyf.PDF, attachments: Sequence[Attachment]) -> None:
    """Put the files into the document, in the order of their names.

    Raises:
        ValueError: if two have the same name.
    """
    if len({one.name for one in attachments}) < len(attachments):
        raise ValueError("Two attachments have the same name")
    names, references = pydyf.Array(), pydyf.Array()
    for one in sorted(attachments, key=lambda one: one.name.encode("utf-16-be")):
        reference = _file_specification(pdf, one).reference
        names.extend((pydyf.String(one.name), reference))
        references.append(reference)
    if references:
        pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = pydyf.Dictionary({"Names": names})
        pdf.catalog["AF"] = references


def _file_specification(pdf: pydyf.PDF, one: Attachment) -> pydyf.Dictionary:
    facts = pydyf.Dictionary({"Size": len(one.content)})
    if one.modified_at:
        day = one.modified_at.astimezone(datetime.UTC)
        facts["ModDate"] = pydyf.String(f"D:{day:%Y%m%d%H%M%S}Z")
    kind = {"Type": "/EmbeddedFile", "Subtype": pydyf.name(one.media_type), "Params": facts}
    content = pydyf.Stream([one.content], kind, compress=True)
    pdf.add_object(content)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(one.name.encode("ascii", "replace").decode()),
            "UF": pydyf.String(one.name),
            "Desc": pydyf.String(readable(one.description)),
            "EF": pydyf.Dictionary({"F": content.reference, "UF": content.reference}),
            "AFRelationship": f"/{one.relationship}",
        }
    )
    pdf.add_object(specification)
    return specification


def compress_once(pdf: pydyf.PDF) -> None:
    """Compress the streams now, as zlib does by default.

    Pydyf would do it twice, once to write them and once to sum them up for the ID, and at a level that takes three
    times as long to make the file a fortieth smaller.
    """
    for one in pdf.objects:
        if isinstance(one, pydyf.Stream) and one.compress:
            content = b"\n".join(pydyf._to_bytes(item) for item in one.stream)
            one.stream, one.compress = [zlib.compress(content)], False
            one.extra["Filter"] = "/FlateDecode"
