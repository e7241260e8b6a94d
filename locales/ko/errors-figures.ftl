# 현황의 기간에 대한 오류. 무엇이 잘못되었고 대신 무엇을 하면 되는지 적는다.
error-figures-range = 기간에 고칠 것이 있습니다. 표시된 칸을 고쳐 주세요.
error-figures-range-unknown = ‘{ $value }’(이)라는 기간은 없습니다. this-year, 12-months, last-month, all 가운데 하나를 적거나 날짜를 정해 주세요.
error-figures-day = ‘{ $value }’은(는) 날짜로 읽을 수 없습니다. 2026-03-01처럼 적어 주세요.
error-figures-day-future = 시작하는 날({ $value })이 아직 오지 않았습니다. 오늘이나 그 전의 날로 정해 주세요.
error-figures-days-order = 마지막 날({ $value })이 시작하는 날보다 앞섭니다. 둘을 바꾸거나 더 뒤의 날로 정해 주세요.
error-figures-table-unknown = ‘{ $value }’(이)라는 표는 없습니다. { $known } 가운데 하나를 적어 주세요.
error-figures-order-unknown = ‘{ $value }’(이)라는 차례는 없습니다. received, overdue, median, in-time, name 가운데 하나를 적어 주세요.
