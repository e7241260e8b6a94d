error-api-limit = limit 값 “{ $value }”은(는) 쓸 수 없습니다. 1부터 { $most }까지의 수를 써 주세요.
error-api-cursor = after 값 “{ $value }”은(는) 이 목록의 것이 아닙니다. 앞 응답의 next 값을 그대로 써 주세요.
error-api-year = 연도 “{ $value }”을(를) 읽을 수 없습니다. 2022처럼 네 자리 수로 써 주세요.
error-api-body = 보내신 내용을 읽을 수 없습니다: { $what } JSON 형식과 항목 이름을 API 문서와 맞추어 주세요.
