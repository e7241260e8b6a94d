# 찾아보기에서 나오는 오류.

error-search-unavailable = 지금은 찾아보기를 할 수 없습니다. 잠시 뒤에 다시 해 주세요. 목록과 번호로는 그대로 볼 수 있습니다.
error-search-kind-unknown = ‘{ $value }’(이)라는 종류는 없습니다. case, plan, commitment, milestone, agency, contact, expert, newsletter 가운데 하나를 적어 주세요.
error-search-order-unknown = ‘{ $value }’(이)라는 차례는 없습니다. relevance, newest 가운데 하나를 적어 주세요.
