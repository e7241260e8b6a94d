# 역할, 동작, 자료 종류, 연결, 작업과 메일의 상태 이름.

role-anyone = 누구나
role-member = 로그인한 사람
role-officer = 기관 담당자
role-lead = 총괄 부처 담당자
role-civil-society = 시민사회 평가자
role-clerk = 창구 직원
role-administrator = 사이트 관리자

object-plan = 계획
object-commitment = 약속
object-milestone = 단계별 과제
object-update = 추진 상황 보고
object-assessment = 평가
object-indicator = 지표
object-round = 이행 점검
object-follow = 소식 받기
object-account = 계정
object-organisation = 기관·단체
object-membership = 소속과 역할
object-api-key = API 열쇠
object-session = 로그인
object-second-factor = 2단계 인증
object-job = 작업
object-mail = 메일
object-access-log = 개인정보 열람 기록
object-blob = 파일
object-link = 연결
object-change = 변경 기록
object-service = 서비스
object-case = 민원·청원
object-support = 서명·지지
object-party = 참여 집단
object-webhook = 웹훅
object-contact = 담당자
object-expert = 전문가·단체
object-newsletter = 소식지

verb-read = 보기
verb-create = 만들기
verb-edit = 고치기
verb-publish = 공개하기
verb-undo = 되돌리기
verb-delete = 지우기
verb-report = 보고하기
verb-assess = 평가하기
verb-open = 열기
verb-answer = 답하기
verb-close = 닫기
verb-follow = 소식 받기
verb-manage = 관리하기
verb-retry = 다시 시도하기
verb-import = 가져오기
verb-export = 내려받기
verb-represent = 대리하기
verb-act = 절차 밟기
verb-handle = 처리하기
verb-approve = 승인하기
verb-withdraw = 거두기

# 앞에서 본 연결: 이 자료가 저 자료와 어떤 사이인지
link-became = 다음으로 이어짐
link-merged-into = 다음에 합쳐짐
link-answers = 다음에 대한 답
link-evidence-of = 다음의 근거
link-decided-by = 다음에서 결정됨
link-implements = 다음을 이행함
link-measures = 다음을 측정함
# 뒤에서 본 연결
link-back-became = 다음에서 비롯됨
link-back-merged-into = 다음을 합침
link-back-answers = 답
link-back-evidence-of = 근거
link-back-decided-by = 결정한 것
link-back-implements = 이행하는 것
link-back-measures = 측정하는 지표

job-state-queued = 기다림
job-state-running = 실행 중
job-state-done = 끝남
job-state-failed = 실패
job-kind-mail-send = 메일 보내기
job-kind-kernel-housekeeping = 오래된 자료 정리

mail-state-queued = 보내는 중
mail-state-sent = 보냄
mail-state-failed = 보내지 못함
mail-state-kept = 보관함(보내지 않음)

organisation-kind-agency = 행정·공공기관
organisation-kind-civil-society = 시민사회단체
organisation-kind-company = 기업
organisation-kind-school = 학교
organisation-kind-body = 위원회·협의체
organisation-kind-other = 그 밖의 단체
