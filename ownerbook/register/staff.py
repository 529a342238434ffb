"""人员: who works with the files, and what they may do. 培训: what they were taught."""

from __future__ import annotations

from ownerbook.register.declare import col, day, note
from ownerbook.schema.kinds import Email, Measure, Name, Number, PhoneNumber, Rights, StaffMember, Words
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

STAFF = Sheet(
    "人员",
    "staff",
    Text("人员", "Staff"),
    (
        col("staff_no", "工号", "Staff no.", Number(), key=True, also=("员工编号", "职工号"), width=9),
        col("name", "姓名", "Name", Name(), must=True, privacy="internal", also=("员工姓名",), width=12),
        col("role", "岗位", "Role", Words(), must=True, also=("职务", "职位"), width=14),
        col(
            "rights",
            "权限",
            "Rights",
            Rights(),
            width=34,
            hint=("档案经办、借阅审批、审核、处置批准，用顿号隔开，可注起止", "rights separated by 、, each with an optional span"),
        ),
        day("joined_on", "入职日期", "Joined", must=True, also=("入职时间",)),
        day("left_on", "离职日期", "Left", future=True, also=("离职时间",)),
        day(
            "nda_on", "保密协议签订日期", "Confidentiality signed", also=("保密协议日期",), hint=("有权限者必填", "required for anyone with a right")
        ),
        col("phone", "联系电话", "Phone", PhoneNumber(), privacy="personal", also=("电话", "手机"), width=15),
        col("email", "电子邮箱", "E-mail", Email(), privacy="personal", also=("邮箱",), width=20),
        note(),
    ),
    Text("办理档案业务的人员、权限及其起止。", "Who works with the files and what they may do."),
    needed=True,
    book="档案管理台账.xlsx",
)

TRAINING = Sheet(
    "培训",
    "training",
    Text("培训", "Training"),
    (
        col("training_no", "培训编号", "Training no.", Number(), key=True),
        day("held_on", "培训日期", "Held", must=True, future=True),
        col("topic", "培训主题", "Topic", Words(), must=True, width=26),
        col("hours", "学时", "Hours", Measure(above=0), must=True, width=7),
        col("trainer", "讲师", "Trainer", Words(), must=True, width=12),
        col(
            "attendees",
            "参加人",
            "Attendees",
            StaffMember(days=("held_on",), several=True),
            must=True,
            width=34,
            hint=("工号或姓名，用顿号隔开", "numbers or names separated by 、"),
        ),
        col("result", "考核结果", "Result", Words(), width=10),
        note(),
    ),
    Text("每次培训一行。", "One row a training."),
    book="档案管理台账.xlsx",
)
