# 서명과 지지의 오류. 무엇이 잘못되었고, 대신 무엇을 하면 되는지.

# 하기와 거두기
error-support-none = 이 서비스의 사안에는 서명이나 지지를 받지 않습니다. 대신 사안을 구독할 수 있습니다.
error-support-closed = 공개 기간에만 서명하거나 지지할 수 있는데 지금은 그 기간이 아닙니다. 다음 순서는 진행 기록에서 확인해 주세요.
error-support-who = 지금 계정으로는 본인 확인이 부족합니다. 본인을 확인해 주는 인증 수단으로 로그인해 주세요.
error-support-excluded = 사안 페이지에 적힌 결정에 따라 내 서명이 집계에서 빠져 있습니다. 잘못이라고 생각하면 담당 기관에 알려 주세요.
error-support-not-given = 서명하거나 지지한 적이 없어 거둘 것이 없습니다.
error-support-region-unknown = “{ $value }” 지역이 없습니다. 목록에서 고르거나 비워 두세요.
error-support-age-unknown = “{ $value }” 연령대가 없습니다. 목록에서 고르거나 비워 두세요.
error-support-status-unknown = “{ $value }” 서명 상태가 없습니다. given, withdrawn, excluded 가운데 하나를 적어 주세요.
error-support-dimension-unknown = “{ $value }” 기준으로는 집계하지 않습니다. total, region, age, day 가운데 하나를 적어 주세요.
error-support-listeners = 지금 집계를 실시간으로 보는 사람이 너무 많습니다. 1분 뒤에 페이지를 새로 고치면 집계를 볼 수 있습니다.

# 종이와 대리
error-support-no-paper = 이 서비스는 종이 서명과 대리 서명을 받지 않습니다. 누리집에서 서명해 달라고 안내해 주세요.
error-support-batch-invalid = 묶음에 빠진 것이 있습니다. 표시된 칸을 고쳐 다시 보내 주세요. 한 묶음은 { $most }줄까지입니다.
error-support-batch-protocol = 누가 어디에서 언제 받았고 누가 세었는지 4,000자 안에서 적어 주세요.
error-support-batch-sheets = 서명지가 몇 장인지 1 이상으로 적어 주세요.
error-support-batch-lines = 1줄에서 1,000줄까지 입력해 주세요. 남는 줄은 다른 묶음으로 나눠 주세요.
error-support-batch-kind-unknown = “{ $value }” 묶음 종류가 없습니다. paper 또는 proxy로 적어 주세요.
error-support-batch-unknown = 그런 묶음이 없습니다. 사안의 묶음 목록에서 골라 주세요.
error-support-batch-undone = 이미 취소한 묶음입니다. 다시 집계하려면 새 묶음으로 입력해 주세요.
error-support-reason = 이유를 1,000자 안에서 적어 주세요. 이유는 공개됩니다.
error-support-line-name = 이 줄에 이름이 없습니다. 서명지를 다시 확인하거나 이 줄을 빼 주세요.
error-support-line-birth = 이 줄의 생년월일이 없거나 있을 수 없는 날짜입니다. 1990-01-31처럼 적어 주세요.
error-support-line-claim = 인증 기관과 번호 가운데 하나만 적혀 있습니다. 둘 다 적거나, 이름과 생년월일을 적어 주세요.
error-support-line-proxy = 누구를 대신했는지 분명하지 않습니다. 주소 일부나 본인을 확인하는 번호를 적어 주세요.
error-support-line-stated = 이 줄의 지역이나 연령대가 목록에 없습니다. 목록에서 고르거나 비워 두세요.
error-support-line-excluded = 이 사람의 서명은 결정에 따라 집계에서 빠져 있습니다. 다시 입력할 수 없습니다.
error-support-line-withdrawn = 이 사람은 누리집에서 서명을 거두었습니다. 다시 서명하는 것은 본인만 할 수 있습니다.

# 몰림
error-support-burst-kind-unknown = “{ $value }” 몰림 종류가 없습니다. network 또는 minute로 적어 주세요.
error-support-burst-state-unknown = “{ $value }” 몰림 상태가 없습니다. marked, kept, excluded, restored 가운데 하나를 적어 주세요.
error-support-burst-unknown = 그런 몰림 기록이 없습니다. 사안의 목록에서 골라 주세요.
error-support-burst-decided = 이미 같은 결정을 했습니다. 페이지를 새로 고쳐 결정을 확인해 주세요.
error-support-burst-old = 너무 오래된 몰림입니다. 서명이 들어온 곳은 { $days }일 뒤에 지우므로 더는 가려낼 수 없습니다.

# 다시 세기
error-support-position = 변경 기록에 { $position }번 위치가 없습니다. 0부터 { $head }까지의 번호를 적어 주세요.
