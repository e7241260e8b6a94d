# 의견 지도를 설명하는 글. 이 방법을 처음 듣는 사람이 읽는다. `crates/opinion/src/explain`이 쓴다.

opinion-title = 의견 지도
opinion-title-topic = 의견 지도: { $topic }

# 맨 앞에 놓는 주의
opinion-means-nothing = 이 지도는 의미가 없습니다. 아래의 그룹을 결론으로 삼지 마세요.
opinion-with-care = 이 지도를 읽을 때 조심할 점이 있습니다.
opinion-warning-no-votes = 찬반 표시가 하나도 없습니다. 그래서 지도를 그릴 수 없습니다.
opinion-warning-all-votes-equal = 의견마다 모두가 똑같이 답했습니다. 서로 다른 점이 없어 지도를 그릴 수 없습니다.
opinion-warning-too-few-people = 그룹에 넣을 만큼 답한 사람이 { $people }명입니다. 적어도 { $needed }명은 되어야 그룹을 우연과 가려낼 수 있습니다.
opinion-warning-too-few-statements = 지도에 쓴 의견이 { $statements }개입니다. 적어도 { $needed }개는 있어야 합니다.
opinion-warning-too-few-votes = 참여한 사람의 절반이 의견 { $votes }개 이하에만 답했습니다. 사람마다 적어도 { $needed }개에는 답해야 자리가 믿을 만합니다.
opinion-warning-no-groups = 사람들이 모두 한자리에 있습니다. 나눌 그룹이 없습니다.
opinion-warning-shapeless = 사람들이 고르게 퍼져 있어 그룹의 경계가 보이지 않습니다. 나뉜 정도가 { $silhouette }인데, 적어도 { $bound }이어야 나뉘었다고 할 수 있습니다.
opinion-warning-one-bloc = 지도에 있는 사람의 { $share }%가 한 그룹입니다. 의견이 갈렸다기보다 거의 모두가 비슷하게 답했습니다.
opinion-warning-like-chance = 답을 아무렇게나 섞어도 비슷한 지도가 나옵니다. 가로 방향에 담긴 차이는 { $share }%이고, 섞었을 때는 { $chance }%입니다.
opinion-warning-unstable-group = { $group } 그룹은 믿기 어렵습니다. 사람을 절반만 골라 다시 나누면 같은 그룹이 나오지 않습니다. 다시 나온 정도는 { $found }%입니다.
opinion-warning-all-the-same = { $people }명(참여한 사람의 { $share }%)이 의견 7개 이상에 똑같은 답만 했습니다. 읽지 않고 눌렀거나 사람이 아닐 수 있습니다.
opinion-warning-identical = { $people }명(참여한 사람의 { $share }%)이 같은 의견들에 똑같이 답했습니다. 한 사람이 여러 번 참여했거나 사람이 아닐 수 있습니다.

# 무엇을 세었나
opinion-counts = { $people }명이 의견 { $statements }개에 모두 { $votes }번 답했습니다. 답은 찬성, 반대, 모름 가운데 하나입니다.
opinion-counts-median = 참여한 사람의 절반은 의견 { $votes }개 이상에 답했습니다.
opinion-counts-removed = 운영자가 뺀 의견 { $removed }개는 지도에 쓰지 않았습니다.
opinion-counts-groups = 지도에는 { $grouped }명이 있고, 답이 비슷한 사람끼리 { $groups }개 그룹으로 나뉩니다.
opinion-counts-about-as-well = 그룹을 { $groups }개로 나누어도 거의 그만큼 잘 맞습니다. 그때 경계가 뚜렷한 정도는 { $other }이고 이 지도에서는 { $silhouette }입니다. 1이면 가장 뚜렷합니다.
opinion-counts-no-groups = 그룹은 나오지 않았습니다.
opinion-counts-replaced = 같은 의견에 여러 번 답한 것은 마지막 답만 세었습니다. 그렇게 빠진 답이 { $replaced }개입니다.
opinion-counts-unclear = 같은 의견에 다른 답이 여러 개인데 어느 것이 마지막인지 알 수 없는 것이 { $unclear }건 있어 모름으로 세었습니다.
opinion-counts-unknown = 답은 있는데 의견 파일에 글이 없는 의견이 { $unknown }개 있습니다. 이런 의견은 번호만 적었습니다.

# 지도는 어떻게 만들어졌나
opinion-how = 지도는 이렇게 만들었습니다
opinion-how-answers = 사람들은 다른 사람이 쓴 짧은 의견을 하나씩 보고 찬성, 반대, 모름 가운데 하나를 골랐습니다. 지도를 만드는 데는 이 답만 썼습니다. 나이, 성별, 사는 곳은 쓰지 않았습니다.
opinion-how-near = 비슷하게 답한 사람은 가까이, 다르게 답한 사람은 멀리 놓았습니다.
opinion-how-axes = 가로와 세로에는 정해진 뜻이 없습니다. 답이 가장 크게 갈리는 방향을 가로로, 그다음으로 갈리는 방향을 세로로 놓았습니다. 오른쪽과 왼쪽은 정치에서 말하는 우파와 좌파가 아닙니다.
opinion-how-share = 이 두 방향이 보여 주는 것은 사람들의 답이 서로 다른 정도의 { $share }%입니다. 나머지는 지도에서 보이지 않습니다.
opinion-how-groups = 가까이 모인 사람들을 묶어 그룹이라고 했습니다. 그룹을 2개부터 하나씩 늘려 나누어 보고, 경계가 가장 뚜렷한 수를 골랐습니다.
opinion-how-groups-fixed = 가까이 모인 사람들을 묶어 그룹이라고 했습니다. 그룹의 수 { $groups }개는 이 지도를 만든 사람이 정했습니다.

# 지도가 말하지 않는 것
opinion-not = 지도가 말하지 않는 것
opinion-not-share = 그룹의 크기는 국민이나 주민 가운데 몇 퍼센트인지를 뜻하지 않습니다. 스스로 참여한 사람만 세었고, 골고루 뽑은 사람들이 아닙니다.
opinion-not-absent = 참여하지 않은 사람의 생각은 이 지도에 없습니다. 누가 참여하지 못했는지 따로 살펴봐 주세요.
opinion-not-few = 답이 적은 { $people }명은 어느 그룹에도 넣지 않았습니다. 의견 { $needed }개 이상에 답한 사람만 그룹에 넣습니다.
opinion-not-right = 어느 그룹이 옳은지, 무엇을 해야 하는지는 말하지 않습니다.

# 그룹마다
opinion-group = { $group } 그룹: { $people }명
opinion-group-firm = 뚜렷한 그룹입니다. 사람을 절반만 골라 다시 나누어도 거의 같은 그룹이 나옵니다({ $found }%).
opinion-group-fair = 꽤 뚜렷한 그룹입니다. 사람을 절반만 골라 다시 나누어도 비슷한 그룹이 나옵니다({ $found }%).
opinion-group-doubtful = 비슷한 그룹이 다시 나오기는 하지만, 누가 여기에 속하는지는 확실하지 않습니다({ $found }%).
opinion-group-none = 사람을 절반만 골라 다시 나누면 이 그룹은 다시 나오지 않습니다({ $found }%).
opinion-group-marks = 이 그룹의 생각을 잘 보여 주는 의견입니다.
opinion-group-no-marks = 이 그룹의 생각을 뚜렷이 보여 주는 의견은 없습니다.
opinion-agree-inside = 이 그룹에서는 답한 { $seen }명 가운데 { $share }%가 찬성했습니다. 나머지 사람들은 { $outside }%가 찬성했습니다.
opinion-disagree-inside = 이 그룹에서는 답한 { $seen }명 가운데 { $share }%가 반대했습니다. 나머지 사람들은 { $outside }%가 반대했습니다.
opinion-agree-inside-only = 이 그룹에서는 답한 { $seen }명 가운데 { $share }%가 찬성했습니다. 그룹 밖에는 답한 사람이 없습니다.
opinion-disagree-inside-only = 이 그룹에서는 답한 { $seen }명 가운데 { $share }%가 반대했습니다. 그룹 밖에는 답한 사람이 없습니다.
opinion-clarity-thousand = 우연만으로 이렇게 나올 확률은 1,000분의 1보다 작습니다.
opinion-clarity-hundred = 우연만으로 이렇게 나올 확률은 100분의 1보다 작습니다.
opinion-clarity-ten = 우연만으로 이렇게 나올 확률은 10분의 1보다 작습니다.
opinion-clarity-unclear = 이것은 우연일 수 있습니다.
opinion-clarity-all-thousand = 아래 의견은 모두, 우연만으로 이렇게 나올 확률이 1,000분의 1보다 작습니다.
opinion-clarity-all-hundred = 아래 의견은 모두, 우연만으로 이렇게 나올 확률이 100분의 1보다 작습니다.
opinion-clarity-all-ten = 아래 의견은 모두, 우연만으로 이렇게 나올 확률이 10분의 1보다 작습니다.

# 모두가 함께하는 의견, 갈리는 의견, 답이 더 필요한 의견
opinion-shared = 많은 사람이 함께하는 의견
opinion-shared-about = 어느 그룹에도 들지 않은 사람까지 모두 세어, 절반보다 뚜렷이 많은 사람이 찬성하거나 반대한 의견입니다.
opinion-shared-none = 절반보다 뚜렷이 많은 사람이 함께하는 의견은 없습니다.
opinion-shared-agree = 답한 { $seen }명 가운데 { $share }%가 찬성했습니다.
opinion-shared-disagree = 답한 { $seen }명 가운데 { $share }%가 반대했습니다.
opinion-shared-every = 모든 그룹에서 절반이 넘습니다.
opinion-shared-not-every = 그러나 { $group } 그룹에서는 { $share }%에 그칩니다.
opinion-divisive = 그룹끼리 크게 갈리는 의견
opinion-divisive-none = 그룹끼리 크게 갈리는 의견은 없습니다.
opinion-divisive-about = 그룹마다 찬성한 비율의 차이가 큰 것부터 적었습니다.
opinion-divisive-groups = { $most } 그룹은 { $high }%가, { $least } 그룹은 { $low }%가 찬성했습니다.
opinion-wanting = 답이 더 필요한 의견
opinion-wanting-about = 답한 사람이 아직 적어서 무어라 말하기 이른 의견이 { $count }개 있습니다. 먼저 보여 주면 좋을 것부터 적었습니다.
opinion-wanting-none = 모든 의견에 답이 충분히 모였습니다.
opinion-wanting-seen = 지금까지 { $seen }명이 답했습니다.
opinion-more = 이 밖에 { $count }개가 더 있습니다.

# 얼마나 믿을 수 있나
opinion-trust = 얼마나 믿을 수 있나
opinion-trust-rounds = 지도에 있는 사람을 절반씩 { $rounds }번 뽑아 처음부터 다시 나누어 보았습니다. 그 가운데 { $same }번은 그룹의 수가 같았습니다.
opinion-trust-agreement = 다시 나눈 그룹이 이 지도의 그룹과 일치한 정도는 평균 { $agreement }입니다. 1이면 똑같고, 0이면 우연과 다르지 않습니다.
opinion-trust-silhouette = 그룹 사이의 경계가 뚜렷한 정도는 { $silhouette }입니다. 1에 가까울수록 뚜렷하고, 0.25보다 작으면 경계가 없다고 봅니다.
opinion-trust-tests = “우연만으로”라는 말은 의견 하나하나를 따로 보고 하는 말입니다. 의견이 많으면 그 가운데 몇 개는 우연히 뚜렷해 보입니다. 또 그룹은 바로 이 답으로 나눈 것이어서, 그룹 사이의 차이는 본래보다 커 보입니다.
opinion-trust-again = 같은 파일이면 누가, 어느 컴퓨터에서 계산해도 같은 지도가 나옵니다.

# 공개된 그룹과 견주기
opinion-compare = 이미 공개된 그룹과 견주기
opinion-compare-people = 두 쪽 모두 그룹이 있는 사람은 { $people }명입니다. 이 사람들로 견주었습니다.
opinion-compare-index = 일치하는 정도는 { $index }입니다(조정 랜드 지수, adjusted Rand index). 1이면 똑같고, 0이면 우연과 다르지 않습니다.
opinion-compare-only = 공개된 쪽에만 그룹이 있는 사람은 { $there }명, 이 지도에만 그룹이 있는 사람은 { $here }명입니다.
opinion-compare-pair = 이 지도의 { $group } 그룹과 공개된 그룹 { $there }에 함께 있는 사람은 { $people }명입니다.

# 그림
opinion-draw-map = 의견 지도
opinion-draw-map-about = { $people }명을 { $dots }개 점으로 그린 지도입니다. 가까이 있는 사람은 비슷하게 답했습니다. 점이 클수록 그 자리에 있는 사람이 많습니다.
opinion-draw-map-counts = { $people }명, 그룹 { $groups }개
opinion-draw-map-group = { $group } 그룹은 { $people }명입니다.
opinion-draw-map-empty = 그릴 사람이 없습니다.
opinion-draw-key-near = 가까우면 답이 비슷합니다
opinion-draw-key-size = 점의 크기: 사람 수
opinion-draw-key-shape = 점의 모양: 그룹
opinion-draw-key-population = 그룹의 크기는 주민 가운데 비율이 아닙니다
opinion-draw-key-statement = +와 번호: 의견. 그쪽에 있는 사람일수록 그 의견에 찬성합니다
opinion-draw-people = { $people }명
opinion-draw-nothing = 이 지도는 의미가 없습니다
opinion-draw-care = 조심해서 읽어 주세요
opinion-draw-group = { $group } 그룹을 나타내는 의견
opinion-draw-shared = 많은 사람이 함께하는 의견
opinion-draw-divisive = 그룹끼리 크게 갈리는 의견
opinion-draw-bars-about = 의견마다, 그룹마다 찬성, 모름, 반대의 비율입니다.
opinion-draw-bars-empty = 여기에 보여 줄 의견이 없습니다.
opinion-draw-bars-row = { $name }: 찬성 { $agree }%, 모름 { $pass }%, 반대 { $disagree }%, { $seen }명 답함
opinion-draw-agree = 찬성
opinion-draw-pass = 모름
opinion-draw-disagree = 반대
opinion-draw-group-name = { $group } 그룹
opinion-draw-all = 모두
opinion-draw-seen = { $seen }명
opinion-draw-answered = 답한 사람
opinion-draw-unseen = 답한 사람 없음
opinion-statement = 의견 { $name }

# 명령 `madang opinion`이 화면에 쓰는 말
opinion-groups-impossible = 그룹 { $wanted }개로는 나눌 수 없어 { $groups }개로 나누었습니다.
opinion-pictures-written = 그림 { $count }장을 { $folder }에 썼습니다.
opinion-unread = 파일을 읽을 수 없습니다
opinion-folder = 폴더입니다
opinion-unwritten = 그림을 쓸 수 없습니다
opinion-problem-field = { $field }번째 칸: { $message }
opinion-problem-more = 이 밖에 { $count }건이 더 있습니다.
opinion-problem-all = { $file }에 고칠 것이 { $count }건 있습니다. 고친 뒤에 다시 해 주세요.
