"""ownerbook.toml: every option described once; all mistakes told at once, each with its line and remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ownerbook.schema.words import Text

FILE = "ownerbook.toml"


@dataclass(frozen=True, slots=True)
class Option:
    """One option: where it stands, what it may be, its default, and what it says."""

    table: str
    name: str
    default: Any
    check: Callable[[Any], bool]
    wants: Text
    about: Text

    @property
    def path(self) -> str:
        """The option as people name it."""
        return f"{self.table}.{self.name}"


def _text(value: Any) -> bool:
    """One line without signs that steer a screen, begin a header or turn the reading; blanks of any width are none of these."""
    return isinstance(value, str) and value.replace("\u3000", " ").replace("\xa0", " ").isprintable()


def _inside(value: Any) -> bool:
    """A folder that lies in the workspace on every system: not absolute, and never up."""
    if not isinstance(value, str) or not value.isprintable() or ":" in value:
        return False
    return not value.startswith(("/", "\\", "~")) and ".." not in re.split(r"[/\\]", value)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)


def _zone(value: Any) -> bool:
    from zoneinfo import available_timezones

    return isinstance(value, str) and value in available_timezones()


def _time(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII) is not None


def _between(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _whole(low: int, high: int) -> Text:
    return Text(f"{low} 到 {high} 的整数", f"a whole number from {low} to {high}")


def _address(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"(https?://\S+)?", value) is not None


_MAILBOX = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"


def _mailbox(value: Any) -> bool:
    return isinstance(value, str) and (not value or re.fullmatch(_MAILBOX, value, re.ASCII) is not None)


def _mailboxes(value: Any) -> bool:
    return _texts(value) and all(v and _mailbox(v) for v in value)


def _host(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9.:\[\]_-]*", value, re.ASCII) is not None


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _among(*values: str) -> Callable[[Any], bool]:
    return lambda value: value in values


_TEXT = Text("一行文字，用引号括起", "one line of text in quotes")
_FOLDER = Text("工作区里的一个文件夹，如 检查结果", "a folder of the workspace, such as 检查结果")
_ADDRESS = Text("一个邮件地址（只含英文字母、数字和符号）", "a mail address in ASCII")
_ADDRESSES = Text('邮件地址的列表，如 ["a@example.com"]', 'a list of mail addresses, such as ["a@example.com"]')
_NAME = Text("英文主机名或 IP 地址", "a host name in ASCII, or an IP address")
_URL = Text("http 或 https 网址", "an http or https address")
_YES = Text("true 或 false", "true or false")

OPTIONS: tuple[Option, ...] = (
    Option("workspace", "name", "", _text, _TEXT, Text("项目名称，印在每份报告上", "the community's name, printed on every report")),
    Option("workspace", "zone", "Asia/Shanghai", _zone, Text("时区名，如 Asia/Shanghai", "a time zone's name, such as Asia/Shanghai"), Text("时区", "time zone")),
    Option("check", "lang", "zh", _among("zh", "en"), Text("zh 或 en", "zh or en"), Text("输出语言", "language of the output")),
    Option("check", "fail_on", "error", _among("error", "warning", "notice", "never"), Text("error、warning、notice 或 never", "error, warning, notice or never"), Text("到哪一级问题算不通过", "the gravity from which a check fails")),
    Option("check", "ignore", [], _texts, Text("规则代码的列表，如 [\"A07\"]", "a list of codes, such as [\"A07\"]"), Text("不检查的规则", "rules that do not run")),
    Option("files", "password_file", "", _text, _TEXT, Text("存放工作簿打开密码的文件（本人可读）；也可用环境变量 OWNERBOOK_PASSWORD", "a file that holds the workbooks' password, readable by its owner; or the variable OWNERBOOK_PASSWORD")),
    Option("files", "scans", "扫描件", _text, _TEXT, Text("扫描件文件夹，相对工作区", "the folder of scans, relative to the workspace")),
    Option("reports", "folder", "检查结果", _inside, _FOLDER, Text("问题工作簿写到哪里，相对工作区", "where problem workbooks go, relative to the workspace")),
    Option("reports", "link_base", "", _text, _TEXT, Text("问题清单里链接的前缀（如 \\\\NAS\\登记册），留空则用相对路径", "prefix of the links in the problem list, such as a share; blank: relative")),
    Option("reports", "keep_days", 90, _between(7, 3650), _whole(7, 3650), Text("每日的问题清单和今日待办保留几天；有人改过的不删", "for how many days the daily workbooks are kept; those that somebody changed stay")),
    Option("reconcile", "auto", [], _texts, Text("列名的列表，如 [\"联系电话\", \"通讯地址\"]", "a list of headers, such as [\"联系电话\", \"通讯地址\"]"), Text("来件里这些列没有争议的改动可自行写入；留空则都等人选择", "undisputed changes of these columns are written by themselves; blank: all wait for a person")),
    Option("reconcile", "by", "", _text, _TEXT, Text("自行写入时以谁的名义（工号），须有审核的权限；留空则不自行写入", "in whose name (staff number, with the right 审核) they are written; blank: nothing is written by itself")),
    Option("nights", "time", "02:00", _time, Text("24 小时制的时间，如 02:00", "a time of the day, such as 02:00"), Text("夜间检查几点到期；错过的在下次开机后补做一次", "when the night falls due; a missed one is made up for at the next start")),
    Option("nights", "month_day", 1, _between(1, 28), _whole(1, 28), Text("上个月的月报从几号起制作", "from which day of the month the last month's report is made")),
    Option("nights", "host", "", _text, _TEXT, Text("只在这台电脑上运行（写电脑名）；留空则不限", "the only machine that runs nights, by its name; blank: any")),
    Option("nights", "attempts", 5, _between(1, 20), _whole(1, 20), Text("失败几次后报警；之后每小时再试一次", "after how many failures there is an alert; it is then tried once an hour")),
    Option("nights", "lease_minutes", 15, _between(2, 240), _whole(2, 240), Text("运行中的程序多久没有动静就算中断，由别的程序接手", "after how long without a sign a run counts as dead and is taken over")),
    Option("nights", "overdue_hours", 3, _between(1, 48), _whole(1, 48), Text("到期后几小时没有完成算逾期（ownerbook status 退出码为 1）", "how long after falling due it is overdue (exit status 1 of ownerbook status)")),
    Option("nights", "ping_url", "", _address, Text("http 或 https 网址", "an http or https address"), Text("每次运行的开始、成功、失败各访问一次的网址（可选，如 healthchecks）", "an address called at start, success and failure of each run (optional, such as healthchecks)")),
    Option("backup", "to", "", _text, _TEXT, Text("每夜备份到哪里：另一块磁盘或共享文件夹；留空则不备份", "where each night's backup goes, another disk or a share; blank: no backup")),
    Option("backup", "password_file", "", _text, _TEXT, Text("存放备份密码的文件（至少 12 位，仅本人可读）；也可用环境变量 OWNERBOOK_BACKUP_PASSWORD；请另存一份在别处，丢了密码就打不开备份", "a file with the backup password (12 characters at least), readable by its owner; or the variable OWNERBOOK_BACKUP_PASSWORD; keep it elsewhere too: without it no backup opens")),
    Option("backup", "scans", True, _flag, _YES, Text("扫描件是否一起备份", "whether the scans are backed up too")),
    Option("backup", "same_disk", False, _flag, _YES, Text("备份位置与工作区在同一块磁盘时也备份（磁盘坏了两份都没有）", "back up even where the place is on the same disk (both are lost with it)")),
    Option("backup", "daily", 14, _between(1, 400), _whole(1, 400), Text("保留最近多少天的备份，每天一份", "of how many days a backup is kept, one a day")),
    Option("backup", "weekly", 8, _between(0, 400), _whole(0, 400), Text("保留最近多少周的备份，每周一份", "of how many weeks a backup is kept, one a week")),
    Option("backup", "monthly", 6, _between(0, 400), _whole(0, 400), Text("保留最近多少个月的备份，每月一份", "of how many months a backup is kept, one a month")),
    Option("mail", "host", "", _host, _NAME, Text("发信服务器，如 smtp.qq.com；留空则不发邮件", "the mail server, such as smtp.qq.com; blank: no mail")),
    Option("mail", "port", 0, _between(0, 65535), _whole(0, 65535), Text("端口；0 表示按加密方式（tls 465，starttls 587，none 25）", "its port; 0: by the security (tls 465, starttls 587, none 25)")),
    Option("mail", "security", "tls", _among("tls", "starttls", "none"), Text("tls、starttls 或 none", "tls, starttls or none"), Text("加密方式；none 只用于本单位内网的转发服务器", "how the connection is secured; none is for a relay of one's own network")),
    Option("mail", "user", "", _text, _TEXT, Text("登录名；留空则不登录", "the name to log in with; blank: no login")),
    Option("mail", "password_file", "", _text, _TEXT, Text("存放授权码的文件（仅本人可读）；也可用环境变量 OWNERBOOK_SMTP_PASSWORD 或系统钥匙串", "a file with the password or authorisation code, readable by its owner; or the variable OWNERBOOK_SMTP_PASSWORD, or the keyring")),
    Option("mail", "password", "", _text, _TEXT, Text("不要写在这里：能读设置的人都能看到；请用上面三种办法", "not here: whoever reads the settings sees it; use one of the three ways above")),
    Option("mail", "sender", "", _mailbox, _ADDRESS, Text("发件地址；QQ、163 要求与登录名相同", "the sender's address; QQ and 163 want it to be the login name")),
    Option("mail", "sender_name", "", _text, _TEXT, Text("发件人显示的名字；留空则用项目名称", "the name shown as sender; blank: the community's")),
    Option("mail", "reply_to", "", _mailbox, _ADDRESS, Text("回信地址，应是有人看的信箱；留空则为发件地址", "where answers go, a mailbox that is read; blank: the sender")),
    Option("mail", "recipients", [], _mailboxes, _ADDRESSES, Text("月报寄给谁", "who gets the monthly letter")),
    Option("mail", "allow", [], _mailboxes, _ADDRESSES, Text("允许收信的地址；留空则只有月报和报警的收件人", "addresses that may be written to; blank: the recipients of letters and alerts only")),
    Option("mail", "attach", True, _flag, _YES, Text("是否附上工作簿；否则只写明放在哪里", "whether the workbook is attached; else the letter says where it lies")),
    Option("mail", "encrypt", True, _flag, _YES, Text("附件是否加密；改成 false 表示同意寄出不加密的附件", "whether the attachment is encrypted; false agrees to send it open")),
    Option("mail", "attachment_password_file", "", _text, _TEXT, Text("存放附件打开密码的文件（至少 12 位）；也可用环境变量 OWNERBOOK_ATTACHMENT_PASSWORD；密码请另行告知收件人", "a file with the attachment's password (12 places at least); or the variable OWNERBOOK_ATTACHMENT_PASSWORD; tell it to recipients by another way")),
    Option("mail", "ascii_filenames", False, _flag, _YES, Text("附件名只用英文数字（收件人看到 tcmime、ATT00001 之类的附件名时打开）", "ASCII names of attachments, where a recipient sees tcmime or ATT00001 instead")),
    Option("mail", "size_limit_mb", 20, _between(1, 1000), _whole(1, 1000), Text("一封信最大多少 MB；超过则不带附件，只写放在哪里", "the most that a letter may weigh in MB; beyond it goes without attachment and says where it lies")),
    Option("mail", "timeout", 30, _between(2, 600), _whole(2, 600), Text("等服务器多少秒", "seconds to wait for the server")),
    Option("mail", "ca_file", "", _text, _TEXT, Text("本单位自签证书的文件（PEM）；留空则用系统的", "a file with one's own certificate authority (PEM); blank: the system's")),
    Option("mail", "domain", "", _host, _NAME, Text("邮件编号里的域名；留空则取发件地址的", "the domain of message ids; blank: the sender's")),
    Option("mail", "local_hostname", "localhost", _host, _NAME, Text("向服务器报的本机名（电脑名是中文也不受影响）", "the name this machine gives to the server, whatever it is called")),
    Option("alerts", "mail", [], _mailboxes, _ADDRESSES, Text("没有完成时写信给谁", "who is written to when the work fails")),
    Option("alerts", "wecom_url", "", _address, _URL, Text("企业微信群机器人的网址；也可用环境变量 OWNERBOOK_WECOM_URL", "the address of a WeCom robot; or the variable OWNERBOOK_WECOM_URL")),
    Option("alerts", "dingtalk_url", "", _address, _URL, Text("钉钉群机器人的网址；也可用环境变量 OWNERBOOK_DINGTALK_URL", "the address of a DingTalk robot; or the variable OWNERBOOK_DINGTALK_URL")),
    Option("alerts", "dingtalk_secret_file", "", _text, _TEXT, Text("存放钉钉机器人加签密钥的文件；也可用环境变量 OWNERBOOK_DINGTALK_SECRET", "a file with the DingTalk robot's signing secret; or the variable OWNERBOOK_DINGTALK_SECRET")),
    Option("alerts", "timeout", 10, _between(1, 60), _whole(1, 60), Text("等机器人多少秒", "seconds to wait for a robot")),
)  # fmt: skip


_NOT_TOML = Text("这一行写法不对，应为 名称 = 值，文字要加引号", "this line is not of the form name = value; texts need quotes")
_BACKSLASH = Text(
    r"路径里有 \ 的请用单引号，如 'D:\备份'；双引号里 \ 有别的意思",
    r"a path with \ stands in single quotes, as 'D:\backup'; in double ones \ means something else",
)
_SPOILT = re.compile(r"""\s*[A-Za-z_]+\s*=\s*"(?:[A-Za-z]:|\\\\)(?:[^"\\]|\\\\)*\\[bfnrtuU]""")
"""A path in double quotes of which TOML would make a sign that no path holds: it takes the b after the stroke of D:(stroke)backup with it."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in the settings file. `line` counts from 1, 0 where it is not known."""

    line: int
    message: Text


class SettingsError(Exception):
    """The settings file has mistakes: all of them."""

    def __init__(self, path: Path, mistakes: Sequence[Mistake]) -> None:
        super().__init__(str(path))
        self.path, self.mistakes = path, list(mistakes)


@dataclass(slots=True)
class Settings:
    """The options in force."""

    values: dict[str, Any] = field(default_factory=lambda: {o.path: o.default for o in OPTIONS})

    def __getitem__(self, path: str) -> Any:
        return self.values[path]

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Read a settings file. Raises SettingsError with every mistake in it."""
        settings = cls()
        try:
            raw = path.read_bytes()
            text = raw.decode("utf-8-sig")
            data = tomllib.loads(text)
        except UnicodeDecodeError:
            raise SettingsError(
                path, [Mistake(0, Text("文件不是 UTF-8 编码，请用记事本另存为 UTF-8", "the file is not UTF-8; save it as UTF-8"))]
            ) from None
        except OSError as e:
            raise SettingsError(path, [Mistake(0, Text(f"读不了：{e.strerror}", f"cannot be read: {e.strerror}"))]) from None
        except tomllib.TOMLDecodeError as e:
            line = re.search(r"line (\d+)", str(e))
            where = int(line[1]) if line else 0
            lines = text.splitlines()
            words = _BACKSLASH if 0 < where <= len(lines) and "\\" in lines[where - 1] else _NOT_TOML
            raise SettingsError(path, [Mistake(where, words)]) from None
        if spoilt := [n for n, line in enumerate(text.splitlines(), 1) if _SPOILT.match(line)]:
            raise SettingsError(path, [Mistake(n, _BACKSLASH) for n in spoilt])
        mistakes = list(settings._take(data, text))
        if mistakes:
            raise SettingsError(path, sorted(mistakes, key=lambda m: m.line))
        return settings

    def _take(self, data: dict[str, Any], text: str) -> Iterator[Mistake]:
        known = {o.path: o for o in OPTIONS}
        tables = {o.table for o in OPTIONS}
        for table, options in data.items():
            if table not in tables or not isinstance(options, dict):
                yield Mistake(
                    _line(text, table),
                    Text(
                        f"没有 [{table}] 这一节，可用的有 {'、'.join(sorted(tables))}",
                        f"there is no [{table}]; known are {', '.join(sorted(tables))}",
                    ),
                )
                continue
            for name, value in options.items():
                option = known.get(f"{table}.{name}")
                if option is None:
                    names = [o.name for o in OPTIONS if o.table == table]
                    yield Mistake(
                        _line(text, name, table),
                        Text(f"[{table}] 里没有 {name}，可用的有 {'、'.join(names)}", f"[{table}] has no {name}; known are {', '.join(names)}"),
                    )
                elif not option.check(value):
                    yield Mistake(
                        _line(text, name, table),
                        Text(f"{name} 应为{' ' * option.wants.zh[0].isascii()}{option.wants.zh}", f"{name} must be {option.wants.en}"),
                    )
                else:
                    self.values[option.path] = value


def _line(text: str, name: str, table: str = "") -> int:
    """The line of a table's heading, or of an option below that heading; options of one name stand in several tables."""
    inside = not table
    for n, line in enumerate(text.splitlines(), 1):
        if table and (heading := re.match(r"\s*\[\s*([^\]\s]+)\s*\]", line)):
            inside = heading[1].strip("\"'") == table
        elif inside and re.match(rf"\s*\[?\s*{re.escape(name)}\s*[\]=.]", line):
            return n
    return 0


def template(values: dict[str, Any] | None = None) -> str:
    """A settings file with every option explained; options at their default are commented out."""
    values = values or {}
    lines = ["# ownerbook 的设置；改动后保存即可，每一项的说明在上一行", "# Settings of ownerbook; each option is explained on the line above it", ""]
    table = ""
    for option in OPTIONS:
        if option.table != table:
            table = option.table
            lines += [f"[{table}]"]
        lines.append(f"# {option.about.zh} · {option.about.en}")
        value = values.get(option.path, option.default)
        lines.append(("" if option.path in values else "# ") + f"{option.name} = {as_toml(value)}")
        lines.append("")
    return "\n".join(lines)


def as_toml(value: Any) -> str:
    """A value as it stands in the settings file."""
    if isinstance(value, list):
        return "[" + ", ".join(as_toml(v) for v in value) + "]"
    if isinstance(value, str):
        return "'" + value + "'" if "\\" in value and "'" not in value else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value).lower() if isinstance(value, bool) else str(value)
