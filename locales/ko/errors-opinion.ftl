# 의견 지도의 파일을 읽을 때 생기는 오류. 무엇이 잘못되었고 대신 무엇을 하면 되는지 적는다.

error-opinion-column-missing = ‘{ $column }’ 열이 없습니다. 첫 줄에 열 이름이 있어야 합니다. 지금 첫 줄에는 이렇게 적혀 있습니다: { $found }
error-opinion-comment-twice = ‘{ $comment }’ 의견이 서로 다른 내용으로 두 번 나옵니다. 한 줄만 남겨 주세요.
error-opinion-file-empty = 파일이 비어 있습니다.
error-opinion-folder-empty = 폴더에 votes.csv도 participants-votes.csv도 없습니다. 둘 가운데 하나가 있는 폴더를 지정해 주세요.
error-opinion-id-empty = 번호나 이름이 들어갈 칸이 비어 있습니다.
error-opinion-id-odd = ‘{ $value }’ 값은 번호나 이름으로 쓸 수 없습니다. 줄바꿈 없이 100바이트 안으로 써 주세요. 따옴표가 하나만 있으면 이런 일이 생깁니다.
error-opinion-moderated-unknown = moderated 칸의 ‘{ $value }’ 값을 알 수 없습니다. 뺀 의견은 -1, 그 밖에는 0이나 1로 써 주세요.
error-opinion-no-votes-column = 이 파일에는 사람만 있고 찬반 표시가 없습니다. 의견마다 열이 있는 파일이나 votes.csv를 지정해 주세요.
error-opinion-not-utf-8 = UTF-8이 아닌 글자가 있습니다. 파일을 ‘UTF-8 CSV’로 다시 저장해 주세요.
error-opinion-row-length = 칸이 { $found }개입니다. 첫 줄처럼 { $wanted }개여야 합니다. 쉼표가 든 글은 큰따옴표로 묶어 주세요.
error-opinion-sign = 찬성과 반대가 뒤바뀐 것 같습니다. 의견 파일에 적힌 찬성 수와 반대 수가 거꾸로 맞습니다. 이 파일에서 -1이 찬성이면 --agree=-1을 붙여 주세요. 이미 붙였다면 빼 주세요.
error-opinion-time = 시각 ‘{ $value }’ 값을 읽을 수 없습니다. 1435654192085처럼 정수로 써 주세요. 표 계산 프로그램에서 저장하면 1.4E+12처럼 바뀌기도 합니다.
error-opinion-too-many-statements = 의견이 { $limit }개보다 많습니다. 열의 순서가 바뀌지 않았는지 봐 주세요.
error-opinion-too-many-voters = 참여한 사람이 { $limit }명보다 많습니다. 열의 순서가 바뀌지 않았는지 봐 주세요.
error-opinion-unreadable = 파일을 끝까지 읽을 수 없습니다.
error-opinion-vote-unknown = ‘{ $value }’ 값은 찬반 표시가 아닙니다. 찬성은 1, 반대는 -1, 모름은 0으로 써 주세요.
error-opinion-voter-twice = 참여한 사람 ‘{ $voter }’의 줄이 두 번 나옵니다. 한 사람은 한 줄에만 있어야 합니다.
