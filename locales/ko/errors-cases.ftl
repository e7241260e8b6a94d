# 민원·청원 접수와 찾아보기에서 나오는 오류.

error-service-unknown = ‘{ $value }’(이)라는 서비스가 없습니다. 서비스 목록에서 골라 주세요.
error-service-origin-unknown = ‘{ $value }’(이)라는 출처는 없습니다. shipped, operator 가운데 하나를 적어 주세요.
error-service-invalid = 서비스 정의 { $name }에 고칠 곳이 있습니다. 첫 번째는 { $line }번째 줄입니다({ $code }). ‘madang service check’로 모두 볼 수 있습니다.
error-service-migrate-state = 새 정의에 없는 상태 ‘{ $state }’에 끝나지 않은 사안이 { $cases }건 있습니다. 어느 상태로 옮길지 정해 주세요.

error-case-unknown = 이 번호로 볼 수 있는 사안이 없습니다. 번호를 다시 확인해 주세요. 공개하지 않는 사안은 신청한 사람이 로그인하거나 확인 번호를 넣어야 볼 수 있습니다.
error-case-changed = 그 사이에 사안 { $number }의 내용이 바뀌었습니다. 다시 열어 보고 해 주세요.
error-case-words = 목록은 낱말로 거를 수 없습니다. 검색을 이용해 주세요.
error-case-filter = 이 목록 주소는 쓸 수 없습니다. 목록의 처음부터 다시 찾아 주세요.
error-case-publication-unknown = ‘{ $value }’(이)라는 공개 상태는 없습니다.
error-case-delivery-unknown = ‘{ $value }’(이)라는 전달 상태는 없습니다.
error-case-channel-unknown = ‘{ $value }’(이)라는 접수 경로는 없습니다. web, api, counter, phone, paper, visit 가운데 하나를 적어 주세요.
error-case-says-unknown = ‘{ $value }’(이)라는 확인 결과는 없습니다. confirmed, disputed 가운데 하나를 적어 주세요.
error-case-event-unknown = ‘{ $value }’(이)라는 사안 기록은 없습니다.
error-case-order-unknown = ‘{ $value }’(이)라는 차례는 없습니다. newest, oldest, supported, due 가운데 하나를 적어 주세요.

error-case-filing-shut = 지금은 접수를 받지 않습니다. 이미 낸 것은 그대로 처리합니다.
error-case-filing-not-open = { $day }부터 접수를 받습니다. 그때 다시 와 주세요.
error-case-filing-over = 접수가 { $day }에 끝났습니다.
error-case-filing-sign-in = 로그인해야 낼 수 있습니다. 쓰던 내용은 남아 있습니다.
error-case-filing-who = 본인확인을 해야 낼 수 있습니다. 본인확인이 어려우면 창구에 와 주세요.
error-case-step-when = 이 건에는 쓸 수 없는 단계입니다. 다른 단계를 골라 주세요.
error-case-filing-proxy = 이 서비스는 대신 내 드릴 수 없습니다.
error-case-filing-invalid = 빠뜨렸거나 고쳐야 할 칸이 있습니다. 아래에서 표시한 칸을 확인해 주세요.
error-case-filing-agency = 이 기관을 찾을 수 없습니다. 목록에서 골라 주세요.
error-case-answer-shape = 이 칸에 맞지 않는 값입니다.
error-case-file-unknown = 이 파일을 찾을 수 없습니다. 다시 올려 주세요.
error-case-request-key = 요청 열쇠가 맞지 않습니다. 띄어쓰기 없는 16자에서 100자 사이의 임의의 글자를 보내 주세요.
error-case-proxy-consent = 당사자가 어떻게 동의했는지(말로 또는 서명으로) 남겨 주세요.
error-case-proxy-channel = 대신 낼 때는 창구, 전화, 서면, 방문 가운데 하나를 골라 주세요.
error-case-name = 이름을 { $limit }자 안으로 적어 주세요. 대신 낼 때는 꼭 적어야 합니다.
error-case-mail = 이메일 주소를 확인해 주세요. 예: name@example.kr
error-case-draft-too-large = 쓴 내용이 너무 깁니다. 긴 자료는 파일로 올려 주세요.
error-figures-measure-unknown = ‘{ $value }’(이)라고 세는 것은 이 프로그램이 모릅니다. 더 새 프로그램으로 켜 주세요.
