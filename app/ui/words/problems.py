"""What is said about a field, a name, a time or a paper that cannot stay as it is."""

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.ui.words import after, flow, journal, lists, parties, people, rules, schedule, work

GENERAL: Any = QT_TRANSLATE_NOOP("messages", "填写有误，请核对。")

PROBLEMS: dict[str, Any] = {
    **after.PROBLEMS,
    **flow.PROBLEMS,
    **journal.PROBLEMS,
    **lists.PROBLEMS,
    **parties.PROBLEMS,
    **people.PROBLEMS,
    **rules.PROBLEMS,
    **schedule.PROBLEMS,
    **work.PROBLEMS,
    # any field
    "required": QT_TRANSLATE_NOOP("messages", "必填，请填写。"),
    "too_long": QT_TRANSLATE_NOOP("messages", "太长，请不超过 {most} 字。"),
    "bad_character": QT_TRANSLATE_NOOP("messages", "有不能保存的字符，请删去重输。"),
    "bad_date": QT_TRANSLATE_NOOP("messages", "日期看不懂。请写成 2026-3-1、20260301 或 2026年3月1日。"),
    "future_date": QT_TRANSLATE_NOOP("messages", "日期在今天之后，请核对。"),
    "past_date": QT_TRANSLATE_NOOP("messages", "日期已过，请核对。"),
    "bad_time": QT_TRANSLATE_NOOP("messages", "时间看不懂。请写成 9:30 或 0930。"),
    "future_time": QT_TRANSLATE_NOOP("messages", "时间还没到，请核对。"),
    "time_order": QT_TRANSLATE_NOOP("messages", "结束应晚于开始，请核对。"),
    "bad_number": QT_TRANSLATE_NOOP("messages", "请填整数。"),
    "out_of_range": QT_TRANSLATE_NOOP("messages", "超出范围，请核对。"),
    "bad_value": QT_TRANSLATE_NOOP("messages", "填写的内容不能用，请重新选择。"),
    "duplicate": QT_TRANSLATE_NOOP("messages", "与另一项重复，请核对。"),
    "unknown": QT_TRANSLATE_NOOP("messages", "没有这一项，请重新选择。"),
    # money
    "bad_amount": QT_TRANSLATE_NOOP("messages", "金额看不懂。请写数字，如 12300.50 或 1.2万。"),
    "money_blank": QT_TRANSLATE_NOOP("messages", "请填金额。"),
    "money_not_a_number": QT_TRANSLATE_NOOP("messages", "金额看不懂。请写数字，如 12300.50 或 1.2万。"),
    "money_negative": QT_TRANSLATE_NOOP("messages", "金额不能是负数。"),
    "money_too_fine": QT_TRANSLATE_NOOP("messages", "金额最多写到分，请去掉多余的小数。"),
    "money_too_large": QT_TRANSLATE_NOOP("messages", "金额太大，应小于一万亿元，请核对。"),
    # identity
    "id_blank": QT_TRANSLATE_NOOP("messages", "请填证件号码。暂无法取得时，证件类型选“无”。"),
    "id_length": QT_TRANSLATE_NOOP(
        "messages", "证件号码应为{expected}位，现为{found}位。暂无法取得可先留空。"
    ),
    "id_character": QT_TRANSLATE_NOOP("messages", "证件号码第 {at} 位不对，只能是数字，末位可为 X。"),
    "id_province": QT_TRANSLATE_NOOP("messages", "证件号码前两位“{found}”不是省级代码，请核对。"),
    "id_date": QT_TRANSLATE_NOOP("messages", "证件号码中的出生日期不存在，请核对第 7 至 14 位。"),
    "id_future": QT_TRANSLATE_NOOP("messages", "证件号码中的出生日期在今天之后，请核对。"),
    "id_check_digit": QT_TRANSLATE_NOOP("messages", "证件号码校验码不符，请逐位核对。"),
    "id_sex_differs": QT_TRANSLATE_NOOP("messages", "性别与证件号码不一致，请核对。"),
    "id_birth_differs": QT_TRANSLATE_NOOP("messages", "出生日期与证件号码不一致，请核对。"),
    "phone_shape": QT_TRANSLATE_NOOP("messages", "电话不对。手机应为 11 位，座机如 0319-1234567。"),
    "name_blank": QT_TRANSLATE_NOOP("messages", "请填姓名或名称。"),
    "name_short": QT_TRANSLATE_NOOP("messages", "姓名太短，请核对。"),
    "name_long": QT_TRANSLATE_NOOP("messages", "姓名太长（{found} 字），请不超过 {most} 字。"),
    "name_control": QT_TRANSLATE_NOOP("messages", "姓名第 {at} 个字符看不见，请删去重输。"),
    "id_old_age": QT_TRANSLATE_NOOP("messages", "按证件号码年龄超过 130 岁，请核对。"),
    "id_converted": QT_TRANSLATE_NOOP("messages", "15 位旧号码已换成 18 位，请核对。"),
    "name_one_character": QT_TRANSLATE_NOOP("messages", "姓名只有一个字，请核对。"),
    "name_private_character": QT_TRANSLATE_NOOP(
        "messages", "姓名里有只在个别电脑上能显示的字，请改用标准字。"
    ),
    "bad_uscc": QT_TRANSLATE_NOOP("messages", "统一社会信用代码不对，请按证照核对 18 位：{names}"),
    # numbers and nodes
    "bad_pattern": QT_TRANSLATE_NOOP("messages", "编号格式不对，请按示例填写。"),
    "pattern_syntax": QT_TRANSLATE_NOOP("messages", "编号格式的花括号没有配对，或写了多余的内容。"),
    "pattern_missing": QT_TRANSLATE_NOOP("messages", "编号格式缺少年份、单位或序号，请补上。"),
    "pattern_repeated": QT_TRANSLATE_NOOP("messages", "编号格式里同一项写了两次，请删去一处。"),
    "pattern_unknown": QT_TRANSLATE_NOOP("messages", "编号格式里有不认识的项，请按示例填写。"),
    "pattern_long": QT_TRANSLATE_NOOP("messages", "编号格式太长，请不超过 60 字。"),
    "pattern_taken": QT_TRANSLATE_NOOP("messages", "与另一种编号的格式相同，会写出同样的号，请改动几个字。"),
    "bad_division_code": QT_TRANSLATE_NOOP("messages", "行政区划代码应为 12 位数字，请核对。"),
    "no_township_code": QT_TRANSLATE_NOOP(
        "messages", "行政区划代码第 7 至 9 位应为乡镇（街道）代码，请核对。"
    ),
    "bad_node_letter": QT_TRANSLATE_NOOP("messages", "机器字母应为 A 至 Z 中的一个。"),
    "bad_login": QT_TRANSLATE_NOOP("messages", "账号只能用小写字母、数字、点、横线和下划线，2 至 20 位。"),
    "not_in_this_office": QT_TRANSLATE_NOOP("messages", "本单位没有这个岗位，请重新选择。"),
    # intake
    "no_applicant": QT_TRANSLATE_NOOP("messages", "至少要有一名申请人。"),
    "no_respondent": QT_TRANSLATE_NOOP("messages", "至少要有一名被申请人。"),
    "fewer_than_parties": QT_TRANSLATE_NOOP("messages", "涉及人数少于已填的当事人，请核对。"),
    "guardian_missing": QT_TRANSLATE_NOOP("messages", "未成年人要有法定代理人：{names}"),
    "not_adult": QT_TRANSLATE_NOOP("messages", "未满 {age} 周岁，不能担任，请核对。"),
    "same_person": QT_TRANSLATE_NOOP("messages", "与另一项是同一个人，请核对。"),
    "represents_nobody": QT_TRANSLATE_NOOP("messages", "请选择代理的是哪位当事人。"),
    "consent_refused": QT_TRANSLATE_NOOP("messages", "明确拒绝调解，不得调解，只能先登记。"),
    "consent_unasked": QT_TRANSLATE_NOOP("messages", "受理前应问明是否同意调解并记下。"),
    "competence_unchecked": QT_TRANSLATE_NOOP("messages", "受理前请核对是否属于调解范围，并勾选。"),
    "exclusion_unchecked": QT_TRANSLATE_NOOP("messages", "受理前请核对有无其他机关受理，并勾选。"),
    # mediators and hearings
    "override_required": QT_TRANSLATE_NOOP("messages", "可能需要回避，请改选调解员或写明不回避的理由。"),
    "co_needed": QT_TRANSLATE_NOOP("messages", "疑难、重大案件应再选一名调解员。"),
    "visit_in_room": QT_TRANSLATE_NOOP("messages", "上门调解不占调解室，请写地点。"),
    "before_acceptance": QT_TRANSLATE_NOOP("messages", "早于受理日期，请核对。"),
    "before_session": QT_TRANSLATE_NOOP("messages", "早于调解日期，请核对。"),
    "before_agreement": QT_TRANSLATE_NOOP("messages", "早于协议日期，请核对。"),
    "signed": QT_TRANSLATE_NOOP("messages", "已有人签名，不能再改。"),
    "lunch": QT_TRANSLATE_NOOP("messages", "在午休时间。"),
    "holiday": QT_TRANSLATE_NOOP("messages", "是法定节假日。"),
    "rest_day": QT_TRANSLATE_NOOP("messages", "是休息日。"),
    "year_unknown": QT_TRANSLATE_NOOP("messages", "没有这一年的放假通知，按周一至周五算工作日。"),
    # agreements
    "no_obligation": QT_TRANSLATE_NOOP("messages", "还没有写履行事项。"),
    "vague_due": QT_TRANSLATE_NOOP("messages", "履行期限不明确（{words}），请写具体日期。"),
    "total_too_large": QT_TRANSLATE_NOOP("messages", "各项金额之和太大，应小于一万亿元，请核对。"),
    "total_differs": QT_TRANSLATE_NOOP("messages", "总金额与各项之和不一致，请核对。"),
    "unconfirmable": QT_TRANSLATE_NOOP("messages", "有不予司法确认的内容（{words}），请核对。"),
    "forbidden_words": QT_TRANSLATE_NOOP("messages", "有依法不得写入的内容（{words}），请删改。"),
    "not_a_principal": QT_TRANSLATE_NOOP("messages", "签名人与当事人不一致，请核对。"),
    "signer_without_power": QT_TRANSLATE_NOOP("messages", "代签人没有签署文书的授权：{names}"),
    "too_few_copies": QT_TRANSLATE_NOOP("messages", "份数不够，至少 {least} 份。"),
    "third_party_not_asked": QT_TRANSLATE_NOOP("messages", "涉及案外人利益，还没有征求其意见。"),
    "no_session": QT_TRANSLATE_NOOP("messages", "还没有调解记录。"),
    "before_last_session": QT_TRANSLATE_NOOP("messages", "协议日期早于最后一次调解（{session}）。"),
    "session_not_signed": QT_TRANSLATE_NOOP("messages", "调解记录还没有签名：{sessions}"),
    "due_before_agreement": QT_TRANSLATE_NOOP("messages", "履行期限早于协议日期，请核对。"),
    # committee
    "committee_too_few": QT_TRANSLATE_NOOP("messages", "委员只有 {found} 名，应为 3 至 9 名。"),
    "committee_too_many": QT_TRANSLATE_NOOP("messages", "委员有 {found} 名，应为 3 至 9 名。"),
    "committee_no_woman": QT_TRANSLATE_NOOP("messages", "委员中应有妇女。"),
    "committee_no_chair": QT_TRANSLATE_NOOP("messages", "还没有主任。"),
    "committee_several_chairs": QT_TRANSLATE_NOOP("messages", "主任有 {found} 名，应只有一名。"),
    "committee_term_unknown": QT_TRANSLATE_NOOP("messages", "没有写任期，请补上。"),
    "committee_term_ends_soon": QT_TRANSLATE_NOOP("messages", "任期将于 {on} 届满，请准备换届。"),
    "committee_term_over": QT_TRANSLATE_NOOP("messages", "任期已于 {on} 届满，应当换届。"),
}
