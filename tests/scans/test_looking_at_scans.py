"""A look at a scan: what it is, whole or cut off, locked or open, how many pages; whatever it holds, within bounds."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownerbook.scans.look import Look, look, look_into


def pdf(pages=2, *, extra=b"", end=b"%%EOF\n"):
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(pages))
    body = b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[%s]/Count %d>>endobj\n" % (kids, pages)
    body += b"".join(b"%d 0 obj<</Type /Page/Parent 2 0 R>>endobj\n" % (10 + n) for n in range(pages))
    return body + extra + b"trailer<</Root 1 0 R>>\n" + end


def packed_pdf(pages=3):
    """The page tree lies in a stream of objects, as most programs write it today."""
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(b"%d 0 R" % (10 + n) for n in range(pages)), pages)}
    objects |= {10 + n: b"<</Type/Page/Parent 2 0 R>>" for n in range(pages)}
    places, body = [], b""
    for number, text in objects.items():
        places.append(b"%d %d" % (number, len(body)))
        body += text + b" "
    head = b" ".join(places) + b" "
    stream = zlib.compress(head + body)
    return b"%%PDF-1.7\n5 0 obj<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n" % (len(objects), len(head), len(stream)) + stream + b"\nendstream endobj\n%%EOF"


def tiff(pages=2, order="<", *, loop=False, thumbnail=False):
    out = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    for n in range(pages):
        at = 8 + n * (2 + 36 + 4)
        after = 8 if loop else at + 42 if n < pages - 1 else 0
        kind = 1 if thumbnail and n else 0
        out += struct.pack(order + "H", 3) + struct.pack(order + "HHII", 254, 4, 1, kind) + struct.pack(order + "HHII", 273, 4, 1, 4)
        out += struct.pack(order + "HHII", 279, 4, 1, 4) + struct.pack(order + "I", after)
    return out


def png():
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def jpeg():
    thumbnail = b"\xff\xe1" + struct.pack(">H", 20) + b"Exif\0\0" + b"\xff\xd8\xff\xd9" + bytes(8)  # holds an end of its own
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 1, 1, 1) + b"\1\x11\0"
    return b"\xff\xd8" + thumbnail + frame + b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\1\0\0\x3f\0" + b"\x12\x34" * 50 + b"\xff\xd9"


def gif():
    return b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6) + b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\2\2\x44\1\0;"


def bmp():
    return b"BM" + struct.pack("<III", 58, 0, 54) + bytes(44)


def webp():
    return b"RIFF" + struct.pack("<I", 20) + b"WEBPVP8L" + bytes(12)


def heic():
    def box(kind, body):
        return struct.pack(">I", 8 + len(body)) + kind + body

    return box(b"ftyp", b"heic" + bytes(8)) + box(b"meta", bytes(20)) + box(b"mdat", bytes(30))


WHOLE = {"PDF": pdf(1), "JPEG": jpeg(), "PNG": png(), "TIFF": tiff(1), "GIF": gif(), "BMP": bmp(), "WebP": webp(), "HEIC": heic()}


def seen(raw):
    return look_into(io.BytesIO(raw), len(raw))


@pytest.mark.parametrize("kind", WHOLE)
def test_each_kind_is_known_by_its_bytes_and_is_whole(kind):
    assert seen(WHOLE[kind]) == Look(kind, 1)


@pytest.mark.parametrize("kind", WHOLE)
def test_one_that_is_cut_off_is_never_called_whole(kind):
    raw = WHOLE[kind]
    for keep in {len(raw) // 2, len(raw) - 8}:
        assert seen(raw[:keep]).trouble in ("cut", "damaged"), keep


@pytest.mark.parametrize("pages", [1, 2, 37])
def test_pages_of_a_pdf_are_counted_in_the_open_and_in_streams_of_objects(pages):
    assert seen(pdf(pages)).pages == pages
    assert seen(packed_pdf(pages)).pages == pages


def test_of_an_object_written_twice_the_last_one_counts():
    newer = b"2 0 obj<</Type/Pages/Kids[10 0 R]/Count 1>>endobj\n"
    assert seen(pdf(2, extra=newer)).pages == 1


def test_a_pdf_with_a_password_is_locked():
    assert seen(pdf(2, extra=b"9 0 obj<</Filter/Standard/V 4>>endobj\n").replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 9 0 R")).trouble == "locked"


def test_a_page_tree_that_loops_ends():
    raw = pdf(1, extra=b"10 0 obj<</Type/Pages/Kids[2 0 R 10 0 R]/Count 1>>endobj\n")
    assert seen(raw).pages in (None, 1)


def test_a_stream_that_grows_without_end_is_left_within_the_budget():
    bomb = zlib.compress(bytes(80_000_000), 9)
    raw = b"%%PDF-1.7\n5 0 obj<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>>stream\n" % len(bomb) + bomb + b"\nendstream endobj\n%%EOF"
    assert seen(raw) == Look("PDF", None)


@pytest.mark.parametrize("order", ["<", ">"])
def test_pages_of_a_tiff_are_counted_and_a_thumbnail_is_none(order):
    assert seen(tiff(5, order)).pages == 5
    assert seen(tiff(2, order, thumbnail=True)).pages == 1


def test_a_chain_of_tiff_pages_that_loops_is_damaged():
    assert seen(tiff(3, loop=True)).trouble == "damaged"


def test_a_tiff_whose_strips_lie_beyond_its_end_is_cut_off():
    raw = tiff(1).replace(struct.pack("<HHII", 279, 4, 1, 4), struct.pack("<HHII", 279, 4, 1, 4000))
    assert seen(raw).trouble == "cut"


def test_a_name_that_says_another_kind_is_told_and_so_are_no_scans(tmp_path):
    for name, raw, trouble in (
        ("a.jpg", png(), "misnamed"),
        ("a.pdf", b"<html>", "unknown"),
        ("a.docx", b"PK\3\4" + bytes(50), "unknown"),
        ("a.jpeg", jpeg(), ""),
        ("a.TIF", tiff(), ""),
        ("b.pdf", b"", "empty"),
    ):
        (tmp_path / name).write_bytes(raw)
        assert look(tmp_path / name).trouble == trouble, name
    assert look(tmp_path / "fehlt.pdf").trouble == "unreadable"


@settings(max_examples=300)
@given(st.sampled_from([*WHOLE.values(), packed_pdf(), tiff(3)]), st.data())
def test_whatever_bytes_are_changed_a_look_is_given(raw, data):
    spoilt = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 6))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    found = seen(bytes(spoilt[: data.draw(st.integers(1, len(spoilt)))]))
    assert found.pages is None or found.pages > 0


def test_files_made_to_be_read_over_and_over_end_soon():
    """Each of these would take hours without its bound; with it, a moment."""
    overlapping = b"II*\0" + struct.pack("<I", 8) + b"".join(struct.pack("<H", 4000) + struct.pack("<I", 8 + 6 * (n + 1)) for n in range(50_000))
    nested = b"%PDF-1.7\n" + b"1 0 obj<</Type/Pages/Kids[" * 200_000 + b"%%EOF"
    many = b" ".join(b"%d %d" % (n, (n % 2) * 10_000_000) for n in range(100_000))
    body = zlib.compress(many + bytes(10_000_000))
    again = b"%%PDF-1.7\n5 0 obj<</Type/ObjStm/N 100000/First %d/Filter/FlateDecode>>stream\n" % len(many) + body + b"\n%%EOF"
    blocks = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0, 0, 0) + b"!\1" + b"\1x" * 3_000_000
    for raw in (overlapping, nested, again, blocks):
        assert seen(raw).pages is None


GUARDED = (  # dictionaries of encryption as two common programs write them, of files made for this test
    ("2B43BFF70EFF87163B35D93928699B53", "3c3c2f46696c746572202f5374616e64617264202f562031202f4c656e677468203430202f522032202f502034323934393637323932202f4f2028ded45d6ca5192bfaa1df5c6e9e06ff066742c949c9fd492c667a7ab9225c5c7fe214290a2f552028a19b6e2bb5c2f03db6174e3a9e1ab08d87e1224a88b1f58ec397823f61e3c7e5293e3e", True),
    ("893FF3EB9BA6C8A3B847F5FB3C91942E", "3c3c2f46696c746572202f5374616e64617264202f562032202f4c656e67746820313238202f522033202f502034323934393637323932202f4f2028e6e4c93287200c0fd3ace4ebe5ab84b89a13da36be78c757fbfb3547e819f942290a2f552028a788026ae8a65bcde86fce3c9cb9a8485c28bf4e5e4e758a4164004e56fffa0108293e3e", True),
    ("8BCA9B177E1E2A579524BD261CB3D632", "3c3c2f46696c7465722f5374616e646172642f5620322f4c656e677468203132382f5220332f4f28e6e4c93287205c660fd3ace4ebe5ab84b89a13da36be78c757fbfb3547e819f942292f552890de90f8d4fb23cdbced6503d218f2eb00000000000000000000000000000000292f50202d333038303e3e", True),
    ("D8046217DC43B069CD63D8E0F629ABEF", "3c3c2f46696c746572202f5374616e64617264202f562032202f4c656e67746820313238202f522033202f502034323934393637323932202f4f2028af2ee144761bd800c226ebd91a1fd34f4e3cd2ae40104f07bcc91c9680e36e5c5c290a2f552028e7707eca70605484e309b02ebcaa974b5c28bf4e5e4e758a4164004e56fffa0108293e3e", False),
    ("1D0A21894A5EB6C8389995276F832324", "3c3c2f46696c7465722f5374616e646172642f5620322f4c656e677468203132382f5220332f4f28a93eef5c74a038aef1f9f2e4c89010e1b0fa6b257a6f18d7f9d4414cd1b2cabf34292f55285f9dc76e99733b5c5c7be92e6021b1f40000000000000000000000000000000000292f50202d313032383e3e", False),
)


@pytest.mark.parametrize(("first_id", "guard", "opens"), GUARDED)
def test_a_pdf_that_only_forbids_printing_opens_and_one_with_a_password_does_not(first_id, guard, opens):
    raw = pdf(2, extra=b"9 0 obj\n" + bytes.fromhex(guard) + b"\nendobj\n")
    raw = raw.replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[<%s><00>]/Encrypt 9 0 R" % first_id.encode())
    assert seen(raw) == (Look("PDF", 2) if opens else Look("PDF", None, "locked"))
