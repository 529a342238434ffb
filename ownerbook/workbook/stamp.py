"""The stamp of a working copy: staff's workbook with an id added and nothing else changed.

Two carriers say the same, for a program may drop either when it saves: the custom document property `ownerbook.copy`
and the hidden defined name `ownerbook_copy`. An .xls, a .csv and an encrypted file cannot be stamped without being written anew.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from ownerbook.schema.words import Text
from ownerbook.workbook.amend.refusal import Stop
from ownerbook.workbook.amend.repack import repack
from ownerbook.workbook.amend.skeleton import Element, Skeleton
from ownerbook.workbook.amend.xml_bytes import Splice, spliced
from ownerbook.workbook.book import Book
from ownerbook.workbook.marks import COPY, mark_name
from ownerbook.workbook.package import Member, Package, PackageError, Rel
from ownerbook.workbook.sniff import sniff, what_package

_PLAIN = re.compile(r"[0-9A-Za-z_-]{1,64}")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/"
_TYPE = b"application/vnd.openxmlformats-officedocument.custom-properties+xml"
_USER = b"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that people define
_BEFORE_NAMES = {"fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups", "externalReferences"}
_ODS_TABLE = b"urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_ODS_META = b"urn:oasis:names:tc:opendocument:xmlns:meta:1.0"


class CannotStamp(Exception):
    """The file cannot carry a stamp: why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.zh)
        self.message = message


def stamp_of(source: Book | Path) -> str | None:
    """The id that a workbook carries, None for one that is no working copy. Raises Unreadable for a path that cannot be read."""
    if isinstance(source, Book):
        return source.properties.get(COPY) or None
    from ownerbook.schema.cells import Pool, Styles
    from ownerbook.workbook.reading import read_book

    return read_book(source, pool=Pool(), styles=Styles()).properties.get(COPY) or None


def stamped(data: bytes, ident: str) -> bytes:
    """The workbook with the stamp; of a working copy, with the new id instead of the old. Every other part stays byte for byte.

    Raises CannotStamp for what is no .xlsx, .xlsm or .ods, for signed and for damaged files; ValueError for an id that is not plain.
    """
    if not _PLAIN.fullmatch(ident):
        raise ValueError(ident)
    if sniff(data)[0] != "zip":
        raise CannotStamp(Text("这种格式（.xls、.csv 或设有打开密码）不能加标记", "this format (.xls, .csv, or with a password) takes no stamp"))
    try:
        package = Package.open(data)
        kind = what_package(package)
        if kind == "xlsx":
            touched, added = _xlsx(package, ident.encode())
        elif kind == "ods":
            touched, added = _ods(package, ident.encode()), {}
        else:
            raise CannotStamp(Text("这种格式不能加标记", "this format takes no stamp"))
        out = io.BytesIO()
        repack(package, {m: [content] for m, content in touched.items()}, out, added)
        done = out.getvalue()
        Package.open(done).verify()
    except (PackageError, Stop) as e:
        raise CannotStamp(Text(f"文件结构特殊，不能加标记（{e}）", f"the file takes no stamp ({e})")) from None
    return done


def _xlsx(package: Package, ident: bytes) -> tuple[dict[Member, bytes], dict[str, bytes]]:
    roots = package.rels("")
    if any("digital-signature" in r.type for r in roots.values()):
        raise CannotStamp(Text("文件有数字签名，加标记会使签名失效", "the file is signed; a stamp would void the signature"))
    workbook = _member(package, package.workbook_part)
    touched = {workbook: _named(package.read(workbook), ident)}
    added: dict[str, bytes] = {}
    known = next(
        (r for r in roots.values() if r.kind in ("custom-properties", "customProperties") and not r.external and package.find(r.target)), None
    )
    if known is not None:
        part = _member(package, known.target)
        touched[part] = _with_property(package.read(part), ident)
        return touched, added
    strict = any(r.type.startswith(_STRICT) for r in roots.values())
    part_name = "docProps/custom.xml"
    while package.find(part_name) is not None:
        part_name = part_name.replace("custom", "custom-")
    space = f"{_STRICT}customProperties" if strict else f"{_OFFICE}custom-properties"
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    added[part_name] = head + b'<Properties xmlns="%s">%s</Properties>' % (space.encode(), _property(b"", 2, ident))
    types = _member(package, "[Content_Types].xml")
    touched[types] = _inside(package.read(types), b'<%%sOverride PartName="/%s" ContentType="%s"/>' % (part_name.encode(), _TYPE))
    rels = _member(package, "_rels/.rels")
    kind = f"{_STRICT}relationships/customProperties" if strict else f"{_OFFICE}relationships/custom-properties"
    link = b'<%%sRelationship Id="%s" Type="%s" Target="%s"/>' % (_free_id(roots), kind.encode(), part_name.encode())
    touched[rels] = _inside(package.read(rels), link)
    return touched, added


def _member(package: Package, part: str) -> Member:
    found = package.find(part)
    if found is None:
        raise PackageError("missing", part)
    return found


def _free_id(rels: dict[str, Rel]) -> bytes:
    n = 1
    while f"rIdOwnerbook{n}" in rels:
        n += 1
    return f"rIdOwnerbook{n}".encode()


def _inside(data: bytes, new: bytes) -> bytes:
    """A part with an element more, last in its root. `%s` stands for the root's prefix."""
    sk = Skeleton(data)
    return _spliced(data, [_append(sk, sk.root, new % sk.root.prefix)])


def _append(sk: Skeleton, parent: Element, new: bytes) -> Splice:
    if not parent.empty:
        return Splice(parent.close, parent.close, new)
    tag = sk.tag(parent)
    return Splice(parent.start, parent.end, tag[:-2].rstrip() + b">" + new + b"</" + parent.qname.encode() + b">")


def _spliced(data: bytes, splices: list[Splice]) -> bytes:
    return b"".join(spliced([data], splices))


def _property(prefix: bytes, number: int, ident: bytes) -> bytes:
    types = _OFFICE.encode() + b"docPropsVTypes"
    text = b'<vt:lpwstr xmlns:vt="%s">%s</vt:lpwstr>' % (types, ident)
    return b'<%sproperty fmtid="%s" pid="%d" name="%s">%s</%sproperty>' % (prefix, _USER, number, COPY.encode(), text, prefix)


def _with_property(data: bytes, ident: bytes) -> bytes:
    sk = Skeleton(data)
    for element in sk.root.all("property"):
        if element.attributes.get("name") == COPY and element.children:
            return _spliced(data, [sk.set_text(element.children[0], ident.decode())])
    used = [int(p) for e in sk.root.all("property") if (p := e.attributes.get("pid", "")).isdecimal()]
    return _spliced(data, [_append(sk, sk.root, _property(sk.root.prefix, max([1, *used]) + 1, ident))])


def _named(data: bytes, ident: bytes) -> bytes:
    """The workbook part with the hidden name."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Stop("structure", "UTF-16 workbook")
    sk = Skeleton(data)
    root, name = sk.root, mark_name(COPY)
    for element in root.all("definedName"):
        if element.attributes.get("name", "").lower() == name:
            return _spliced(data, [Splice(element.open_end, element.close, b'"%s"' % ident)])
    p = root.prefix
    new = b'<%sdefinedName name="%s" hidden="1">"%s"</%sdefinedName>' % (p, name.encode(), ident, p)
    holder = root.child("definedNames")
    if holder is not None:
        return _spliced(data, [_append(sk, holder, new)])
    before = [c for c in root.children if c.name in _BEFORE_NAMES]
    if not before:
        raise Stop("structure", "workbook")
    at = before[-1].end
    return _spliced(data, [Splice(at, at, b"<%sdefinedNames>%s</%sdefinedNames>" % (p, new, p))])


def _ods(package: Package, ident: bytes) -> dict[Member, bytes]:
    if package.find("META-INF/documentsignatures.xml") is not None:
        raise CannotStamp(Text("文件有数字签名，加标记会使签名失效", "the file is signed; a stamp would void the signature"))
    content = _member(package, "content.xml")
    touched = {content: _ods_name(package.read(content), ident)}
    meta = package.find("meta.xml")
    if meta is not None:
        touched[meta] = _ods_property(package.read(meta), ident)
    return touched


def _ods_property(data: bytes, ident: bytes) -> bytes:
    sk = Skeleton(data)
    for element in sk.root.all("user-defined"):
        if element.attributes.get("name") == COPY and not element.empty:
            return _spliced(data, [sk.set_text(element, ident.decode())])
    holder = sk.root.child("meta")
    if holder is None:
        return data
    new = b'<meta:user-defined xmlns:meta="%s" meta:name="%s" meta:value-type="string">%s</meta:user-defined>'
    return _spliced(data, [_append(sk, holder, new % (_ODS_META, COPY.encode(), ident))])


def _ods_name(data: bytes, ident: bytes) -> bytes:
    """content.xml with the named expression, set behind the last table; it is large, so it is searched as bytes."""
    name = mark_name(COPY).encode()
    known = re.search(rb'(<[^<>]*named-expression [^<>]*name="%s"[^<>]*expression="of:=&quot;)[^&"]*(&quot;")' % name, data)
    if known:
        return data[: known.start()] + known[1] + ident + known[2] + data[known.end() :]
    prefix = re.search(rb'xmlns:([A-Za-z0-9._-]+)=["\']%s["\']' % re.escape(_ODS_TABLE), data)
    if prefix is None:
        raise Stop("structure", "content.xml")
    p = prefix[1]
    last = data.rfind(b"</%s:table>" % p)
    if last < 0:
        raise Stop("structure", "content.xml")
    at = last + len(p) + 9
    cell = b'%s:base-cell-address="%s"' % (p, _first_cell(data, p))
    new = b'<%s:named-expression %s:name="%s" %s %s:expression="of:=&quot;%s&quot;"/>' % (p, p, name, cell, p, ident)
    open_tag = re.compile(rb"<%s:named-expressions\s*>" % re.escape(p)).match(data, at)
    if open_tag:
        return data[: open_tag.end()] + new + data[open_tag.end() :]
    empty = re.compile(rb"<%s:named-expressions\s*/>" % re.escape(p)).match(data, at)
    whole = b"<%s:named-expressions>%s</%s:named-expressions>" % (p, new, p)
    return data[:at] + whole + data[empty.end() if empty else at :]


def _first_cell(data: bytes, p: bytes) -> bytes:
    """The first table's A1, as a name needs a cell to stand at."""
    m = re.search(rb'<%s:table\s[^<>]*?%s:name="([^"]*)"' % (re.escape(p), re.escape(p)), data)
    return b"$'%s'.$A$1" % m[1].replace(b"'", b"''").replace(b"&apos;", b"''") if m else b"$A$1"
