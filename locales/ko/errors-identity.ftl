# 계정과 로그인의 오류. 무엇이 잘못되었고 대신 무엇을 하면 되는지 적는다.

# 로그인
error-identity-email = 이메일 주소로 읽을 수 없습니다. name@example.go.kr처럼 주소 하나만 적어 주세요.
error-identity-too-many = 짧은 시간에 너무 여러 번 시도했습니다. { $minutes }분쯤 뒤에 다시 시도해 주세요. 이미 받은 메일의 링크는 그대로 쓸 수 있습니다.
error-identity-link-unknown = 없는 로그인 링크입니다. 메일의 주소가 잘리지 않았는지 확인하거나, 로그인 화면에서 링크를 새로 받아 주세요.
error-identity-link-used = 이미 쓴 로그인 링크입니다. 링크는 한 번만 쓸 수 있습니다. 로그인 화면에서 새로 받아 주세요.
error-identity-link-expired = 로그인 링크의 시간이 지났습니다. 로그인 화면에서 새로 받아 15분 안에 눌러 주세요.
error-identity-link-of-another = 다른 사람이 시작한 일입니다. 시작한 계정으로 로그인한 브라우저에서 다시 열어 주세요.
error-identity-suspended = 이용이 멈춘 계정입니다. 까닭을 알고 싶거나 다시 열려면 이 사이트의 관리 기관에 문의해 주세요.
error-identity-again = 같은 때에 다른 요청이 먼저 처리되었습니다. 한 번 더 시도해 주세요.
error-identity-session-unknown = 그런 로그인 기록이 없습니다. 이미 로그아웃했을 수 있습니다. 목록을 새로 열어 확인해 주세요.
error-identity-address-taken = 다른 계정이 쓰는 이메일 주소입니다. 그 주소로 로그인하거나 다른 주소를 적어 주세요.

# 본인 확인 기관
error-identity-journey-unknown = 본인 확인을 처음부터 다시 해 주세요. 시간이 15분을 넘었거나, 이미 끝났거나, 다른 브라우저에서 시작한 확인입니다.
error-identity-provider-away = 본인 확인 기관({ $provider })이 응답하지 않습니다. 잠시 뒤 다시 시도하거나 메일로 로그인해 주세요.
error-identity-provider-refused = 본인 확인 기관({ $provider })이 확인을 마치지 못했습니다. 로그인 화면에서 다시 시도해 주세요.
error-identity-person-claim = 본인 확인 기관이 누구인지 알려 주는 값({ $claim })을 보내지 않았습니다. 정보 제공에 동의했는지 확인하고 다시 시도해 주세요.
error-identity-identity-taken = 다른 계정에 이미 연결된 본인 확인입니다. 그 계정으로 로그인해 주세요.
error-identity-person-has-account = 같은 분의 계정이 이미 있습니다. 한 사람은 계정 하나를 씁니다. 그 계정으로 로그인하거나, 그 계정을 삭제한 뒤 다시 시도해 주세요.
error-identity-provider-slug = 설정의 본인 확인 기관 이름 ‘{ $value }’을(를) 쓸 수 없습니다. 영문 소문자, 숫자, 붙임표로 40자까지 적어 주세요.
error-identity-provider-issuer = 설정의 본인 확인 기관 주소 ‘{ $value }’을(를) 쓸 수 없습니다. https://로 시작하는 발급자 주소를 그대로 적어 주세요.
error-identity-provider-callback = 설정의 돌아올 주소 ‘{ $value }’을(를) 쓸 수 없습니다. 사이트의 바탕 주소를 https://로 시작하는 전체 주소로 적어 주세요.
error-identity-provider-assurance = 설정의 본인 확인 기관 ‘{ $value }’에 anonymous는 쓸 수 없습니다. verified나 pseudonymous를 적어 주세요.

# 2단계 인증
error-identity-code-wrong = 인증 번호가 맞지 않습니다. 앱에 지금 보이는 여섯 자리나, 아직 쓰지 않은 복구 코드를 적어 주세요. 번호는 한 번만 쓸 수 있습니다.
error-identity-not-enrolled = 2단계 인증이 등록되어 있지 않습니다. 내 계정에서 먼저 등록해 주세요.
error-identity-not-enrolling = 등록을 시작하지 않았습니다. 등록 화면을 다시 열어 새 QR 코드를 찍어 주세요.
error-identity-factor-demanded = 맡은 역할에는 2단계 인증이 꼭 있어야 해서 없앨 수 없습니다. 앱을 바꾸려면 새로 등록해 주세요.
error-identity-factor-of-demo = 시연 계정의 2단계 인증은 바꿀 수 없습니다. 다음 사람도 써야 합니다.
error-identity-reset-own = 자기 2단계 인증은 스스로 초기화할 수 없습니다. 다른 관리자에게 부탁하거나 서버의 명령줄에서 초기화해 주세요.

# 계정
error-identity-name = 이름은 1자에서 { $longest }자까지, 줄바꿈 없이 적어 주세요.
error-identity-reason = 개인정보를 보는 까닭을 1자에서 { $longest }자까지 적어 주세요. 열람 기록에 남습니다.
error-identity-account-unknown = 그런 계정이 없습니다. 삭제되었을 수 있습니다. 계정 목록에서 다시 찾아 주세요.
error-identity-status = 지금 상태({ $status })의 계정에는 할 수 없는 일입니다. 계정 화면을 새로 열어 상태를 확인해 주세요.
error-identity-status-unknown = ‘{ $value }’(이)라는 계정 상태는 없습니다. active, suspended, deleted 가운데 하나를 적어 주세요.
error-identity-method-unknown = ‘{ $value }’(이)라는 로그인 방법은 없습니다. mail, oidc, demo 가운데 하나를 적어 주세요.
error-identity-link-purpose-unknown = ‘{ $value }’(이)라는 링크 용도는 없습니다. sign-in, add-address 가운데 하나를 적어 주세요.
error-identity-suspend-own = 자기 계정은 멈출 수 없습니다. 다른 관리자에게 부탁해 주세요.
error-identity-last-administrator = 마지막 관리자입니다. 다른 사람에게 관리자 역할을 준 뒤에 다시 시도해 주세요.

# 기관과 역할
error-identity-organisation-exists = ‘{ $value }’(이)라는 주소 이름의 기관이 이미 있습니다. 그 기관을 고치거나 다른 주소 이름을 적어 주세요.
error-identity-role-scope = 역할 { $role }에 맞지 않는 지정입니다. 담당자와 시민사회 역할은 기관을 골라야 하고, 관리자 역할은 기관 없이 줍니다.
error-identity-role-organisation = 종류가 { $kind }인 기관에는 역할 { $role }을(를) 줄 수 없습니다. 담당자는 행정기관에, 시민사회 역할은 시민단체나 협의체에 줍니다.
error-identity-role-held = 이미 가진 역할입니다. 구성원 목록을 확인해 주세요.
error-identity-role-unknown = 그 사람에게 그런 역할이 없습니다. 구성원 목록을 새로 열어 확인해 주세요.

# API 열쇠
error-identity-key-scopes = 열쇠로 할 수 있는 일의 범위를 1개에서 { $most }개까지 골라 주세요.
error-identity-key-expiry = 열쇠의 끝나는 날은 오늘 뒤로 { $days }일 안에서 골라 주세요.
error-identity-key-most = 쓸 수 있는 열쇠가 이미 { $most }개입니다. 안 쓰는 열쇠를 없앤 뒤 다시 만들어 주세요.
error-identity-key-unknown = 그런 API 열쇠가 없습니다. 열쇠 목록에서 다시 찾아 주세요.
error-identity-key-revoked = 이미 없앤 API 열쇠입니다. 필요하면 새로 만들어 주세요.

# 시연
error-identity-demo-off = 시연 사이트가 아니어서 시연 계정을 쓸 수 없습니다. 메일이나 본인 확인으로 로그인해 주세요.
error-identity-demo-organisation = 시연 계정을 만들 기관 ‘{ $value }’이(가) 없습니다. 시연 자료를 먼저 불러와 주세요.
