"""Office files built by hand, sound ones and hostile ones, for the tests of what reads them."""

import io
import zipfile

from documents.office_packages import DOCUMENT_TYPE, WORKBOOK_TYPE

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def content_types(main_part, main_type):
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main_part}" ContentType="{main_type}"/></Types>'
    )


def docx(main_type=DOCUMENT_TYPE, **more):
    main = "word/document.xml"
    return zipped({"[Content_Types].xml": content_types(main, main_type), main: "<document/>", **more})


def xlsx(sheet_xml, title="Blad", strings=None, main_type=WORKBOOK_TYPE, **more):
    """A workbook of one sheet with the given XML in its part."""
    parts = {
        "[Content_Types].xml": content_types("xl/workbook.xml", main_type),
        "xl/workbook.xml": (
            f'<workbook xmlns:r="{OFFICE}"><sheets><sheet name="{title}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            "<Relationships>"
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
            "</Relationships>"
        ),
        "xl/worksheets/sheet1.xml": sheet_xml,
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings
    return zipped({**parts, **more})


def inline_row(number, *texts):
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{number}">{cells}</row>'


def sheet(*rows, before=""):
    return f"<worksheet>{before}<sheetData>{''.join(rows)}</sheetData></worksheet>"
