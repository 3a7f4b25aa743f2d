"""Names in letters that cannot be written in Latin ones by a table, and in Arabic ones: surname and forenames."""

from collections.abc import Callable
from itertools import product


def _pairs(surnames: str, starts: str, ends: str, joint: str = "") -> Callable[[], list[tuple[str, str]]]:
    """Every surname with every forename put together from a start and an end."""

    def names() -> list[tuple[str, str]]:
        return [
            (surname, start + joint + end)
            for start, end, surname in product(starts.split(), ends.split(), surnames.split())
        ]

    return names


OWN_SCRIPTS = {
    "Chinese": _pairs(
        "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹",
        "小 建 志 文 明 晓 海 丽 国 俊 雪 玉 春 秀 家 永 子 天",
        "明 华 伟 强 芳 军 平 英 红 杰 涛 敏 静 丽 勇 艳 娟 辉 鹏 云 玲 峰 梅 波",
    ),
    "South_Asian": _pairs(
        "शर्मा वर्मा गुप्ता सिंह यादव मिश्रा तिवारी पांडेय जोशी चौहान पटेल मेहता कपूर मल्होत्रा चोपड़ा भाटिया सक्सेना त्रिपाठी",
        "राज विज सुर अज संज मन अन रव दिन कम प्रद नर", "ेश य ीत ोद िन ीप ंदर ुल",
    ),
    "Somali": _pairs(
        "ተስፋዬ ገብረማርያም ሃይለ ወልደሚካኤል በቀለ ተክለ መኮንን አበበ ደስታ ገብረስላሴ አለሙ ግርማ ታደሰ መንግስቱ",
        "ሰላም ዮናስ ዳዊት ብርሃኔ ህይወት ሳሙኤል ማርታ ኤልሳቤጥ ሄኖክ ቢንያም ሩት ያሬድ አስቴር ናትናኤል",
        "ወልዱ ገብሩ ኪዳኔ ተኽለ ሃብቱ ኣለም ጸጋይ", " ",
    ),
    "Arabic": _pairs(
        "الحسيني البغدادي المصري الشمري الجبوري السامرائي التميمي الخزاعي العبيدي الزبيدي الدليمي الكناني حداد نجار خياط",
        "محمد أحمد علي كريم ياسين بلال حمزة نبيل طارق زياد أنور مصطفى حسين خالد يوسف ابراهيم",
        "عبدالله سعيد راشد محمود سالم جاسم فاضل", " ",
    ),
}  # fmt: skip
