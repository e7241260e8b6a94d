## 한 일을 알리는 말
done-followed = 이제 소식을 보내 드립니다.
done-unfollowed = 소식을 더는 보내지 않습니다.
done-follow-confirmed = 주소를 확인했습니다. 이제 소식을 보내 드립니다.
done-assessed = 평가를 공개했습니다.
done-draft-saved = 임시로 저장했습니다. 아직 공개하지 않았습니다.
done-draft-discarded = 쓰던 글을 버렸습니다. 공개된 내용은 그대로입니다.
done-commitment-published = 고친 내용을 공개했습니다. 잘못되었으면 내 책상에서 되돌릴 수 있습니다.
done-commitment-undone = 고치기 전으로 되돌렸습니다.
done-round-opened = 점검을 열고 기관에 알렸습니다.
done-round-answered = 답을 저장했습니다. 점검이 닫힐 때까지 고칠 수 있습니다.
done-round-closed = 점검을 닫았습니다. 이제 맺음말을 쓰고 공개해 주세요.
done-round-published = 점검 결과를 공개했습니다.
done-value-reported = 지표 값을 올렸습니다.

## 이행 보고
report-period = 어느 때의 보고인가요?
report-period-hint = 여러 번 되풀이되는 단계입니다. 하나를 고르면 그때의 상태만 바뀝니다.
report-period-all = 이미 시작한 때 모두
report-claim = 지금 어떤가요?
claim-hint-completed = 증빙이 하나 이상 있어야 합니다.
claim-hint-delayed = 늦어진 까닭을 함께 적어 주세요.
report-percent = 진행률(%)
report-percent-hint = 셀 수 있을 때만 0부터 100까지 적어 주세요.
report-delay-hint-ahead = 기한을 지키기 어려우면 까닭과 새로 마칠 날을 적어 주세요.
report-correct = 바로잡기
report-correct-own = 앞서 올린 보고 바로잡기 ({ $n }건)
report-correcting = 앞서 올린 보고를 바로잡습니다. 공개하면 새 보고가 그 자리에 서고, 앞의 보고도 계속 읽을 수 있습니다.

## 평가
assess-period = 어느 때의 평가인가요?
assess-period-hint = 같은 때를 다시 평가하면 앞의 평가를 갈음하고, 앞의 평가도 기록에 남습니다.
half-first = { $year }년 상반기
half-second = { $year }년 하반기
half-end = 계획이 끝난 뒤
early-no-evidence = 판단할 자료 없음
early-outstanding = 매우 큰 성과

## 고치기
edit-summary = 한눈에 보는 말
edit-notes = 덧붙이는 말
edit-legal-hint = 한 줄에 하나씩, 두 언어의 줄을 맞춰 적어 주세요.
edit-budget-hint = 한 줄에 하나씩: 금액 | 통화 | 연도 | 설명(한국어) | 설명(영어). 예: 2400000000 | KRW | 2021
edit-milestone-ko = 할 일(한국어)
edit-milestone-en = 할 일(영어)
edit-deliverable-ko = 산출물(한국어)
edit-deliverable-en = 산출물(영어)
edit-timing-fixed = 되풀이되거나 기간이 여럿인 날짜는 계획 가져오기로 고칩니다.
edit-remove = 이 단계를 뺍니다
edit-in-parts = 이행 단계는 세부 약속에 있습니다. 세부 약속에서 고쳐 주세요.
desk-both-languages = 한국어와 영어를 모두 적어 주세요.
draft-discard = 쓰던 글 버리기
preview-outdated = 이 글을 쓰는 동안 공개된 내용이 바뀌었습니다. 쓰던 글을 버리고 지금 내용에서 다시 시작해 주세요.
item-agency = 기관
item-theme = 주제
item-indicator = 지표
item-value = 지표 값

## 점검
round-open-lead = 약속을 맡은 모든 기관에 이행 상황을 묻습니다. 열면 바로 알림이 갑니다.
round-period = 어느 때를 점검하나요?
round-title-ko = 이름(한국어)
round-title-en = 이름(영어)
round-title-hint = 예: 2022년 상반기 이행 점검
round-due-label = 답을 받는 마지막 날
round-due-hint = 기관이 자료를 모을 수 있게 넉넉히 잡아 주세요.
round-open-do = 점검 열기
round-answer-due = 답은 { $date }까지입니다.
round-answered-at = { $time }에 답했습니다. 점검이 닫힐 때까지 고칠 수 있습니다.
round-answer-text = 그동안 무엇을 했고, 무엇이 남았나요?
round-answer-hint = 맡은 약속마다 한 일과 남은 일, 늦어진 까닭을 적어 주세요. 점검을 공개하면 누구나 읽습니다.
round-answer-do = 답 저장하기
round-late-hint = 답하기 전에 이 단계의 보고를 먼저 올리면 상태가 바로잡힙니다.
round-publish-lead = 기관의 답과 함께 맺음말을 공개합니다. 공개한 뒤에는 되돌릴 수 없습니다.
round-conclusion = 맺음말
round-conclusion-hint = 이번 점검에서 알게 된 것과 앞으로 할 일을 적어 주세요.
round-publish-do = 점검 결과 공개하기

## 지표
value-report = 지표 값 올리기
value-whose = 누구의 값인가요?
value-of-all = 전체
value-date-hint = 아는 만큼만 적어 주세요: 2022, 2022-Q2, 2022-06, 2022-06-30
value-figure = 값({ $unit })
value-note = 덧붙이는 말
value-note-hint = 잠정 값이거나 세는 방법이 바뀌었으면 알려 주세요.
value-do = 공개하기

## 가져오기
import-not-read = 읽을 수 없음

## 소식 끊기
unsubscribe-weekly-text = 한 주에 한 번 보내던 소식을 더는 보내지 않습니다.
unsubscribe-weekly-done = 한 주에 한 번 보내던 소식을 모두 끊었습니다.

## 편지
notice-plan-imported = 계획이 바뀌었습니다
notice-commitment-published = 약속의 내용을 고쳤습니다
notice-commitment-undone = 고친 것을 되돌렸습니다
notice-progress-reported = 이행 보고({ $detail })
notice-progress-corrected = 이행 보고를 바로잡음({ $detail })
notice-assessed = 평가({ $detail })
notice-indicator-reported = 지표 값이 올라왔습니다
notice-round-opened = 점검을 시작했습니다
notice-round-published = 점검 결과를 공개했습니다
notice-plan-itself = 계획 전체
mail-why-plan = 이 계획의 소식을 받겠다고 해서 보냈습니다.
mail-why-commitment = 이 약속의 소식을 받겠다고 해서 보냈습니다.
mail-why-agency = 이 기관의 소식을 받겠다고 해서 보냈습니다.
mail-why-digest = 한 주에 한 번 소식을 받겠다고 해서 보냈습니다.
mail-why-follow = 누군가 이 주소로 소식을 받겠다고 했습니다. 내가 아니면 이 편지를 지워 주세요. 아무 일도 일어나지 않습니다.

## 잘못되었을 때
error-desk-choose = 하나를 골라 주세요.
error-desk-moved = 작업하시는 동안 다른 사람이 이 내용을 바꿨습니다. 적으신 것은 그대로 있습니다. 지금 내용과 견주어 본 뒤 다시 눌러 주세요.
error-desk-day = 날짜를 2022-06-30처럼 적어 주세요.
error-desk-partial-date = 날짜를 2022, 2022-Q2, 2022-06, 2022-06-30 가운데 하나처럼 적어 주세요.
error-desk-evidence-empty = 증빙의 주소를 적거나 파일을 골라 주세요. 더할 것이 없으면 제목을 지워 주세요.
error-desk-budget-line = ‘{ $value }’을(를) 읽을 수 없습니다. 2400000000 | KRW | 2021처럼 적어 주세요.
error-desk-file-missing = 파일을 골라 주세요.
error-desk-file-format = 이름이 .toml, .json, .xlsx로 끝나는 파일을 올려 주세요.
error-desk-file-gone = 확인한 파일이 더는 남아 있지 않습니다. 다시 올려 주세요.
