"""What the operating system says of a file that it does not give or take, in both languages."""

from __future__ import annotations

import errno

from compliancecheck.model.texts import Texts
from compliancecheck.reading.problems import Told

NO_FILE = Texts("there is no such file", "没有这个文件")
_CHINESE = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许这样操作",
    errno.EEXIST: "已有同名文件",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件太大",
    errno.EROFS: "文件系统只读",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EINVAL: "文件名或参数无效",
    errno.EIO: "读写出错",
    errno.ELOOP: "符号链接循环",
    errno.EMFILE: "打开的文件太多",
    errno.EBUSY: "文件正被占用",
    errno.ETXTBSY: "文件正被占用",
    errno.ENXIO: "没有这个设备",
    errno.EPIPE: "管道已断开",
}


def system_words(error: Exception) -> Texts:
    """Why something was refused, by us or by the system; else it is a path that cannot be one."""
    if isinstance(error, Told):
        return error.says
    if not isinstance(error, OSError):
        return Texts(str(error), "路径无效")
    english = error.strerror or str(error)
    number = f"系统错误 {error.errno}" if error.errno is not None else "系统错误"
    return Texts(english, _CHINESE.get(error.errno or 0, number))
