## Frame of every page
skip-to-content = 본문으로 건너뛰기
masthead-official = 이 누리집은 { $government }가 직접 운영합니다.
masthead-how = 어떻게 알 수 있나요?
masthead-explain = 주소가 정부의 주소(.go.kr)로 끝나는지, 주소 앞에 자물쇠가 있는지 살펴 주세요. 정부는 전화나 문자로 비밀번호를 묻지 않습니다.
demo-strip = 시험용 누리집입니다. 실제 행정에 영향이 없습니다.
home = 처음
menu = 주 메뉴
menu-open = 메뉴 열기
menu-close = 메뉴 닫기
menu-plans = 계획과 약속
menu-late = 기한이 지난 일
menu-calendar = 일정
menu-indicators = 지표
menu-agencies = 기관
menu-desk = 내 책상
menu-admin = 관리
crumbs = 현재 위치
other-language = English
sign-in = 로그인
sign-out = 로그아웃
display-settings = 보기 설정
text-size = 글자 크기
text-size-normal = 보통
text-size-large = 크게
text-size-larger = 더 크게
colour-mode = 화면 색
colour-mode-auto = 자동
colour-mode-light = 밝게
colour-mode-dark = 선명하게
about = 마당은 어떤 곳인가요?
glossary = 낱말 풀이
accessibility = 접근성
privacy = 개인정보
api = 개발자용 API
footer-who = 이 누리집은 { $government }의 약속과 이행 상황을 누구나 볼 수 있게 합니다.
footer-licence = 공개된 내용은 출처를 밝히면 자유롭게 쓸 수 있습니다(공공누리 제1유형).
change = 바꾸기
edit = 고치기
optional = (선택)
search = 찾기
filter-open = 골라 보기
filter-apply = 적용
filter-active = 적용한 조건
filter-remove = 조건 지우기
filter-clear = 조건 모두 지우기
pager = 쪽 이동
pager-previous = 이전
pager-next = 다음
pager-range = { $from }–{ $to } / { $total }
count-items = { $n }건

## Exports
exports-title = 가져가기와 확인
export-atom = 새 소식 피드(Atom)
export-ics = 일정(iCalendar)
export-csv = 표(CSV)
export-json = 데이터(JSON)
export-xlsx = 엑셀(XLSX)
exports-check = 기록이 그대로인지 직접 확인하기

## Forms
errors-title = 고칠 곳이 { $n }군데 있습니다
steps = 단계
step-done = 마침

## Periods
period-from-to = { $start } ~ { $end }
period-continues = { $start }부터 계속
period-from = { $start }부터
period-until = { $end }까지
period-unknown = 기간이 정해지지 않음
days-left = { $n }일 남음

## States
state-done = 완료
state-completed = 완료
state-under-way = 진행 중
state-continuing = 계속
state-recurring = 되풀이
state-no-report = 보고 없음
state-not-known = 알 수 없음
state-late = 늦음
state-upcoming = 시작 전
state-draft = 초안
state-open = 진행 중
state-closed = 닫힘
state-published = 공개됨
state-answered = 답함
state-waiting = 답을 기다림
state-failed = 실패
state-running = 하는 중
state-queued = 차례를 기다림
state-met = 목표 달성
state-short = 목표에 못 미침
state-not-due = 아직 때가 아님
