# 추첨을 풀어 쓰는 말. `madang draw`와 추첨 화면이 함께 씁니다.

sortition-what-title = 무엇을 뽑습니까
sortition-what-size = 후보 { $people }명 가운데 위원 { $size }명을 뽑습니다.
sortition-what-quotas = 위원회가 갖추어야 할 조건은 { $limits }가지입니다. 성별이나 나이처럼 특성마다 몇 명이 있어야 하는지를 미리 정한 것입니다. 뽑힌 위원회는 이 조건을 하나도 빠짐없이 지킵니다.
sortition-what-homes = 같은 주소에 사는 사람은 한 명까지만 뽑습니다.

sortition-how-title = 어떻게 뽑습니까
sortition-how-list = 먼저 조건을 모두 지키는 위원회 구성 { $panels }개를 목록으로 만듭니다. 목록에는 사람이 아니라 ‘이런 특성을 가진 사람 몇 명’이라고만 적습니다.
sortition-how-uniform = 구성마다 번호가 하나씩 있습니다. 번호는 0번부터 { $last }번까지이고, 어느 번호나 뽑힐 확률이 같습니다. 여러 번 나오는 구성은 그만큼 뽑히기 쉽습니다.
sortition-how-weighted = 구성마다 제비를 여러 장 나누어 줍니다. 제비는 모두 { $tickets }장이고, 어느 제비나 뽑힐 확률이 같습니다.
sortition-how-leximin = 확률이 가장 낮은 사람의 확률을 조건이 허락하는 데까지 높였습니다. 그다음으로 낮은 사람도 차례로 그렇게 했습니다. 그래서 누구의 확률도 자기보다 확률이 낮은 사람에게서 빼앗지 않고는 더 높일 수 없습니다.
sortition-how-maximin = 확률이 가장 낮은 사람의 확률을 조건이 허락하는 데까지 높였습니다.
sortition-how-people = 번호를 하나 뽑으면 위원회 구성이 정해집니다. 그다음에는 특성이 똑같은 사람들 가운데서 필요한 수만큼 똑같은 확률로 뽑습니다.

sortition-chance-title = 한 사람이 뽑힐 확률은 얼마입니까
sortition-chance-equal = 조건이 없다면 누구나 { $percent }입니다.
sortition-chance-same = 이 추첨에서도 누구나 { $percent }입니다.
sortition-chance-range = 이 추첨에서는 가장 낮은 사람이 { $low }, 가장 높은 사람이 { $high }입니다. 특성이 똑같은 사람끼리는 확률도 똑같습니다.
sortition-chance-most = ‘{ $group }’인 사람은 { $percent }입니다. ‘{ $limit }’ 후보는 { $people }명인데 이들이 앉을 자리는 많아야 { $seats }석이어서 낮습니다.
sortition-chance-least = ‘{ $group }’인 사람은 { $percent }입니다. ‘{ $limit }’ 후보는 { $people }명뿐인데 적어도 { $seats }석은 이들이 앉아야 해서 높습니다.
sortition-chance-together = ‘{ $group }’인 사람은 { $percent }입니다. 어느 조건 하나 때문이 아니라 여러 조건을 함께 지키느라 그렇게 되었습니다.
sortition-chance-exact = 목록에 있는 구성과 번호로 이 확률을 그대로 이룹니다.
sortition-chance-residual = 목록에 있는 구성과 번호로 이룬 확률이 목표로 삼은 확률과 다른 정도는 한 사람에 많아야 { $points }포인트입니다.

sortition-seed-title = 우연은 어디에서 옵니까
sortition-seed-lists = 모든 번호는 ‘씨앗’이라는 값 하나에서 나옵니다. 씨앗은 공개한 두 목록의 해시와 아래의 것들로 계산합니다. 해시는 파일의 지문과 같아서, 파일이 한 글자라도 바뀌면 달라집니다.
sortition-seed-parties = 참여자 { $count }곳({ $names })은 저마다 비밀을 정하고 먼저 그 해시만 내놓습니다. 비밀은 나중에 다 같이 밝힙니다. 그래서 다른 참여자의 비밀을 본 뒤에 자기 비밀을 바꿀 수 없습니다.
sortition-seed-honest = 참여자 가운데 한 곳만 정직해도 아무도 결과를 미리 정할 수 없습니다.
sortition-seed-missing = { $name }: 비밀을 밝히지 않았습니다. 공개 값이 나오기 전에 빠진 것으로 정했으므로, 빠져서 얻을 것이 없습니다.
sortition-seed-source = 공개 값이 나올 곳은 미리 알렸습니다: { $source }
sortition-seed-value = 공개 값: { $value }
sortition-seed-ticket = 씨앗은 { $seed }입니다. 여기에서 { $ticket }번이 나왔고, 목록의 { $panel }번째 구성이 뽑혔습니다.
sortition-seed-trial = 목록을 먼저 공개하지 않았으므로 이 결과는 연습입니다. 씨앗을 골라 쓰지 않았다는 것을 아무도 확인할 수 없습니다.

sortition-check-title = 어떻게 확인합니까
sortition-check-files = 공개한 폴더에는 후보 목록(pool.json), 구성 목록(panels.json), 두 목록의 해시를 적은 약속(commitment.json), 결과(result.json)가 있습니다. 이름, 주소, 전화번호는 없습니다. 사람은 뜻 없는 열여섯 글자로 적습니다.
sortition-check-program = 누구나 자기 컴퓨터에서 ‘madang draw --published 폴더 --verify 폴더/result.json’으로 다시 뽑아 볼 수 있습니다.
sortition-check-script = 마당을 믿지 않아도 됩니다. 같은 폴더의 draw.py는 짧은 프로그램 하나이고, 파이썬만 있으면 ‘python3 draw.py’로 같은 결과를 다시 계산합니다.
sortition-check-own = 후보는 주최자에게서 자기를 가리키는 열여섯 글자를 받아, 후보 목록에 자기가 바르게 들어 있는지 찾아볼 수 있습니다.

sortition-limits-title = 이 추첨이 말해 주지 않는 것
sortition-limits-pool = 후보는 스스로 나선 사람들입니다. 나서지 않은 사람의 뜻은 추첨으로 채울 수 없습니다.
sortition-limits-quotas = 어떤 특성을 볼지, 자리를 몇 개로 할지는 주최자가 정합니다. 추첨은 그 조건이 옳은지 묻지 않습니다.
sortition-limits-homes = 주소는 적힌 글자로 견줍니다. 같은 집을 다르게 적었으면 다른 집으로 봅니다.
sortition-limits-decline = 뽑힌 사람이 사양하면 예비 후보나 새로 뽑은 사람이 들어옵니다. 위에 적은 확률은 처음 뽑힐 확률입니다.

sortition-range-least = { $min } 이상
sortition-column-feature = 특성
sortition-column-value = 값
sortition-column-group = 사람들
sortition-column-people = 후보
sortition-column-share = 비율
sortition-column-like-pool = 비율대로면
sortition-column-quota = 정한 자리
sortition-column-drawn = 뽑힌 자리
sortition-column-expected = 평균 자리
sortition-column-chance = 확률

sortition-infeasible-title = 조건을 모두 지키는 위원회를 만들 수 없습니다
sortition-reason-pool = 후보가 { $people }명이라 { $size }명을 뽑을 수 없습니다.
sortition-reason-homes = 한 집에서 한 명까지만 뽑는데 집이 { $homes }곳이라 { $size }명을 뽑을 수 없습니다.
sortition-reason-min-max = ‘{ $limit }’의 최소 { $min }석이 최대 { $max }석보다 많습니다.
sortition-reason-few = ‘{ $limit }’ 자리는 적어도 { $min }석인데 뽑을 수 있는 후보는 { $people }명뿐입니다.
sortition-reason-minima = ‘{ $feature }’의 최소 자리를 모두 더하면 { $sum }석으로, 뽑을 { $size }명보다 많습니다.
sortition-reason-maxima = ‘{ $feature }’에서 채울 수 있는 자리를 모두 더하면 { $sum }석으로, 뽑을 { $size }명보다 적습니다.
sortition-reason-together = 조건 하나하나는 지킬 수 있지만 모두 함께 지킬 수는 없습니다.
sortition-relax-title = 가장 적게 고치는 방법
sortition-relax-min = ‘{ $limit }’의 최소를 { $from }석에서 { $to }석으로 낮춥니다.
sortition-relax-max = ‘{ $limit }’의 최대를 { $from }석에서 { $to }석으로 높입니다.
sortition-relax-within = 이 변경은 파일에 적은 여유(min_flex, max_flex) 안에 있습니다.
sortition-relax-beyond = 이 변경은 파일에 적은 여유(min_flex, max_flex)를 넘습니다.
sortition-relax-none = 조건을 고쳐서는 풀 수 없습니다. 후보를 더 모으거나 위원 수를 줄여 주세요.

sortition-picture-seats = 위원 { $size }명의 자리
sortition-picture-seats-about = 후보 { $people }명 가운데 뽑는 위원 { $size }명의 자리를 특성별로 보여 줍니다. 괄호 안은 정해 둔 자리입니다.
sortition-picture-quotas = 그 밖의 조건
sortition-picture-chances = 뽑힐 확률별 후보 수(명)
sortition-picture-chances-about = 후보 { $people }명의 확률이 { $low }에서 { $high } 사이에 어떻게 퍼져 있는지 보여 줍니다.
sortition-picture-equal = 조건이 없을 때 { $percent }
sortition-picture-axis = 뽑힐 확률
sortition-legend-quota = 정해 둔 자리
sortition-legend-pool = 후보 비율대로라면
sortition-legend-drawn = 뽑힌 자리
sortition-legend-expected = 평균 자리
