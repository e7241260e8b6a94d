# 투표 결과를 풀어 설명하는 글: 참여예산, 한 사람 또는 여러 사람을 뽑는 투표.

## 돈
ballot-money-won = { $amount }원

## 뽑는 방법, 세 문장으로
ballot-rule-equal-shares-cost = 예산을 투표한 사람 모두에게 똑같이 나눕니다. 어떤 사업을 고른 사람들이 자기 몫에서 같은 금액씩 내어 비용을 치를 수 있으면 그 사업은 뽑힐 수 있고, 몫이 그보다 적게 남은 사람은 남은 만큼만 냅니다. 라운드마다 실질 득표(비용을 한 사람이 내는 가장 큰 금액으로 나눈 값)가 가장 많은 사업을 뽑아 고른 사람들이 값을 치르고, 치를 수 있는 사업이 더 없을 때까지 되풀이합니다.
ballot-rule-equal-shares-cardinality = 예산을 투표한 사람 모두에게 똑같이 나눕니다. 어떤 사업을 고른 사람들이 자기 몫에서 같은 금액씩 내어 비용을 치를 수 있으면 그 사업은 뽑힐 수 있고, 몫이 그보다 적게 남은 사람은 남은 만큼만 냅니다. 라운드마다 한 사람이 내는 금액이 가장 적은 사업을 뽑아 고른 사람들이 값을 치르고, 치를 수 있는 사업이 더 없을 때까지 되풀이합니다.
ballot-rule-equal-shares-score = 예산을 투표한 사람 모두에게 똑같이 나눕니다. 어떤 사업에 점수를 준 사람들이 자기 몫에서 준 점수만큼씩 내어 비용을 치를 수 있으면 그 사업은 뽑힐 수 있고, 몫이 그보다 적게 남은 사람은 남은 만큼만 냅니다. 라운드마다 1점의 값이 가장 싼 사업을 뽑아 점수를 준 사람들이 값을 치르고, 치를 수 있는 사업이 더 없을 때까지 되풀이합니다.
ballot-rule-phragmen = 투표한 사람은 모두 빈손으로 시작해 같은 빠르기로 돈을 법니다. 어떤 사업을 고른 사람들이 번 돈을 더해 그 비용이 되는 순간 그 사업이 뽑히고, 그 사람들은 다시 빈손이 됩니다. 다음에 뽑힐 사업의 비용이 남은 예산보다 크면 끝납니다.
ballot-rule-knapsack = 투표용지 한 장은 예산 전체를 어떻게 쓸지 짠 계획이며, 예산보다 많이 쓰는 계획은 세지 않습니다. 가장 많은 계획에 들어 있는 사업부터 차례로 뽑습니다. 남은 예산보다 비싼 사업은 건너뜁니다.
ballot-rule-greedy-votes = 표가 가장 많은 사업부터 차례로 뽑습니다. 남은 예산보다 비싼 사업은 건너뜁니다. 더 넣을 수 있는 사업이 없으면 끝납니다.
ballot-rule-greedy-votes-stop = 표가 가장 많은 사업부터 차례로 뽑습니다. 뽑을 때마다 그 비용을 예산에서 뺍니다. 남은 예산보다 비싼 사업이 나오면, 더 싼 사업이 들어갈 수 있더라도 거기서 끝납니다.
ballot-rule-greedy-points = 점수가 가장 높은 사업부터 차례로 뽑습니다. 남은 예산보다 비싼 사업은 건너뜁니다. 더 넣을 수 있는 사업이 없으면 끝납니다.
ballot-rule-greedy-points-stop = 점수가 가장 높은 사업부터 차례로 뽑습니다. 뽑을 때마다 그 비용을 예산에서 뺍니다. 남은 예산보다 비싼 사업이 나오면, 더 싼 사업이 들어갈 수 있더라도 거기서 끝납니다.
ballot-rule-greedy-density = 비용에 견주어 표가 가장 많은 사업부터 차례로 뽑습니다. 남은 예산보다 비싼 사업은 건너뜁니다. 더 넣을 수 있는 사업이 없으면 끝납니다.
ballot-rule-greedy-density-points = 비용에 견주어 점수가 가장 높은 사업부터 차례로 뽑습니다. 남은 예산보다 비싼 사업은 건너뜁니다. 더 넣을 수 있는 사업이 없으면 끝납니다.
ballot-rule-greedy-density-points-stop = 비용에 견주어 점수가 가장 높은 사업부터 차례로 뽑습니다. 뽑을 때마다 그 비용을 예산에서 뺍니다. 남은 예산보다 비싼 사업이 나오면, 더 싼 사업이 들어갈 수 있더라도 거기서 끝납니다.
ballot-rule-greedy-density-stop = 비용에 견주어 표가 가장 많은 사업부터 차례로 뽑습니다. 뽑을 때마다 그 비용을 예산에서 뺍니다. 남은 예산보다 비싼 사업이 나오면, 더 싼 사업이 들어갈 수 있더라도 거기서 끝납니다.

## 전체
ballot-whole-heading = 이렇게 세었습니다
ballot-whole-money = 예산은 { $budget }이고 { $voters }명이 투표했습니다. 사업 { $projects }개 가운데 { $winners }개가 뽑혔습니다. 비용은 모두 { $spent }이고 남은 예산은 { $left }입니다.
ballot-whole-left-out = 예산보다 많이 쓰는 계획을 적은 투표용지 { $count }장은 세지 않았습니다.
ballot-endowment = 똑같이 나누면 한 사람의 몫은 { $share }입니다.
ballot-endowment-floor = 똑같이 나누어 한 단위 아래를 버리면 한 사람의 몫은 { $share }입니다.
ballot-completion-none = 고른 사람들의 몫을 모아도 어느 사업의 비용에도 모자라는 돈은 그대로 남깁니다.
ballot-fill-votes = 표가 많은 사업부터
ballot-fill-density = 비용에 견주어 표가 많은 사업부터
ballot-fill-density-points = 비용에 견주어 점수가 높은 사업부터
ballot-completion-greedy = 남은 돈으로는 { $first } 채웠습니다. { $count ->
    [0] 더 뽑힌 사업은 없습니다.
   *[other] 이렇게 뽑힌 사업은 { $count }개입니다.
}
ballot-completion-add1 = 돈이 남으므로 한 사람의 몫을 { $step }씩 늘려 가며 다시 세었습니다. 몫은 { $start }에서 { $end }까지 늘었고 모두 { $runs }번 세었습니다. 예산을 넘지 않은 마지막 결과를 씁니다.
ballot-completion-fill = 그러고도 남은 돈으로는 { $first } 채웠습니다. { $count ->
    [0] 더 뽑힌 사업은 없습니다.
   *[other] 이렇게 뽑힌 사업은 { $count }개입니다.
}
ballot-stop-nothing-left = 더 뽑힐 수 있는 사업이 없어서 끝났습니다.
ballot-stop-exhausted = 남은 예산으로 할 수 있는 사업이 더 없어서 끝났습니다.
ballot-stop-next-overspends = 몫을 한 번 더 늘리면 예산을 넘기 때문에 거기서 끝났습니다.
ballot-stop-max-projects = 뽑을 수 있는 사업 수를 다 채워서 끝났습니다.
ballot-stop-first-unaffordable = ‘{ $project }’ 사업의 비용이 남은 예산보다 커서 거기서 끝났습니다.
ballot-unmet-min-projects = 사업을 적어도 { $wanted }개 뽑으려 했으나 { $chosen }개만 뽑힐 수 있었습니다.
ballot-ties-none = 동점인 사업이 없어서 동점 규칙을 쓰지 않았습니다.
ballot-tie-cost = { $round }라운드에서 다음 사업이 동점이었습니다: { $projects }. 이 가운데 비용이 가장 적은 ‘{ $first }’ 사업을 앞에 두었습니다.
ballot-tie-votes = { $round }라운드에서 다음 사업이 비용까지 같은 동점이었습니다: { $projects }. 이 가운데 고른 사람이 가장 많은 ‘{ $first }’ 사업을 앞에 두었습니다.
ballot-tie-lot = { $round }라운드에서 다음 사업이 비용과 표까지 같은 동점이었습니다: { $projects }. 씨앗값 ‘{ $seed }’ 추첨으로 ‘{ $first }’ 사업을 앞에 두었습니다.
ballot-tie-name = { $round }라운드에서 다음 사업이 동점이었습니다: { $projects }. 이 가운데 사업 번호가 가장 앞선 ‘{ $first }’ 사업을 앞에 두었습니다.

ballot-seed-none = 없음

## 사업 하나
ballot-project-won = { $project }: 뽑힘
ballot-project-lost = { $project }: 뽑히지 않음
ballot-support = { $supporters }명이 이 사업을 골랐습니다. 비용은 { $cost }입니다.
ballot-support-points = { $supporters }명이 이 사업에 모두 { $points }점을 주었습니다. 비용은 { $cost }입니다.
ballot-support-none = 이 사업을 고른 사람이 없습니다. 비용은 { $cost }입니다.
ballot-won-free = 돈이 들지 않고 고른 사람이 있어서, 세기 전에 먼저 뽑혔습니다.
ballot-won-unsupported = 고른 사람은 없지만, 다른 사업을 모두 살핀 뒤에도 돈이 남아서 { $place }번째로 뽑혔습니다. 이런 사업을 빼려면 최소 득표수(min_votes)를 정해 주세요.
ballot-won-fill = 마지막에 남은 돈으로 { $place }번째로 뽑혔습니다.
ballot-won-votes = { $place }번째로 뽑혔습니다. 남은 예산으로 할 수 있는 사업 가운데 표가 가장 많았습니다.
ballot-won-points = { $place }번째로 뽑혔습니다. 남은 예산으로 할 수 있는 사업 가운데 점수가 가장 높았습니다({ $score }점).
ballot-won-density = { $place }번째로 뽑혔습니다. 남은 예산으로 할 수 있는 사업 가운데 비용에 견주어 표가 가장 많았습니다.
ballot-won-density-points = { $place }번째로 뽑혔습니다. 남은 예산으로 할 수 있는 사업 가운데 비용에 견주어 점수가 가장 높았습니다({ $score }점).
ballot-won-knapsack = { $place }번째로 뽑혔습니다. 남은 예산으로 할 수 있는 사업 가운데 가장 많은 계획에 들어 있었습니다.
ballot-won-phragmen = { $place }번째로 뽑혔습니다. 한 사람이 { $price }씩 벌었을 때, 이 사업을 고른 { $supporters }명의 돈을 더하니 비용이 되었습니다.
ballot-won-shares-cost = { $round }라운드에서 실질 득표가 가장 많아 뽑혔습니다. 비용 { $cost } ÷ 한 사람이 낸 { $price } = { $effective }표입니다.
ballot-won-shares-cardinality = { $round }라운드에서 한 사람이 내는 금액이 가장 적어 뽑혔습니다. 많이 낸 사람도 { $price }만 냈습니다.
ballot-won-shares-score = { $round }라운드에서 1점의 값이 { $price }, 남은 사업 가운데 가장 싸서 뽑혔습니다.
ballot-paid-all = 고른 사람 { $full }명이 { $price }씩 냈습니다.
ballot-paid-part = { $full }명은 { $price }씩 냈고, 몫이 그보다 적게 남은 { $partial }명은 남은 돈을 모두 냈습니다.
ballot-paid-points = 점수를 준 { $full }명이 1점에 { $price }씩 냈습니다.
ballot-paid-points-part = { $full }명은 1점에 { $price }씩 냈고, 몫이 모자란 { $partial }명은 남은 돈을 모두 냈습니다.
ballot-payment-full = 정한 금액
ballot-payment-last = 남은 돈 모두
ballot-payment-at-most = { $amount } 이하
ballot-lost-no-support = 이 방법은 고른 사람들의 몫으로만 사업을 합니다. 고른 사람이 없으면 뽑힐 수 없습니다.
ballot-lost-below-threshold = 뽑힐 자격을 얻는 데 필요한 수보다 적습니다.
ballot-lost-over-budget = 비용이 예산 전체({ $budget })보다 큽니다.
ballot-lost-short-at-once = 처음부터 뽑힐 수 없었습니다. 고른 { $supporters }명의 몫을 모두 더해도 { $have }이어서 비용에 { $missing } 모자랍니다.
ballot-lost-short = { $round }라운드부터는 비용을 치를 수 없게 되었습니다. 고른 { $supporters }명에게 남은 돈이 모두 { $have }이어서 비용에 { $missing } 모자랐습니다.
ballot-spent-before = 이 사람들은 그 전에 함께 고른 다른 사업에 돈을 냈습니다. 가장 많이 낸 곳은 ‘{ $project }’ 사업입니다({ $amount }).
ballot-lost-does-not-fit = 차례가 왔을 때 남은 예산이 비용({ $cost })보다 적었습니다.
ballot-lost-does-not-fit-round = { $round }라운드에서 빠졌습니다. 남은 예산은 { $left }, 비용은 { $cost }입니다.
ballot-lost-fill = 마지막에 남은 예산도 비용({ $cost })에 모자랐습니다.
ballot-lost-envelope = 이 사업이 속한 구역의 예산을 앞서 뽑힌 사업이 다 썼습니다.
ballot-lost-max-projects = 이 사업보다 먼저 뽑힌 사업으로 뽑을 수를 다 채웠습니다.
ballot-lost-incompatible = 먼저 뽑힌 ‘{ $project }’ 사업과 함께 할 수 없습니다.
ballot-lost-needs = ‘{ $project }’ 사업이 있어야 할 수 있는데, 그 사업이 뽑히지 않았습니다.
ballot-lost-stopped = 이 사업의 차례가 오기 전에 끝났습니다.
ballot-short-votes = 이 사업 하나만 고른 사람이 { $votes }명 더 있었다면 뽑혔을 것입니다.
ballot-short-never = 이 사업 하나만 고른 사람이 { $voters }명 더 있었더라도 뽑히지 않았을 것입니다.

## 표와 그림
ballot-table-winners = 뽑힌 사업, 뽑힌 차례대로
ballot-table-payments = 고른 사람들이 낸 돈
ballot-table-spent = 고른 사람들이 그 전에 다른 사업에 낸 돈
ballot-table-course = 라운드별 순위
ballot-column-place = 순위
ballot-column-round = 라운드
ballot-column-project = 사업
ballot-column-cost = 비용
ballot-column-supporters = 표
ballot-column-score = 점수
ballot-column-price = 한 사람이 낸 가장 큰 금액
ballot-column-price-point = 1점의 값
ballot-column-earned = 한 사람이 번 돈
ballot-column-cost-vote = 한 표에 드는 비용
ballot-column-cost-point = 1점에 드는 비용
ballot-column-effective = 실질 득표
ballot-column-effective-points = 실질 점수
ballot-column-people = 사람
ballot-column-each = 한 사람이 낸 돈
ballot-column-note = 설명
ballot-column-amount = 금액
ballot-column-chosen = 이 라운드에서 뽑힌 사업
ballot-picture-payments-title = 사업마다 고른 사람들이 낸 돈
ballot-picture-payments-desc = 막대 하나가 사업 하나이고, 길이는 비용입니다. 칠한 부분은 고른 사람들이 낸 돈이고, 뽑히지 않은 사업에서는 고른 사람들에게 남아 있던 돈입니다.
ballot-picture-payments-full = 똑같이 나누어 낸 돈
ballot-picture-payments-rest = 남은 돈을 모두 낸 것
ballot-picture-payments-fill = 남은 예산으로 치른 것
ballot-picture-payments-could = 고른 사람들에게 마지막에 남은 돈
ballot-picture-payments-missing = 모자란 돈
ballot-picture-payments-won = 뽑힘 · { $cost }, { $people }명이 냄
ballot-picture-payments-common = 뽑힘 · { $cost }, 공동 예산에서 치름
ballot-picture-payments-lost = 뽑히지 않음 · { $cost } 가운데 { $have }
ballot-picture-payments-not = 뽑히지 않음 · 비용 { $cost }
ballot-picture-more = 그 밖의 { $count }개는 표에 있습니다.
ballot-picture-rounds-title = 라운드마다 뽑힌 사업
ballot-picture-rounds-desc = 라운드마다 뽑힌 사업과 그다음 사업을 보여 줍니다.
ballot-picture-rounds-hidden = 전체 { $all }개 라운드 가운데 처음 { $shown }개만 그렸습니다. 뽑힌 사업은 모두 표에 있습니다.
ballot-picture-rounds-round = { $round }라운드
ballot-picture-rounds-chosen = 뽑힘
ballot-picture-rounds-fill = 남은 예산으로 뽑힘
ballot-picture-rounds-none = 뽑힌 사업 없음
ballot-picture-rounds-second = 그다음
ballot-picture-rounds-effective = 실질 득표 { $value }표
ballot-picture-rounds-votes = { $value }표
ballot-picture-rounds-score = { $value }점
ballot-picture-rounds-price = 한 사람이 많아야 { $value }
ballot-picture-rounds-price-vote = 한 표에 { $value }
ballot-picture-rounds-price-point = 1점에 { $value }
ballot-picture-rounds-earned = 한 사람이 { $value } 벌었을 때
ballot-picture-rounds-left = 남은 예산 { $left }
ballot-picture-rounds-fallen = 빠짐: { $projects }
ballot-picture-rounds-fallen-many = 빠짐: { $projects } 등과 그 밖의 { $count }개

## 한 사람 또는 여러 사람을 뽑는 투표
ballot-choice-rule-approval = 저마다 마음에 드는 후보를 원하는 만큼 골랐습니다. 고른 것 하나가 한 표입니다. 표가 가장 많은 후보가 뽑힙니다.
ballot-choice-rule-score = 저마다 원하는 만큼 후보에게 점수를 주었습니다. 점수를 주지 않은 후보는 그 사람에게서 0점을 받습니다. 점수의 합이 가장 높은 후보가 뽑힙니다.
ballot-choice-rule-instant-runoff = 저마다 후보에 순서를 매겼고, 한 표는 먼저 첫째로 적은 후보의 것입니다. 아직 세고 있는 표의 절반을 넘은 후보가 없으면 표가 가장 적은 후보를 빼고, 그 표는 저마다 다음으로 적은 후보에게 갑니다. 절반을 넘으면 뽑힙니다.
ballot-choice-rule-schulze = 저마다 후보에 순서를 매겼으므로 어느 두 후보든 견줄 수 있습니다. 더 많은 투표용지에서 앞에 있는 쪽이 이깁니다. 모두를 이긴 후보가 뽑히고, 서로 물고 물리면 이긴 관계를 이은 사슬로 정하며, 사슬의 힘은 가장 약한 고리의 힘입니다. 투표용지에 적지 않은 후보는 맨 뒤로 봅니다.
ballot-choice-rule-transferable = 저마다 후보에 순서를 매겼고, 한 표는 먼저 첫째로 적은 후보의 것입니다. 당선 기준에 이른 후보는 뽑히고, 기준을 넘은 만큼은 그 후보의 모든 표가 같은 비율로 줄어 다음으로 적은 후보에게 갑니다. 기준을 넘은 후보가 없으면 표가 가장 적은 후보를 빼고 그 표를 넘기며, 자리가 다 찰 때까지 되풀이합니다.
ballot-choice-ballots = 투표용지 { $given }장 가운데 { $counted }장을 세었습니다. 후보 수는 { $candidates }, 뽑는 수는 { $seats }입니다.
ballot-choice-refused-blank = { $count }장에는 아무도 적혀 있지 않습니다.
ballot-choice-refused-unknown = { $count }장에는 후보가 아닌 이름이 있습니다.
ballot-choice-refused-twice = { $count }장에는 같은 후보가 두 번 있습니다.
ballot-choice-refused-equal = { $count }장에는 두 후보가 같은 순서에 있습니다. 이 방법에는 순서가 필요합니다.
ballot-choice-refused-kind = { $count }장은 이 방법으로 셀 수 있는 종류가 아닙니다.
ballot-choice-elected-one = 뽑힌 후보: { $names }.
ballot-choice-elected = 뽑힌 후보(뽑힌 차례대로): { $names }.
ballot-choice-round-majority = { $round }라운드: { $name } 후보가 { $votes }표로 아직 세고 있는 표의 절반을 넘어({ $quota }표면 됩니다) 뽑혔습니다.
ballot-choice-round-quota = { $round }라운드: { $name } 후보가 { $votes }표로 당선 기준({ $quota }표)에 이르러 뽑혔습니다.
ballot-choice-round-rest = { $round }라운드: 남은 후보가 남은 자리보다 많지 않아서 { $name } 후보가 { $votes }표로 뽑혔습니다. 당선 기준({ $quota }표)에는 이르지 않았습니다.
ballot-choice-round-surplus = { $round }라운드: { $name } 후보는 당선 기준보다 { $surplus }표 많습니다. 이 후보의 표가 저마다 { $fraction }의 값으로 다음 후보에게 갑니다: { $to }.
ballot-choice-round-surplus-nobody = { $round }라운드: { $name } 후보는 당선 기준보다 { $surplus }표 많지만, 아직 남아 있는 다른 후보를 적은 표가 없습니다.
ballot-choice-round-struck = { $round }라운드: { $name } 후보가 { $votes }표로 가장 적어 빠집니다. 그 표는 다음 후보에게 갑니다: { $to }.
ballot-choice-round-struck-nobody = { $round }라운드: { $name } 후보가 { $votes }표로 가장 적어 빠집니다. 다음으로 넘어가는 표는 없습니다.
ballot-choice-round-exhausted = 이 가운데 { $votes }표에는 아직 남아 있는 다른 후보가 적혀 있지 않아 더 세지 않습니다.
ballot-choice-others = 나머지 { $count } 후보 +{ $votes }
ballot-choice-condorcet = { $name } 후보는 다른 모든 후보와 일대일로 견주어 이깁니다.
ballot-choice-no-condorcet = 모두를 이긴 후보가 없어서, 이긴 관계를 이은 사슬로 정합니다.
ballot-choice-pair-direct = { $winner } 후보는 { $name } 후보보다 앞섭니다: { $won }장 대 { $lost }장.
ballot-choice-pair-chain = { $winner } 후보는 { $chain } 사슬로 { $name } 후보보다 앞섭니다. 이 사슬의 가장 약한 고리는 { $strength }장이고, 거꾸로 가는 가장 센 사슬은 { $back }장입니다.
ballot-choice-pair-equal = { $winner } 후보와 { $name } 후보는 같습니다. 어느 쪽으로든 가장 센 사슬이 { $strength }장입니다.
ballot-choice-ties-none = 결과가 갈리는 곳에서 똑같은 후보가 없어 추첨을 하지 않았습니다.
ballot-choice-tie-struck-round = { $round }라운드에서 다음 후보의 표가 같았습니다: { $names }. { $before }라운드에서 표가 더 적었던 { $name } 후보가 빠졌습니다.
ballot-choice-tie-struck-lot = { $round }라운드에서 다음 후보의 표가 그 전 라운드까지 모두 같았습니다: { $names }. 씨앗값 ‘{ $seed }’ 추첨으로 { $name } 후보가 빠졌습니다.
ballot-choice-tie-first-round = { $round }라운드에서 다음 후보의 표가 같았습니다: { $names }. { $before }라운드에서 표가 더 많았던 { $name } 후보를 앞에 두었습니다.
ballot-choice-tie-first-lot = { $round }라운드에서 다음 후보의 표가 그 전 라운드까지 모두 같았습니다: { $names }. 씨앗값 ‘{ $seed }’ 추첨으로 { $name } 후보를 앞에 두었습니다.
ballot-choice-tie-place-people = 다음 후보의 점수가 같습니다: { $names }. 점수를 준 사람이 더 많은 { $name } 후보를 앞에 두었습니다.
ballot-choice-tie-place-lot = 다음 후보는 모두 똑같습니다: { $names }. 씨앗값 ‘{ $seed }’ 추첨으로 { $name } 후보를 앞에 두었습니다.
ballot-column-candidate = 후보
ballot-column-points = 점수
ballot-column-people-points = 점수를 준 사람
ballot-column-quota = 뽑히는 데 필요한 표
ballot-table-marks = 모든 후보
ballot-table-rounds = 라운드별 득표
ballot-table-pairs = 왼쪽 후보를 위쪽 후보보다 앞에 둔 투표용지
ballot-picture-marks-title = 후보마다 받은 표나 점수
ballot-picture-count-title = 라운드마다 센 표
ballot-picture-pairs-title = 뽑힌 후보와 다른 후보의 비교
ballot-picture-more-candidates = 그림에 없는 후보 수는 { $count }이며, 글에 있습니다.
ballot-picture-marks-desc = 막대 하나가 후보 하나이고, 길이는 표나 점수입니다.
ballot-picture-count-desc = 라운드마다 막대 하나가 후보 하나입니다. 점선은 뽑히는 데 필요한 표입니다.
ballot-picture-pairs-desc = 뽑힌 후보를 다른 후보와 하나씩 견주어, 어느 쪽을 앞에 둔 투표용지가 얼마나 많은지 보여 줍니다.
ballot-picture-elected = 뽑힘 · { $value }
ballot-picture-struck = 빠짐 · { $value }
ballot-picture-exhausted = 더 세지 않는 표
ballot-picture-quota = { $quota }표면 뽑힘
ballot-picture-more-rounds = 그 앞의 { $count }개 라운드는 글에 있습니다.
ballot-picture-prefer = { $name } 후보를 앞에 둔 투표용지
ballot-picture-prefer-other = 상대를 앞에 둔 투표용지
ballot-picture-prefer-none = 순서를 가리지 않은 투표용지
ballot-picture-pair = { $won }장 대 { $lost }장
