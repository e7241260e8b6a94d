# 서비스 정의 파일의 오류. 무엇이 잘못되었고 대신 무엇을 쓰면 되는지 적는다.
error-form-amount = ‘{ $value }’은(는) 기간이 아닙니다.
help-form-amount = "90 days"(날), "10 business days"(업무일), "8 working hours"(업무 시간)처럼 1부터 { $limit }까지 써 주세요.
error-form-approval-author = `approval`은 기관의 단계에만 요구할 수 있습니다. 승인은 담당자끼리 하는 일입니다.
help-form-approval-author = `needs`에서 `approval`을 빼거나, `by = "agency"`로 기관의 단계로 만들어 주세요.
error-form-clock-basis = 기간 `{ $value }`에 근거가 없습니다.
help-form-clock-basis = 이 기한을 정한 조문을 `basis = [{ "{" } ko = "…", en = "…" { "}" }]`로 써 주세요. 기관의 운영 규정도 근거가 됩니다.
error-form-clock-choice-field = `{ $value }`에 따라 기한을 달리할 수 없습니다. 신청인이 낼 때 언제나 답하는 고르기 항목이 아닙니다.
help-form-clock-choice-field = `choice` 종류이고, 꼭 답해야 하고, `when`이 없고, 신청인이 쓰고, 어느 단계의 `needs`에도 없는 항목을 적어 주세요.
error-form-clock-choice-missing = `{ $value }`의 보기 가운데 기한이 있는 것이 하나도 없습니다.
help-form-clock-choice-missing = 기간이 흐르는 보기마다 기한을 써 주세요: { "{" } field = "kind", road = "7 days" { "}" }. 쓰지 않은 보기에는 기간이 흐르지 않습니다.
error-form-clock-never-starts = 기간 `{ $value }`의 시작이 정해져 있지 않습니다.
help-form-clock-never-starts = 시작하는 때를 `starts = ["filed"]`처럼 쓰거나, 이 서비스의 단계(`step:…`)나 상태(`state:…`)로 써 주세요.
error-form-clock-never-stops = 기간 `{ $value }`의 끝이 정해져 있지 않습니다.
help-form-clock-never-stops = 기간이 흐르는 동안 이르는 상태나 단계를 `stops`에 쓰거나, 저절로 끝나는 기간이라면 `silence = "lapses"` 또는 `"step"`을 써 주세요.
error-form-clock-not-running = 이 단계를 밟는 상태에서는 기간 `{ $value }`이(가) 흐르지 않습니다.
help-form-clock-not-running = 그 상태에 이르기 전에 기간이 시작되게 하거나, 기간이 흐르는 상태를 `from`에 써 주세요.
error-form-clock-unknown = `{ $value }`(이)라는 기간이 없습니다.
help-form-clock-unknown = 이 서비스에 있는 기간(clock)의 id를 써 주세요: { $known }.
error-form-coarse-type = `{ $value }` 항목은 대강 보여 줄 수 없습니다. `{ $type }` 종류에는 대강의 모습이 없습니다.
help-form-coarse-type = "never", "always", "after review" 가운데 하나를 써 주세요. "coarse"는 place, date, number, money에만 씁니다.
error-form-control-character = 글에 보이지 않는 글자(제어 문자, 글 방향을 바꾸는 부호)가 들어 있습니다.
help-form-control-character = 붙여 넣지 말고 글을 새로 써 주세요.
error-form-count = ‘{ $value }’은(는) 개수가 아닙니다.
help-form-count = 가장 적은 수와 가장 많은 수를 점 두 개로 이어 "1..10"처럼 써 주세요. 가장 많은 수는 1부터 { $limit }까지입니다.
error-form-date-nothing = 지난 날도 올 날도 아닌 날짜는 없습니다.
help-form-date-nothing = `past`나 `future` 가운데 하나를 true로 쓰거나 둘 다 빼 주세요.
error-form-empty = 글이 비어 있습니다.
help-form-empty = 글을 쓰거나, 필요 없으면 줄을 통째로 빼 주세요.
error-form-extension-unit = 연장의 단위가 본래 기간의 단위와 다릅니다.
help-form-extension-unit = 연장도 본래 기간과 같은 단위로 써 주세요. 보기마다 단위가 다르면, 다른 보기를 뺀 기간을 따로따로 써 주세요.
error-form-extension-who = `{ $value }`은(는) 기한을 연장할 수 없습니다.
help-form-extension-who = "agency", "author", 또는 이 서비스가 [[party]]로 정한 모임을 써 주세요.
error-form-field-id-need = 항목의 id로 `{ $value }`을(를) 쓸 수 없습니다. `needs`에서 다른 뜻으로 쓰는 낱말입니다.
help-form-field-id-need = `{ $value }-text`처럼 다른 id를 붙여 주세요.
error-form-field-unknown = `{ $value }`(이)라는 항목이 없습니다.
help-form-field-unknown = 이 서비스에 있는 항목의 id를 써 주세요: { $known }.
error-form-file-too-large = 파일이 { $limit } kB보다 큽니다.
help-form-file-too-large = 서비스를 나누거나, 정의가 아닌 것을 빼 주세요.
error-form-final-phase = `{ $value }`은(는) 마지막 상태인데, 국면 `{ $phase }`은(는) 일이 이어진다는 뜻입니다.
help-form-final-phase = 국면을 `answered`, `refused`, `closed` 가운데 하나로 쓰거나 `final = true`를 빼 주세요.
error-form-ground-none = 이 단계는 사유(`ground`)를 요구하는데, 서비스에 정해진 사유가 없습니다.
help-form-ground-none = 법이 정한 사유를 [[ground]]로 더하거나, 대신 `reason`을 요구해 주세요.
error-form-id = ‘{ $value }’은(는) id로 쓸 수 없습니다.
help-form-id = 영어 소문자로 시작해 소문자, 숫자, 붙임표만으로 40자까지 써 주세요: `road-works`.
error-form-id-duplicate = `{ $value }`(이)라는 id가 { $line }번째 줄에 이미 있습니다.
help-form-id-duplicate = 이것에는 다른 id를 붙여 주세요.
error-form-id-reserved = `{ $value }`은(는) 모든 서비스에 이미 있는 id입니다.
help-form-id-reserved = 다른 id를 붙여 주세요. 취하와 병합, 신청인과 기관과 회원과 시스템은 따로 정하지 않아도 됩니다.
error-form-key-of-type = `{ $type }` 종류의 항목에는 `{ $name }`을(를) 쓰지 않습니다.
help-form-key-of-type = 이 줄을 빼거나, 항목의 종류를 뜻한 대로 고쳐 주세요.
error-form-language-missing = `{ $language }` 언어의 글이 없습니다.
help-form-language-missing = 두 언어를 모두 써 주세요: { "{" } ko = "…", en = "…" { "}" }.
error-form-language-unknown = `{ $name }`은(는) 언어가 아닙니다.
help-form-language-unknown = 언어를 소문자 약호로 써 주세요: `ko`, `en`, `vi`.
error-form-languages = { $value }이(가) 아니라 글을 쓰는 자리입니다.
help-form-languages = 두 언어를 { "{" } ko = "…", en = "…" { "}" }로 쓰거나, 모든 언어에 같은 글이면 따옴표로 하나만 써 주세요.
error-form-limits = 가장 작은 값 { $min }이(가) 가장 큰 값 { $max }보다 큽니다.
help-form-limits = `min`이 `max`를 넘지 않게 써 주세요. 쓰지 않으면 0부터 1조까지입니다.
error-form-list-duplicate = `{ $value }`이(가) 목록에 두 번 있습니다.
help-form-list-duplicate = 하나를 빼 주세요.
error-form-list-empty = 목록이 비어 있습니다.
help-form-list-empty = 하나 이상 쓰거나, 필요 없으면 줄을 빼 주세요.
error-form-list-type = `{ $value }` 항목으로는 목록을 거를 수 없습니다. 종류가 `{ $type }`입니다.
help-form-list-type = `list = true`를 빼 주세요. 목록은 choice, agency, date, number, money로 거릅니다.
error-form-missing = 여기에 `{ $name }`이(가) 없습니다.
help-form-missing = `{ $name } = …` 줄이나 그 이름의 표를 더해 주세요. 무엇을 쓰는지는 docs/services.md에 있습니다.
error-form-moment = ‘{ $value }’은(는) 때를 나타내는 말이 아닙니다.
help-form-moment = `filed`를 쓰거나, `step:`, `state:`, `clock:`, `threshold:` 뒤에 id를 써 주세요: "state:answered".
error-form-need-field-party = 이 단계는 `{ $value }`을(를) 요구할 수 없습니다. 그 항목을 쓰는 `{ $party }`이(가) 이 단계를 밟지 않습니다.
help-form-need-field-party = 단계의 `by`에 `{ $party }`을(를) 더하거나 항목의 `by`를 고쳐 주세요.
error-form-need-unknown = 단계가 요구할 수 있는 것 가운데 `{ $value }`은(는) 없습니다.
help-form-need-unknown = 요구하는 것의 낱말이나 항목의 id를 써 주세요: { $known }.
error-form-never-published = 단계에 따라 공개한다고 했지만, 공개하는 단계가 없습니다.
help-form-never-published = 어느 단계에 `publishes = ["case"]`를 더하거나 `case`를 다른 말로 고쳐 주세요.
error-form-not-a-boolean = { $value }이(가) 아니라 예나 아니요를 쓰는 자리입니다.
help-form-not-a-boolean = 따옴표 없이 true나 false를 써 주세요.
error-form-not-a-date = { $value }은(는) 날짜가 아닙니다.
help-form-not-a-date = 연, 월, 일을 따옴표 없이 2026-01-05처럼 써 주세요.
error-form-not-a-list = { $value }이(가) 아니라 목록을 쓰는 자리입니다.
help-form-not-a-list = 대괄호로 묶어 주세요: [ … ]. [[step]] 같은 표는 대괄호를 두 번 씁니다.
error-form-not-a-number = { $value }이(가) 아니라 정수를 쓰는 자리입니다.
help-form-not-a-number = 따옴표, 쉼표, 단위 없이 숫자만 써 주세요: 1000.
error-form-not-a-table = { $value }이(가) 아니라 표를 쓰는 자리입니다.
help-form-not-a-table = 대괄호 제목 아래에 쓰거나 중괄호로 묶어 주세요: { "{" } key = … { "}" }.
error-form-not-a-text = { $value }이(가) 아니라 글을 쓰는 자리입니다.
help-form-not-a-text = 따옴표로 묶어 써 주세요: "…".
error-form-number-pattern = ‘{ $value }’은(는) 번호의 꼴이 아닙니다.
help-form-number-pattern = 영어 대문자 한 자에서 여덟 자, 붙임표, 필요하면 { "{" }year{ "}" }, 끝에 { "{" }code{ "}" } 순서로 써 주세요: "PT-{ "{" }year{ "}" }-{ "{" }code{ "}" }".
error-form-on-moment = 저절로 이루어지는 단계는 기간이 끝나거나 기준 수에 이를 때뿐입니다.
help-form-on-moment = `clock:`이나 `threshold:` 뒤에 id를 써 주세요.
error-form-on-not-system = `{ $value }`은(는) 저절로 이루어지는 단계인데 밟을 사람이 정해져 있습니다.
help-form-on-not-system = `by = "system"`으로 쓰거나 `on`을 빼 주세요.
error-form-option-unknown = `{ $value }`(이)라는 보기가 없습니다.
help-form-option-unknown = 다음 가운데 하나를 써 주세요: { $known }.
error-form-outcome-none = 이 단계는 결과를 요구하는데, 상태 `{ $value }`에 정해진 결과가 없습니다.
help-form-outcome-none = 상태에 `outcomes`를 더하거나 `needs`에서 `outcome`을 빼 주세요.
error-form-party-unknown = `{ $value }`(이)라는 참여자가 없습니다.
help-form-party-unknown = { $known } 가운데 하나를 쓰거나, 새 모임이면 [[party]]로 정해 주세요.
error-form-period = 마감일 { $closes }이(가) 시작일 { $opens }보다 빠릅니다.
help-form-period = 시작일과 같거나 늦은 마감일을 써 주세요.
error-form-personal-list = `{ $value }` 항목은 개인정보를 담습니다. 목록을 거르는 데 쓸 수 없습니다.
help-form-personal-list = `list = true`를 빼 주세요.
error-form-personal-public = `{ $value }` 항목은 개인정보를 담아 모두에게 공개할 수 없습니다.
help-form-personal-public = `public = "never"`로 쓰거나, 담당자가 하나하나 살펴 정하려면 "after review"를 써 주세요.
error-form-photo-public = `{ $value }` 항목은 살펴보지 않고 공개할 수 없습니다. 사진과 파일에는 올린 사람도 모르는 것이 담깁니다.
help-form-photo-public = `public = "after review"`나 "never"를 써 주세요.
error-form-placeholder = ‘{ $value }’은(는) 서식이 채워 주는 말이 아닙니다.
help-form-placeholder = { $known } 가운데 하나를 써 주세요.
error-form-public-in-never = `{ $value }` 항목은 어떤 상태에서는 공개라 하고 한편으로는 늘 비공개입니다.
help-form-public-in-never = `public`으로 어떻게 보일지 쓰거나 `public-in`을 빼 주세요.
error-form-publishes-field = 이 단계는 `{ $value }`을(를) 공개한다고 했지만, 공개하지 않는 항목입니다.
help-form-publishes-field = 항목에 `public = "after review"`를 쓰거나 `publishes`에서 빼 주세요.
error-form-publishes-never = 이 단계는 사안을 공개한다고 했지만, 이 서비스의 사안은 공개하지 않습니다.
help-form-publishes-never = `publishes`에서 "case"를 빼거나 [public]에 `case = "by step"`을 써 주세요.
error-form-range = { $value }은(는) 정해진 범위를 벗어납니다.
help-form-range = { $min }부터 { $max }까지의 수를 써 주세요.
error-form-refusal-ground = 단계 `{ $value }`은(는) 사유 없이 거절합니다.
help-form-refusal-ground = `needs`에 "ground"를 더해 주세요. 사유가 정해진 서비스에서는 거절할 때 하나 이상을 밝혀야 합니다.
error-form-refusal-reason = 단계 `{ $value }`은(는) 까닭을 밝히지 않고 거절합니다.
help-form-refusal-reason = `needs`에 "reason"을 더하거나, 법이 정한 사유를 [[ground]]로 정하고 "ground"를 요구해 주세요.
error-form-retention = ‘{ $value }’은(는) 보관 기간이 아닙니다.
help-form-retention = "3 years after close"(3년), "6 months after close"(6달), "90 days after close"(90일)처럼 하루에서 30년까지 써 주세요.
error-form-routing-field = `{ $value }` 항목으로는 담당 기관을 정할 수 없습니다. 신청인이 낼 때 기관을 고르는 항목이 아닙니다.
help-form-routing-field = 신청인이 쓰고 어느 단계의 `needs`에도 없는 `agency` 종류의 항목을 적어 주세요.
error-form-says-not-author = 확인하거나 다투는 것은 신청인만 할 수 있습니다.
help-form-says-not-author = `by = "author"`로 쓰거나 `says`를 빼 주세요.
error-form-silence-step = 기간 `{ $value }`이(가) 끝나면 단계가 이어져야 하는데 그런 단계가 없습니다.
help-form-silence-step = `by = "system"`, `on = "clock:{ $value }"`인 단계를 더하거나 `silence`를 다른 말로 고쳐 주세요.
error-form-slug = ‘{ $value }’은(는) 기관의 짧은 이름이 아닙니다.
help-form-slug = 그 기관 페이지의 주소에 있는 대로 소문자, 숫자, 붙임표로 써 주세요: `mois`.
error-form-state-no-way-out = 상태 `{ $value }`에서 나갈 길이 없는데 마지막 상태가 아닙니다.
help-form-state-no-way-out = 이 상태에서 다른 상태로 가는 단계를 더하거나 `final = true`를 써 주세요.
error-form-state-unknown = 여기에 쓸 수 있는 상태 가운데 `{ $value }`은(는) 없습니다.
help-form-state-unknown = 이 서비스에 있는 상태의 id를 써 주세요: { $known }.
error-form-state-unreachable = 상태 `{ $value }`에 이르는 길이 없습니다.
help-form-state-unreachable = 이 상태로 가는 단계를 더하거나 상태를 빼 주세요. 모든 사안은 파일의 첫 상태에서 시작합니다.
error-form-step-loop = 단계 `{ $value }`이(가) 끝없이 저절로 되풀이됩니다.
help-form-step-loop = 사람이 이어 가는 상태로 보내거나, 사람이 한 일로 기간이 시작되게 해 주세요.
error-form-no-such-step = `{ $value }`(이)라는 단계가 없습니다.
help-form-no-such-step = 이 서비스에 있는 단계의 id를 써 주세요: { $known }.
error-form-step-when-unasked = 단계 `{ $value }`의 조건인 `{ $other }`은(는) 그 전에 아무에게도 묻지 않습니다.
help-form-step-when-unasked = 신청인이 낼 때 쓰는 항목이나, 다른 단계의 `needs`에 있는 항목을 적어 주세요.
error-form-support-anonymous = 누구인지 모르는 사람은 지지할 수 없습니다. 한 사람은 한 번만 셉니다.
help-form-support-anonymous = "verified", "pseudonymous", "proxy" 가운데 써 주세요.
error-form-system-needs = 단계 `{ $value }`은(는) 저절로 이루어져, 요구하는 것을 줄 사람이 없습니다.
help-form-system-needs = `needs`를 빼거나 사람이 밟는 단계로 만들어 주세요.
error-form-system-without-on = 단계 `{ $value }`은(는) 시스템이 밟는데, 언제 밟는지 정해져 있지 않습니다.
help-form-system-without-on = `on = "clock:…"`이나 `on = "threshold:…"`를 쓰거나, 밟을 사람을 `by`에 써 주세요.
error-form-threshold-order = 기준 수 { $value }이(가) 앞의 { $before }보다 크지 않습니다.
help-form-threshold-order = 기준 수를 작은 것부터, 같은 수 없이 차례로 써 주세요.
error-form-threshold-unknown = `{ $value }`(이)라는 기준 수가 없습니다.
help-form-threshold-unknown = 이 서비스에 있는 기준 수의 id를 써 주세요: { $known }.
error-form-threshold-without-support = 기준 수 `{ $value }`은(는) 지지를 세는데, 지지를 받지 않는 서비스입니다.
help-form-threshold-without-support = [support] 표를 더하거나 기준 수를 빼 주세요.
error-form-title-field = `{ $value }` 항목은 제목이 될 수 없습니다. 모든 사안에 한 줄로 있지는 않습니다.
help-form-title-field = 신청인이 언제나 쓰는 `line` 종류의 항목(필수, `when` 없음, 어느 단계의 `needs`에도 없음)을 적어 주세요.
error-form-title-hidden = 이 서비스의 사안은 공개되는데 제목 `{ $value }`은(는) 공개되지 않습니다.
help-form-title-hidden = 그 항목에 `public = "always"`나 "after review"를 써 주세요.
error-form-toml = 여기서부터 파일을 읽을 수 없습니다: { $message }.
help-form-toml = 빠진 따옴표, 괄호, 등호가 있는지, 같은 제목이 두 번 있는지 살펴 주세요.
error-form-too-deep = 표 안의 표가 너무 깊습니다.
help-form-too-deep = 정의 파일에는 이만큼 깊은 자리가 없습니다. 괄호나 점이 너무 많은지 살펴 주세요.
error-form-too-long = 글이 { $limit }자를 넘습니다.
help-form-too-long = 줄여 주세요.
error-form-too-many = { $limit }개를 넘습니다.
help-form-too-many = 필요 없는 것을 빼 주세요. 이렇게 많으면 쓰는 사람이 감당하지 못합니다.
error-form-unknown-key = 여기에 `{ $name }`(이)라는 말은 쓰지 않습니다.
help-form-unknown-key = 정해진 말을 써 주세요: { $known }.
error-form-warn-field-unasked = `{ $value }` 항목은 `{ $party }`이(가) 쓰게 되어 있지만 요구하는 단계가 없습니다.
help-form-warn-field-unasked = 어느 단계의 `needs`에 더하거나 항목을 빼 주세요.
error-form-warn-ground-unused = 정해진 사유가 있지만 사유를 요구하는 단계가 없습니다.
help-form-warn-ground-unused = 거절하는 단계의 `needs`에 "ground"를 더해 주세요.
error-form-warn-outcome-unnamed = 단계 `{ $value }`은(는) 어떤 결과인지 밝히지 않고 상태 `{ $state }`(으)로 갑니다.
help-form-warn-outcome-unnamed = 그 단계의 `needs`에 "outcome"을 더해 주세요.
error-form-warn-state-when = 상태 `{ $value }`에서 나가는 단계에 모두 `when`이 있습니다. 조건에 맞는 단계가 없는 건은 그 자리에 머뭅니다.
help-form-warn-state-when = `when`이 없는 단계를 더하거나, 꼭 답하는 고르기 항목 하나의 모든 보기를 단계들이 나누어 맡게 해 주세요.
error-form-warn-untold = 단계 `{ $value }`을(를) 아무에게도 알리지 않습니다.
help-form-warn-untold = 신청인이 알아야 하면 `tells = ["author"]`를 더해 주세요.
error-form-when-cycle = `{ $value }` 항목을 물을지가 자기 자신에 달려 있습니다.
help-form-when-cycle = 첫 물음이 홀로 설 수 있게 조건 하나를 빼 주세요.
error-form-when-later = `{ $value }` 항목의 조건인 `{ $other }`은(는) 나중에야 묻습니다.
help-form-when-later = `{ $other }`을(를) 같은 화면이나 앞 화면에 두고, 신청인이 쓰게 하고, 단계의 `needs`에서는 빼 주세요.
error-form-when-not-filed = `{ $value }`에 따라 담당 기관을 정할 수 없습니다. 낼 때 묻지 않는 항목입니다.
help-form-when-not-filed = 신청인이 쓰고 어느 단계의 `needs`에도 없는 항목을 적어 주세요.
error-form-when-type = `{ $value }` 항목은 조건으로 쓸 수 없습니다. 종류가 `{ $type }`입니다.
help-form-when-type = `choice`, `multi-choice`, `consent`("yes"), `agency` 종류의 항목을 써 주세요.
error-form-word = ‘{ $value }’은(는) 여기에 쓸 수 있는 말이 아닙니다.
help-form-word = 다음 가운데 하나를 써 주세요: { $known }.
