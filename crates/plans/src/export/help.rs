//! The sheet `Help` of the template: how to fill in the others, in Korean and English.

/// Lines of the sheet: Korean, English. An empty pair is an empty row.
pub(super) const LINES: &[(&str, &str)] = &[
    ("실행계획 서식", "Template of an action plan"),
    ("", ""),
    (
        "각 시트의 1행은 한국어 이름, 2행은 영어 이름, 3행은 열의 코드입니다. 3행은 고치지 마세요. 4행부터 채워 주세요.",
        "In every sheet row 1 is the Korean name, row 2 the English name and row 3 the column's code. Leave row 3 as it is and write from row 4 on.",
    ),
    (
        "Plan 시트만 세로로 되어 있습니다. D열에 값을 써 주세요.",
        "Only the sheet Plan stands upright: write the values into column D.",
    ),
    (
        "코드(id)에는 영어 소문자, 숫자, 붙임표만 씁니다. 예: kr-2027",
        "Ids have lower-case letters, digits and hyphens only, for example kr-2027.",
    ),
    (
        "날짜는 아는 만큼만 씁니다: 2027, 2027-Q2, 2027-04, 2027-04-30. 모르는 날짜를 지어내지 마세요.",
        "Write dates as exactly as they are known: 2027, 2027-Q2, 2027-04, 2027-04-30. Do not make up what is not known.",
    ),
    (
        "이름이 .ko와 .en으로 끝나는 두 열은 한국어와 영어입니다. 하나를 쓰면 둘 다 써 주세요.",
        "Columns that end in .ko and .en are Korean and English. If you fill in one, fill in both.",
    ),
    (
        "기관은 먼저 Agencies 시트에 쓰고, 다른 시트에서는 그 코드로 가리킵니다.",
        "Write every agency into the sheet Agencies first; the other sheets refer to its id.",
    ),
    (
        "세부과제는 Commitments 시트의 parent 열에 상위 과제 번호를 씁니다(2.1의 parent는 2).",
        "A part of a commitment names the commitment's number in the column parent (the parent of 2.1 is 2).",
    ),
    (
        "한 칸에 여러 개를 쓸 때는 줄을 바꾸고(Alt+Enter), 한 줄 안의 값은 | 로 나눕니다.",
        "To write several things into one cell, begin a new line for each (Alt+Enter) and separate the values of a line by |.",
    ),
    (
        "주관 기관(lead): 기관 코드 | 부서(한국어) | 부서(영어). 예: mois | 혁신기획과 | Innovation Planning Division",
        "Lead agencies (lead): id | division in Korean | division in English. Example: mois | 혁신기획과 | Innovation Planning Division",
    ),
    (
        "기간(periods): 시작 | 끝. 끝이 없으면 시작만 씁니다. 예: 2027-01 | 2027-06-30",
        "Periods (periods): start | end. Without an end write the start alone. Example: 2027-01 | 2027-06-30",
    ),
    (
        "예산(budget): 금액 | 통화 | 연도 | 설명(한국어) | 설명(영어). 예: 2400000000 | KRW | 2027",
        "Budget (budget): amount | currency | year | note in Korean | note in English. Example: 2400000000 | KRW | 2027",
    ),
    (
        "목표(targets): 날짜 | 값. 실적(values): 날짜 | 값 | 기관 코드 | 설명(한국어) | 설명(영어)",
        "Targets (targets): date | value. Values (values): date | value | agency id | note in Korean | note in English",
    ),
    (
        "글 안의 | 는 \\| 로, 줄바꿈은 \\n 으로 씁니다(여러 값을 쓰는 칸에서만).",
        "In cells with several values write a | within a text as \\| and a line break as \\n.",
    ),
    (
        "올리기 전에 시험해 보세요: 무엇이 바뀌는지 보여 주고, 틀린 칸은 시트와 행과 열로 알려 줍니다.",
        "Try it before you import: you are shown what would change, and every wrong cell with its sheet, row and column.",
    ),
];
