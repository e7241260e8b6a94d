# 공통 기능(권한, 작업, 메일, 파일, 연결)의 오류. 무엇이 잘못되었고 대신 무엇을 하면 되는지 적는다.

# 권한
error-permission-sign-in = 로그인해야 할 수 있는 일입니다. 로그인한 뒤 다시 시도해 주세요.
error-permission-denied = 이 일을 할 권한이 없습니다. 맡은 기관의 일이 맞는지 확인하고, 권한이 필요하면 이 사이트의 관리자에게 요청해 주세요.
error-permission-second-factor = 담당자는 2단계 인증을 마쳐야 이 일을 할 수 있습니다. 내 계정에서 2단계 인증을 등록하거나 인증 번호를 입력해 주세요.
error-permission-scope = 이 API 열쇠로는 할 수 없는 일입니다. 필요한 범위를 넣은 열쇠를 새로 만들어 주세요.
error-permission-not-by-key = API 열쇠로는 할 수 없는 일입니다. 브라우저에서 로그인해서 해 주세요.
error-role-unknown = ‘{ $value }’(이)라는 역할은 없습니다. officer, lead, civil-society, clerk, administrator 가운데 하나를 적어 주세요.
error-verb-unknown = ‘{ $value }’(이)라는 동작은 없습니다. API 열쇠 설명에 있는 동작 이름을 적어 주세요.
error-assurance-unknown = ‘{ $value }’(이)라는 본인 확인 단계는 없습니다. anonymous, pseudonymous, verified, proxy 가운데 하나를 적어 주세요.
error-scope-unknown = ‘{ $value }’은(는) API 열쇠의 범위가 아닙니다. plan:read, *:read, update:*처럼 ‘대상:동작’으로 적어 주세요.

# 가리키는 이름
error-object-kind-unknown = ‘{ $value }’(이)라는 종류의 자료는 없습니다. plan, commitment, milestone 같은 종류 이름을 적어 주세요.
error-object-reference = ‘{ $value }’은(는) 자료를 가리키는 이름이 아닙니다. commitment:kr-2021/2.1처럼 ‘종류:번호’로, 번호는 영문자와 숫자와 . _ / - 로 적어 주세요.
error-link-self = 자료를 그 자신과 연결할 수 없습니다. 다른 자료를 골라 주세요.
error-link-type-unknown = ‘{ $value }’(이)라는 연결 종류는 없습니다. became, merged-into, answers, evidence-of, decided-by, implements, measures 가운데 하나를 적어 주세요.

# 기관
error-organisation-unknown = 그런 기관이나 단체가 없습니다. 기관 목록에서 찾아 골라 주세요.
error-organisation-slug = ‘{ $value }’은(는) 기관의 주소 이름으로 쓸 수 없습니다. 영문 소문자와 숫자와 붙임표(-)로 64자까지, 예를 들어 mois처럼 적어 주세요.
error-organisation-name = 기관 ‘{ $value }’의 이름이 비어 있습니다. 한국어나 영어 이름을 적어 주세요.
error-organisation-parent = 기관 ‘{ $value }’의 상위 기관을 찾을 수 없거나, 자기 아래에 있는 기관입니다. 다른 상위 기관을 골라 주세요.
error-organisation-kind-unknown = ‘{ $value }’(이)라는 기관 종류는 없습니다. agency, civil-society, company, school, body, other 가운데 하나를 적어 주세요.

# 파일
error-blob-empty = 빈 파일입니다. 내용이 있는 파일을 골라 주세요.
error-blob-too-large = 파일이 너무 큽니다. { $limit }MB보다 작은 파일로 나누거나 줄여서 올려 주세요.
error-blob-type = 받을 수 없는 종류의 파일입니다. PDF, 사진(PNG, JPEG, WebP), 한글(HWP, HWPX), 문서(DOCX, XLSX, PPTX, ODT, ODS), CSV, TXT로 저장해서 올려 주세요.
error-blob-macros = 매크로가 들어 있는 문서입니다. 매크로 없이 다시 저장하거나 PDF로 올려 주세요.
error-blob-image = 사진을 읽을 수 없습니다. 파일이 깨지지 않았는지 확인하고, PNG나 JPEG로 다시 저장해서 올려 주세요.
error-blob-image-too-large = 사진의 화소가 너무 많습니다. { $limit }백만 화소보다 작게 줄여서 올려 주세요.
error-blob-text = 글자를 읽을 수 없는 텍스트 파일입니다. UTF-8로 저장해서 다시 올려 주세요.
error-blob-unknown = 그런 파일이 없습니다. 자료의 화면에서 파일을 다시 골라 주세요.
error-blob-store = 파일을 보관하는 곳이 응답하지 않습니다. 잠시 뒤 다시 시도해 주세요.
error-blob-folder = 파일을 보관하는 폴더 { $path }을(를) 만들거나 열 수 없습니다. 폴더의 주인과 쓰기 권한을 확인해 주세요.
error-blob-bucket = 지금 설정으로는 버킷 { $bucket }을(를) 쓸 수 없습니다. blobs.url, blobs.endpoint, blobs.region을 확인해 주세요.

# 작업
error-job-unknown = 그런 작업이 없습니다. 끝난 작업은 며칠 뒤 지워집니다. 작업 목록을 다시 열어 주세요.
error-job-not-retryable = 지금 실행 중이거나 이미 끝난 작업은 다시 시작할 수 없습니다. 작업 목록을 다시 열어 상태를 확인해 주세요.
error-job-running = 지금 실행 중인 작업은 지울 수 없습니다. 끝난 뒤에 지워 주세요.
error-job-state-unknown = ‘{ $value }’(이)라는 작업 상태는 없습니다. queued, running, done, failed 가운데 하나를 적어 주세요.
error-job-payload = ‘{ $kind }’ 작업에 ‘{ $name }’ 값이 없어 실행하지 못했습니다. 프로그램의 결함이니 개발자에게 알려 주세요.
error-job-no-handler = ‘{ $kind }’ 작업을 맡은 프로그램이 이 서버에 없습니다. 모든 서버가 같은 버전인지 확인해 주세요.
error-sequencer-fenced = 다른 서버가 먼저 기록을 정리했습니다. 아무것도 잃지 않았으며, 곧 다시 시도합니다.

# 메일
error-mail-address = 메일 주소를 확인해 주세요. name@example.kr처럼 적어야 합니다.
error-mail-subject = 메일 제목은 한 줄로 1자에서 200자까지 적어 주세요.
error-mail-header = 메일 머리글 ‘{ $name }’이(가) 잘못되었습니다. 이름과 값을 영문 한 줄로 적어 주세요.
error-mail-refused = 받는 쪽 메일 서버가 이 메일을 받지 않았습니다. 주소를 확인하고 작업 목록에서 다시 보내 주세요.
error-mail-server = 메일 서버와 연결하지 못했습니다. 잠시 뒤 저절로 다시 보냅니다. 계속되면 메일 서버 설정을 확인해 주세요.
error-mail-unknown = 그런 메일이 없습니다. 보낸 메일의 내용은 며칠 뒤 지워집니다.
error-mail-state-unknown = ‘{ $value }’(이)라는 메일 상태는 없습니다. queued, sent, failed, kept 가운데 하나를 적어 주세요.
error-mail-config-host = 메일 서버의 이름 ‘{ $value }’이(가) 잘못되었습니다. 설정 파일에 smtp.example.kr처럼 적어 주세요.
error-mail-config-from = 보내는 주소 ‘{ $value }’이(가) 잘못되었습니다. 설정 파일에 ‘마당 <no-reply@example.kr>’처럼 적어 주세요.

# 열쇠 파일
error-keys-file = 열쇠 파일 { $path }을(를) 읽거나 쓸 수 없습니다. 파일의 주인과 폴더의 쓰기 권한을 확인해 주세요.
error-keys-permissions = 다른 사용자가 열쇠 파일 { $path }을(를) 읽을 수 있습니다(권한 { $mode }). 서버만 읽을 수 있도록 chmod 600 { $path } 을(를) 실행해 주세요.
error-keys-format = 열쇠 파일의 내용이 잘못되었습니다. 백업해 둔 열쇠 파일로 되돌려 주세요. 새로 만들면 지금까지의 사람들을 알아볼 수 없습니다.
error-keys-other = 이 데이터베이스의 열쇠가 아닙니다. 이 데이터베이스와 함께 쓰던 열쇠 파일을 데이터 폴더에 되돌려 주세요.

# 바깥과의 연결
error-http-proxy = 프록시 서버의 주소가 잘못되었습니다. 설정 파일에 http://proxy.example.kr:3128처럼 적어 주세요.
error-http-certificate = 믿을 인증서를 읽을 수 없습니다. PEM 형식의 인증서 파일을 설정해 주세요.

error-webhook-url = 이 주소로는 알릴 수 없습니다. https로 시작하고 인터넷에 공개된 주소를 적어 주세요.
error-webhook-kinds = 알림 종류를 읽을 수 없습니다. case.filed처럼 영문 소문자와 점, 붙임표만 써서 30개까지 적어 주세요.
error-webhook-too-many = 웹훅은 한 계정에 { $most }개까지 만들 수 있습니다. 쓰지 않는 것을 먼저 지워 주세요.
error-webhook-unknown = 그런 웹훅이 없습니다.
error-webhook-delivery-unknown = 그런 전달 기록이 없습니다.
error-webhook-state-unknown = 웹훅의 상태는 active 또는 paused입니다.
error-webhook-delivery-state-unknown = 전달 상태를 알 수 없습니다.
error-webhook-paused = 멈춰 있는 웹훅입니다.
error-webhook-refused = 받는 쪽이 { $status }로 답했습니다.
error-webhook-unreachable = 받는 쪽에 닿지 않았습니다.

error-log-key-permissions = 공개 원장의 서명 키 파일 { $path }을(를) 주인이 아닌 사람도 읽을 수 있습니다(권한 { $mode }). chmod 600으로 바꿔 주세요.
error-log-key-format = 공개 원장의 서명 키가 올바른 형식이 아닙니다. PRIVATE+KEY+이름+해시+키 형식의 한 줄이어야 합니다.
error-log-key-file = 공개 원장의 서명 키 파일 { $path }을(를) 읽거나 쓸 수 없습니다. 폴더의 권한과 남은 공간을 확인해 주세요.

error-ledger-receipt-code = 확인증 번호 { $value }의 형식이 맞지 않습니다. 확인증에 적힌 번호를 하이픈까지 그대로 넣어 주세요.
error-ledger-salt = 열쇠값(salt) { $value }의 형식이 맞지 않습니다. 16진수 32자리여야 합니다.

# 공개 원장
error-log-held = 공개 원장이 멈추어 있어 새 기록을 집계하거나 서명하지 않습니다. 접수한 내용은 사라지지 않고 기다립니다. 까닭은 관리자 현황에 있습니다.
error-log-store = 공개 원장의 파일을 두는 곳이 응답하지 않습니다. 디스크나 객체 저장소를 확인해 주세요. 저절로 다시 시도합니다.
error-log-checkpoint = 저장된 서명 요약을 읽을 수 없습니다. log/checkpoint 파일을 원래대로 되돌리거나, 지운 뒤 “madang ledger recover”를 실행해 주세요.
error-log-checkpoint-signature = 저장된 서명 요약이 여기서 아는 열쇠로 서명되어 있지 않습니다. 서명 열쇠와 원장 파일의 위치를 확인해 주세요.
error-log-key-missing = 원장의 서명 열쇠가 없습니다. 열쇠를 제자리에 두어 주세요. 잃어버렸다면 “madang ledger rotate-key --lost”를 실행해 주세요.
error-log-key-other = 지금 원장에 서명하는 열쇠({ $expected })가 아닙니다. 맞는 열쇠를 설정하거나 “madang ledger rotate-key”로 넘겨 주세요.
error-log-key-origin = 새 열쇠의 이름이 { $found }입니다. 원장의 이름 { $expected }과 같아야 합니다.
error-log-key-known = 이미 이 원장에 서명한 적이 있는 열쇠입니다. 새 열쇠를 만들어 주세요.
error-log-no-tree = 아직 원장이 없습니다. 서명한 것이 없습니다.
error-log-origin = 원장의 이름이 맞지 않습니다. { $expected }이어야 하는데 { $found }입니다. 서명 열쇠와 원장 파일의 위치를 확인해 주세요.
error-log-store-lost = 기록 { $size }개에 서명했지만 원장의 파일이 없습니다. 폴더나 객체 저장소를 확인해 주세요. 파일을 잃었다면 “madang ledger recover”를 실행해 주세요.
error-log-behind = 데이터베이스가 공개된 원장보다 뒤처져 있습니다. 기록이 { $size }개인데 { $published }개를 공개했습니다. 백업에서 되돌린 듯합니다. “madang ledger recover”를 실행해 주세요.
error-log-forked = 데이터베이스와 공개된 원장이 기록 { $size }개에서 서로 다릅니다. 서명하지 않습니다. 어느 쪽이 바뀌었는지 찾고 증인들에게 알려 주세요.
error-log-tile-missing = 원장의 파일 { $name }이 없습니다. “madang ledger recover”를 실행해 주세요.
error-log-damaged = 원장의 파일이 손상되어 최근 기록만으로는 고칠 수 없습니다(기록 { $size }개). “madang ledger recover”를 실행해 주세요.
error-log-damaged-file = 저장된 원장이 서명한 내용과 다릅니다. 맞지 않는 첫 파일은 { $name }입니다. 증인의 사본 같은 다른 사본에서 되돌려 주세요.
error-log-diverged = 데이터베이스와 저장된 원장의 { $position }번째 기록이 서로 다릅니다. 다른 백업을 되돌려 주세요.
error-log-feed-changed = 데이터베이스의 기록 { $size }개로는 서명한 값이 나오지 않습니다. 누군가 기록을 고쳤습니다. 어디인지는 “madang verify database”가 알려 줍니다.
error-log-fenced = 그사이 다른 서버가 원장을 이어 썼습니다. 사라진 것은 없으며 바로 다시 시도합니다.
error-log-leaf-unknown = 원장에 기록 { $value }번이 아직 없습니다.
error-log-size-unknown = 원장은 기록 { $size }개로 서명된 적이 없습니다.
error-sequencer-behind = 데이터베이스의 기록이 { $size }개인데 { $published }개를 공개했습니다. 더 오래된 데이터베이스로 바뀌었습니다. 서버를 다시 시작하고 “madang ledger recover”를 실행해 주세요.
