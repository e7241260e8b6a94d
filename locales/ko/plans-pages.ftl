# Pages of plans: words that the handlers put in.

badge-label = 열린정부 약속 이행
calendar-no-end = 끝나는 날이 없음
filter-all = 전체
filter-state = 상태
filter-agency = 기관
filter-year = 연도
filter-commitment = 약속

history-plan = 계획
history-round = 점검
history-indicator = 지표 { $id }
history-milestone = 약속 { $commitment }, 이행 단계 { $n }
history-by-person = 담당자
history-by-system = 시스템

money-krw = { $amount }원
money-year = { $amount } ({ $year }년)

ogp-value-transparency = 투명성
ogp-value-participation = 시민 참여
ogp-value-accountability = 책임성
ogp-value-technology = 기술과 혁신

claim-not-started = 시작 전
claim-under-way = 진행 중
claim-delayed = 늦어짐
claim-completed = 완료

news-plan-imported = 계획을 올렸습니다
news-commitment-published = 내용을 고쳤습니다: { $what }
news-commitment-undone = 고친 것을 되돌렸습니다: { $what }
news-progress-reported = { $what } — { $claim }
news-progress-corrected = 보고를 바로잡았습니다: { $what } — { $claim }
news-assessed = 평가했습니다: { $what } — { $completion }
news-indicator-reported = 지표 값을 올렸습니다
news-round-opened = 점검을 시작했습니다
news-round-published = 점검 결과를 공개했습니다

recurs-year = 해마다
recurs-half-year = 반년마다
recurs-two-years = 2년마다
recurs-throughout = 한 해 내내
recurs-month = { $every } { $month }
recurs-until = { $every } { $month }까지
recurs-months = { $every } { $from }부터 { $to }까지
recurs-across = { $every } 앞선 해 { $from }부터 { $to }까지

month-1 = 1월
month-2 = 2월
month-3 = 3월
month-4 = 4월
month-5 = 5월
month-6 = 6월
month-7 = 7월
month-8 = 8월
month-9 = 9월
month-10 = 10월
month-11 = 11월
month-12 = 12월

field-name = 이름
field-summary = 요약
field-problem = 문제
field-solution = 내용
field-contribution = 기대하는 바
field-title = 제목
field-deliverable = 산출물
field-periods = 기간
field-printed = 원문의 날짜
field-continues = 계속 여부
field-recurs = 되풀이
field-lead = 주관 기관
field-others = 함께하는 기관
field-values = 열린정부 가치
field-legal = 법적 근거
field-budget = 예산
field-notes = 덧붙임
field-note = 덧붙임
field-learning = 교류
field-figures = 수치
field-claim = 보고한 상태
field-report = 보고
field-assessment = 평가
field-round = 점검
field-answer = 점검 답변
field-imported = 불러오기
field-added = 더함
field-retired = 뺌
field-value = 값
field-number = 번호
field-slug = 주소 이름
field-group = 묶음
field-targets = 목표
field-start = 시작
field-end = 끝
field-source = 출처
field-unit = 단위
field-theme = 분야

plan-made-title = 계획이 만들어진 길
plan-declined-title = 담지 못한 제안과 그 까닭
plan-declined-times = { $n }번 제안
commitment-more = 수치와 덧붙임
plan-figures-title = 계획에 적힌 수치
