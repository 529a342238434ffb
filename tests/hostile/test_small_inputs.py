"""Small things that come from outside: answers of mail servers, settings, state and journal files, words to find. None is a fault of the program."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
import registers  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.mail import answers, headers  # noqa: E402
from ownerbook.search.pinyin import spellings, typed  # noqa: E402
from ownerbook.settings import Settings, SettingsError  # noqa: E402

TEXTS = st.text(st.characters(codec=None), max_size=80)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda c: st.lists(c, max_size=3) | st.dictionaries(TEXTS, c, max_size=3),
    max_leaves=8,
)
MANY = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.binary(max_size=300), st.integers(0, 999))
def test_any_answer_of_a_mail_server_is_told_in_words(raw, code):
    text = answers.decoded(raw)
    assert answers.advice(code, text, "smtp").zh and "\n" not in answers.harmless(text).strip("\n")


@given(TEXTS)
def test_no_text_breaks_out_of_a_mail_header(text):
    for made in (headers.words(headers.one_line(text)), headers.disposition(text or "a"), headers.content_type("text/plain", text or "a")):
        for line in made.replace("\r\n", "\n").split("\n")[1:]:
            assert line.startswith((" ", "\t"))


@MANY
@given(st.binary(max_size=200) | TEXTS.map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_settings_file_is_read_or_refused_with_its_mistakes(tmp_path, raw):
    path = tmp_path / "ownerbook.toml"
    path.write_bytes(raw)
    try:
        Settings.read(path)
    except SettingsError as error:
        assert error.mistakes


@given(TEXTS)
def test_any_name_has_few_spellings_and_any_words_are_pinyin_or_none(text):
    assert len(spellings(text)) <= 48 and typed(text).isascii()


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    return registers.workspace(tmp_path_factory.mktemp("小区"), registers.sheets())


@MANY
@given(words=TEXTS)
def test_any_words_can_be_looked_for(space, capsys, words):
    status = main(["find", "--in", str(space), "--", words])
    assert status in (0, 1, 2) and "程序出错" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["head.json", "problems.json", "workspace.json", "secret", "journal/000001.json"])
@MANY
@given(raw=st.binary(max_size=200) | JSON.map(lambda x: json.dumps(x).encode("utf-8", "surrogatepass")))
def test_spoilt_state_of_ours_is_no_fault_of_the_program(tmp_path_factory, capsys, name, raw):
    space = tmp_path_factory.getbasetemp() / "状态" / name.replace("/", "-")
    if not (space / "ownerbook.toml").exists():
        registers.workspace(space, registers.sheets(houses=1))
    target = space / ".ownerbook" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(raw)
    for words in (
        ["check", str(space)],
        ["verify", "--in", str(space)],
        ["history", "1-1-101", "--in", str(space)],
        ["find", "赵", "--in", str(space)],
    ):
        assert main(words) in (0, 1, 2)
        assert "程序出错" not in capsys.readouterr().err, words


def test_a_name_that_is_no_text_is_put_into_a_mail_header_as_far_as_it_is_one():
    name = "小区\udcb5月报"
    assert headers.one_line(name) == "小区?月报"
    assert headers.words(name).isascii() and headers.mailbox(name, "a@example.com").isascii() and headers.disposition(name).isascii()
