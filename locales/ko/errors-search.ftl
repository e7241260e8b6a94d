# 찾아보기에서 나오는 오류.

error-search-unavailable = 지금은 찾아보기를 할 수 없습니다. 잠시 뒤에 다시 해 주세요. 목록과 번호로는 그대로 볼 수 있습니다.
error-search-kind-unknown = ‘{ $value }’(이)라는 종류는 없습니다. case, plan, commitment, milestone, agency, contact, expert, newsletter 가운데 하나를 적어 주세요.
error-search-order-unknown = ‘{ $value }’(이)라는 차례는 없습니다. relevance, newest 가운데 하나를 적어 주세요.
error-search-locked = 이 색인은 다른 프로그램이 쓰고 있습니다. 서버가 돌고 있으면 서버가 새로 만들기를 이어서 합니다.
error-search-dictionary-files = 사전 파일 { $file }이(가) 없거나, python-mecab-ko-dic에 든 것이 아닙니다. 꾸러미를 푼 폴더를 적어 주세요.
error-search-dictionary-there = { $folder } 폴더에 이미 파일이 있습니다. 비어 있거나 아직 없는 폴더를 적어 주세요.
error-search-dictionary-open = { $folder } 폴더에서 사전을 열 수 없습니다. ‘madang search dictionary’로 다시 만들어 주세요.
