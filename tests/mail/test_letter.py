"""A letter as the mail programs of recipients take it."""

import email
import email.header
import email.policy
import re
import zlib

from hypothesis import given
from hypothesis import strategies as st
from letters import envelope, letter

from ownerbook.mail import headers
from ownerbook.mail.chart import column_chart
from ownerbook.mail.letter import Attachment, render


def parsed(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def header(data, name):
    """A header as it stands in the bytes, with its continued lines."""
    return re.search(rb"(?im)^" + name + rb":((?:.*\r\n)(?:[ \t].*\r\n)*)", data)[1].decode("ascii").strip()


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\x85"), min_size=1, max_size=120))
def test_a_subject_comes_back_with_every_blank_in_it(text):
    data = render(letter(subject=text, chart=None, attachment=None), envelope())
    said = "".join(
        t.decode(c or "ascii") if isinstance(t, bytes) else t for t, c in email.header.decode_header(header(data, b"Subject").replace("\r\n", ""))
    )
    assert said.strip() == headers.one_line(text).strip()


def test_a_subject_keeps_the_blank_between_chinese_and_digits():
    data = render(letter(subject="报告 2026年 十月 错误 99 件，逾期 30 件，需要处理的很多很多 报告 2026年"), envelope())
    assert str(parsed(data)["subject"]) == "报告 2026年 十月 错误 99 件，逾期 30 件，需要处理的很多很多 报告 2026年"
    assert header(data, b"Subject").startswith("=?utf-8?b?")


def test_the_name_of_a_file_is_given_unsplit_and_once_more_in_encoded_words():
    name = "示例花园小区业主档案月度审核报告及逾期借阅与整改清单附缺件表_2026-10.xlsx"
    data = render(letter(attachment=Attachment(name, b"x", True)), envelope())
    assert b"filename*=utf-8''%E7%A4%BA" in data and b"*0" not in data
    sheet = next(p for p in parsed(data).walk() if p.get_content_disposition() == "attachment")
    assert sheet.get_filename() == name
    raw = re.search(rb'Content-Type: application/[^;]*;\r\n name="([^"]*)"', data)[1].decode()
    assert "".join(t.decode(c) for t, c in email.header.decode_header(raw)) == name


def test_an_ascii_name_can_be_asked_for():
    sheet = next(p for p in parsed(render(letter(), envelope(ascii_filenames=True))).walk() if p.get_content_disposition() == "attachment")
    assert sheet.get_filename() == "ownerbook-2026-10.xlsx"
    assert headers.ascii_file_name("月报.xlsx") == "ownerbook.xlsx"


def test_the_bytes_are_ascii_with_crlf_and_short_lines():
    data = render(letter(), envelope())
    assert data.isascii() and data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert max(len(line) for line in data.split(b"\r\n")) <= 200
    for part in email.message_from_bytes(data).walk():
        if part.get_content_maintype() == "text":
            text = part.get_payload(decode=True)
            assert text.count(b"\n") == text.count(b"\r\n") > 1
    assert b"8bit" not in data and data.count(b"Content-Transfer-Encoding: base64") == 4


def test_the_same_letter_is_the_same_bytes():
    assert render(letter(), envelope()) == render(letter(), envelope())


def test_there_is_a_plain_part_an_html_part_a_picture_and_the_workbook():
    message = parsed(render(letter(), envelope()))
    kinds = [p.get_content_type() for p in message.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
    plain, html = (next(p.get_content() for p in message.walk() if p.get_content_type() == k) for k in ("text/plain", "text/html"))
    picture = next(p for p in message.walk() if p.get_content_type() == "image/png")
    assert f"cid:{picture['content-id'].strip('<>')}" in html
    for text in (plain, html):
        assert all(f"第{n}行" in text for n in range(1, 6))
        assert "\\\\NAS\\登记册\\检查结果\\月报.xlsx" in text and "打开密码另行告知" in text
    sheet = next(p for p in message.walk() if p.get_content_disposition() == "attachment")
    assert sheet.get_content() == letter().attachment.data


def test_the_reduced_letter_says_where_the_workbook_lies_and_carries_none():
    message = parsed(render(letter(), envelope(), reduced=True))
    assert not [p for p in message.walk() if p.get_content_disposition() == "attachment"]
    plain = next(p.get_content() for p in message.walk() if p.get_content_type() == "text/plain")
    assert "附件太大" in plain and "\\\\NAS\\登记册" in plain
    assert message["message-id"] == parsed(render(letter(), envelope()))["message-id"]


def test_a_line_end_in_a_subject_a_name_or_a_file_begins_no_header():
    sheet = Attachment('月\r\nX-Bad: 1".xlsx', b"x", True)
    data = render(letter(subject="月报\r\nBcc: other@example.test", attachment=sheet), envelope(sender_name="园\r\nBcc: other@example.test"))
    message = parsed(data)
    assert message["bcc"] is None and not any(p["x-bad"] for p in message.walk())


def test_what_is_shown_is_escaped():
    html = next(
        p.get_content() for p in parsed(render(letter(worst=("<script>x</script>",)), envelope())).walk() if p.get_content_type() == "text/html"
    )
    assert "&lt;script&gt;" in html and "<script" not in html


def test_the_sender_stands_in_encoded_words_before_the_address():
    assert header(render(letter(), envelope()), b"From") == "=?utf-8?b?56S65L6L6Iqx5Zut?= <clerk@example.test>"


def test_the_columns_of_a_chart_are_as_tall_as_their_counts():
    chart = column_chart([("2026-08", 0), ("2026-09", 50), ("2026-10", 100)], scale=1)
    assert chart.png.startswith(b"\x89PNG\r\n\x1a\n") and chart.alt == "2026-08 0，2026-09 50，2026-10 100"
    start = chart.png.index(b"IDAT")
    rows = zlib.decompress(chart.png[start + 4 : start + 4 + int.from_bytes(chart.png[start - 4 : start], "big")])
    wide = 1 + 3 * chart.width
    slot = (chart.width - 28) / 3

    def tall(n):
        x = int(14 + slot * (n + 0.5))
        return sum(rows[y * wide + 1 + 3 * x : y * wide + 4 + 3 * x] in (bytes((143, 170, 200)), bytes((27, 58, 92))) for y in range(chart.height))

    assert tall(0) == 0 and tall(2) > 100 and abs(tall(2) - 2 * tall(1)) <= 1
