## 한 일을 알리는 말
done-signed-out = 로그아웃했습니다.
done-signed-out-everywhere = 모든 기기에서 로그아웃했습니다.
done-recovery-used = 복구 코드로 로그인했습니다. 남은 코드가 적으면 새로 만들어 주세요.
done-address-sent = 새 주소로 편지를 보냈습니다. 편지 속 링크를 열고 버튼을 누르면 주소가 바뀝니다.
done-address-changed = 전자우편 주소를 바꾸었습니다.
done-profile-saved = 내 정보를 저장했습니다.
done-session-ended = 그 기기에서 로그아웃했습니다.
done-key-revoked = 열쇠를 없앴습니다. 이 열쇠를 쓰던 프로그램은 이제 들어오지 못합니다.
done-factor-removed = 두 번째 확인을 껐습니다.
done-account-deleted = 계정을 지웠습니다.
done-role-given = 일을 맡겼습니다. 그 사람은 다시 로그인해야 합니다.
done-role-taken = 맡은 일을 뺐습니다.
done-account-blocked = 로그인을 막았습니다.
done-account-unblocked = 다시 로그인할 수 있게 했습니다.
done-account-signed-out = 그 사람을 모든 기기에서 로그아웃했습니다.
done-factor-reset = 두 번째 확인을 지웠습니다. 다음에 로그인할 때 새로 켜야 합니다.
done-organisation-made = 기관·단체를 더했습니다.
done-organisation-saved = 기관·단체를 고쳤습니다.
done-job-retried = 바로 다시 합니다.
done-job-deleted = 일을 버렸습니다.

## 로그인
second-factor-demo = 시험 계정입니다. 지금 넣을 숫자는 { $code }입니다.
totp-open-app = 이 기기의 인증 앱에서 열기
totp-remove = 두 번째 확인 끄기
session-unknown = 알 수 없는 기기
session-method-mail = 편지 링크로 로그인
session-method-oidc = 인증 기관으로 로그인
session-method-demo = 시험 계정으로 로그인
key-life = 언제까지 쓸까요?
key-days = { $n }일
key-until = { $time }까지
key-scopes-hint = 꼭 필요한 것만 골라 주세요.
keys-after-factor = 두 번째 확인을 마치면 열쇠를 볼 수 있습니다.
providers-lead = 다음에 로그인할 때 쓸 방법을 더합니다. 같은 계정으로 들어옵니다.
providers-add = { $name } 더하기
scope-read = 볼 수 있는 것을 모두 보기
scope-everything = 내가 할 수 있는 모든 일
scope-of = { $kind }에 관한 일

## 내 정보
me-profile = 이름과 언어
me-name = 이름
me-name-hint = 누리집에서 나를 부르는 이름입니다. 남에게 보이지 않습니다.
me-language = 편지의 언어
language-ko = 한국어
language-en = 영어(English)
me-address = 전자우편 주소 바꾸기
me-address-new = 새 주소
me-address-hint = 새 주소로 확인 편지를 보냅니다. 확인하기 전에는 바뀌지 않습니다.
me-address-send = 확인 편지 받기
me-looks = 누가 내 정보를 보았나요?
me-looks-lead = 누리집을 운영하는 사람이 내 정보를 본 기록입니다. 볼 때마다 까닭을 적습니다.
me-looks-none = 아무도 보지 않았습니다
me-looks-none-text = 누가 내 정보를 보면 언제, 왜 보았는지 여기에 남습니다.
me-delete-word = 지우겠습니다
me-delete-type = “{ $word }”라고 써 주세요
me-delete-stays-acts = 기관을 대신해 올린 보고와 평가. 누가 올렸는지는 기관 이름으로만 남습니다.
me-delete-stays-key = 같은 사람이 두 번 참여하지 못하게 하는 표시. 이 표시로는 누구인지 알 수 없습니다.
me-delete-stays-looks = 운영하는 사람이 개인정보를 본 기록. 나중에 살펴볼 수 있게 남깁니다.

## 편지
mail-why-sign-in = { $site }에서 누군가 이 주소로 로그인 링크를 청해서 보냈습니다.
mail-why-address = { $site }에서 누군가 이 주소를 계정에 쓰겠다고 해서 보냈습니다.
mail-address-subject = { $site } 전자우편 주소 확인
mail-address-text = 아래 링크를 열고 버튼을 누르면 이 주소를 내 계정에 씁니다. { $minutes }분 동안 한 번만 쓸 수 있습니다.
mail-address-not-you = 내가 청한 일이 아니면 이 편지를 지워 주세요. 아무 일도 일어나지 않습니다.

## 관리
overview-failed = 실패한 일
overview-waiting = 처리 중이거나 기다리는 일
overview-organisations = 기관·단체
overview-inbox = 기록 차례를 기다리는 일
overview-position = 기록된 일
admin-account = 계정 보기
look-why = 왜 보려고 하나요?
look-why-hint = 적은 까닭은 열람 기록에 남고, 그 계정의 주인도 볼 수 있습니다.
look-do = 보기
accounts-mail-hint = 주소 전체를 넣어 주세요. 일부만으로는 찾지 않습니다.
account-no-name = (이름 없음)
account-methods = 로그인 방법
account-status-active = 쓰는 중
account-status-suspended = 로그인 막힘
account-status-deleted = 지워짐
role-organisation-hint = 사이트 관리자는 비워 둡니다.
role-system = 명령줄(서버에서 직접)
filter-any = 모두
filter-from = 이날부터
filter-until = 이날까지
pager-first = 처음으로
organisation-none = 없음
organisation-slug = 주소에 쓰는 이름
organisation-slug-hint = 영어 소문자, 숫자, 붙임표(-)만 씁니다. 나중에 바꿀 수 없습니다.
organisation-short-ko = 줄인 이름(한국어)
organisation-short-en = 줄인 이름(영어)
organisation-parent = 상위 기관
organisation-people = 이 기관·단체의 일을 맡은 사람
outbox-open-link = 편지 속 링크 열기
outbox-html = HTML 원문
outbox-closed = 편지의 내용은 받은 사람만 볼 수 있습니다.
look-account-list = 계정 목록
look-account-view = 계정 한 개
look-account-status = 로그인을 막거나 풂
look-membership-list = 기관·단체의 사람 목록
look-by = 본 사람 { $id }
look-at = 정보의 주인 { $id }
look-at-many = 여러 사람

## 잘못되었을 때
error-form-confirm = 확인하는 말이 다릅니다. 보이는 그대로 써 주세요.
error-form-token = 이 화면이 오래되었거나 다른 곳에서 왔습니다. 화면을 새로 연 뒤 다시 해 주세요.
error-form-too-large = 보낸 것이 너무 큽니다. 파일을 줄여서 다시 보내 주세요.
error-form-unreadable = 보낸 것을 읽을 수 없습니다. 화면을 새로 연 뒤 다시 해 주세요.
error-page-unknown = 이 주소에는 아무것도 없습니다. 주소를 살펴보거나 처음 화면에서 찾아 주세요.
error-page-method = 이 주소로는 그렇게 보낼 수 없습니다. 앞 화면으로 돌아가 다시 해 주세요.
error-api-key-unknown = 이 API 열쇠는 쓸 수 없습니다. 없애지 않았는지, 기간이 지나지 않았는지 보고 새로 만들어 주세요.
