# 기본 오류. 무엇이 잘못되었고 대신 무엇을 하면 되는지 적는다.
error-internal = 서버에 문제가 생겨 요청을 처리하지 못했습니다. 잠시 뒤 다시 시도해 주세요. 계속되면 이 사이트의 관리 기관에 알려 주세요.
error-id-unknown = 찾는 자료가 없습니다. 주소를 다시 확인하거나 목록에서 찾아 주세요.
error-locale-unknown = 이 사이트에는 그 언어의 화면이 없습니다. 한국어(ko) 또는 영어(en)를 선택해 주세요.
error-time-format = ‘{ $value }’은(는) 날짜와 시각으로 읽을 수 없습니다. 2026-03-01T09:00:00+09:00처럼 적어 주세요.
error-date-partial-format = ‘{ $value }’은(는) 날짜로 읽을 수 없습니다. 2023, 2023-Q2, 2023-04, 2023-04-30 가운데 한 형식으로 적어 주세요.
error-clock-amount-range = 기간은 1부터 { $max }까지 적을 수 있습니다. 지금 값은 { $value }입니다.
error-clock-pause-order = 기간이 멈춘 때의 끝이 시작보다 앞섭니다. 멈춘 날과 다시 시작한 날을 확인해 주세요.
error-clock-extended-too-often = 이 기간은 { $allowed }번까지만 연장할 수 있습니다. 지금 기한 안에 처리하거나 처리 결과를 알려 주세요.
