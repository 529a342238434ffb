"""What the disk answers, in words that a clerk can act on, on every system alike."""

from __future__ import annotations

import errno

from ownerbook.schema.words import Text

_SAID = {
    errno.ENOENT: ("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EEXIST: ("已经有这个名字的文件", "a file of that name is there"),
    errno.EISDIR: ("是文件夹，不是文件", "it is a folder, not a file"),
    errno.ENOTDIR: ("路径里有一段不是文件夹", "a part of the path is no folder"),
    errno.EACCES: ("没有权限", "no permission"),
    errno.EPERM: ("系统不允许", "the system does not permit it"),
    errno.EROFS: ("磁盘或文件夹是只读的", "the disk or folder is read-only"),
    errno.ENOSPC: ("磁盘已满", "the disk is full"),
    errno.ENAMETOOLONG: ("文件名或路径太长", "the name or path is too long"),
    errno.EBUSY: ("文件正被占用", "the file is in use"),
    errno.EIO: ("磁盘读写出错", "the disk failed to read or write"),
    getattr(errno, "EDQUOT", -1): ("超出了磁盘配额", "the disk quota is used up"),
    getattr(errno, "ESTALE", -2): ("共享文件夹断开了", "the share is gone"),
}
_OPEN = ("正被别的程序打开（多半是 Excel 或 WPS），请关掉再试", "it is open in another program, most likely Excel or WPS; close it and try again")
_GONE = ("共享文件夹连不上", "the share cannot be reached")
_LONG = (
    "路径太长（Windows 到 259 个字符为止），请把工作区放到更短的文件夹里",
    "the path is too long (259 characters on Windows); put the workspace into a shorter folder",
)
_WINDOWS = {
    32: _OPEN,  # ERROR_SHARING_VIOLATION
    33: _OPEN,  # ERROR_LOCK_VIOLATION
    53: _GONE,  # ERROR_BAD_NETPATH
    64: _GONE,  # ERROR_NETNAME_DELETED
    67: _GONE,  # ERROR_BAD_NET_NAME
    112: _SAID[errno.ENOSPC],  # ERROR_DISK_FULL
    206: _LONG,  # ERROR_FILENAME_EXCED_RANGE
}
"""Windows tells a file that Excel holds as a lack of permission; its own numbers say more (learn.microsoft.com, System Error Codes)."""
_MAX_PATH = 259


def why(error: OSError) -> Text:
    """Why a file could not be read or written; the system's own words where we have none."""
    number = getattr(error, "winerror", None)
    if number in (2, 3) and len(str(error.filename or "")) > _MAX_PATH:  # told as a file or folder that is not there
        return Text(*_LONG)
    other = error.strerror or type(error).__name__
    return Text(*(_WINDOWS.get(number or 0) or _SAID.get(error.errno or 0) or (other, other)))
