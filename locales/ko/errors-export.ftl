# 공개 내보내기, 내려받기, 검증의 오류. 무엇이 잘못되었고 대신 무엇을 하면 되는지 적는다.

error-export-none = 여기에는 내보내기가 없습니다(manifest.json이 없음). `madang export log`나 `madang ledger fetch`로 채운 폴더를 적어 주시고, 하다가 끊겼다면 그 명령을 다시 실행해 주세요.
error-export-manifest = manifest.json을 읽을 수 없습니다({ $line }번째 줄): { $why }. 내보내기를 다시 받아 주세요.
error-export-format = 이 내보내기의 형식은 { $found }인데, 이 프로그램은 { $known }만 읽습니다. 내보내기에 맞는 판의 프로그램을 써 주세요.
error-export-unreadable = { $file }을(를) 읽을 수 없습니다({ $line }번째 줄): { $why }. 내보내기를 다시 받아 주세요.
error-export-checkpoint = { $file }은(는) 서명된 요약이 아닙니다: { $why }. 다시 받아 주세요.
error-export-broken = 내보내기 자체가 맞지 않습니다: { $what }: { $expected }이어야 하는데 { $found }입니다. `madang verify export`로 자세히 볼 수 있습니다.
error-export-month = ‘{ $value }’은(는) 달이 아닙니다. 2026-11처럼 적어 주세요.
error-export-range = 원장에 { $from }번부터 { $to }번까지의 기록이 없습니다. 서명된 요약의 크기보다 작은 번호를 적어 주세요.
error-export-unknown = 내보내기에 ‘{ $value }’(이)라는 것이 없습니다. 무엇이 있는지는 manifest.json에 있습니다.
error-export-missing = { $url }에 아무것도 없습니다. 그 사이트가 내보내기를 제공하는지 확인해 주세요.
error-download-unreachable = { $url }에 연결할 수 없습니다. 주소와 인터넷 연결을 확인하고 명령을 다시 실행해 주세요. 끊긴 곳부터 이어서 받습니다.
error-download-refused = { $url }이(가) 상태 { $status }로 답했습니다. 잠시 뒤 다시 해 주세요.
error-download-large = { $url }이(가) { $most }바이트보다 커서 그런 파일일 수 없습니다. 주소를 확인해 주세요.
error-download-text = { $url }은(는) 글로 된 파일이 아닙니다. 주소를 확인해 주세요.
error-download-cut = { $url }을(를) 받다가 일찍 끊겼습니다. 명령을 다시 실행하면 끊긴 곳부터 이어서 받습니다.
error-verify-claim-line = 이 줄은 집계가 아닙니다: { $why }
error-verify-salt-line = { $file } { $line }번째 줄은 솔트가 아닙니다: { $why }. 운영자에게 파일을 다시 받아 주세요.
error-verify-salt-digest = { $file } { $line }번째 줄의 솔트와 값이 해시 { $digest }와 맞지 않습니다. 운영자에게 파일을 다시 받아 주세요.
error-verify-spill = 임시 폴더에 쓸 수 없습니다: { $why }. 자리를 비우거나 TMPDIR로 다른 폴더를 정해 주세요.
error-proof-file = 증명 파일이 아닙니다: { $why }
error-proof-leaf = 증명 파일에 기록이 들어 있지 않습니다. --leaf로 지정해 주세요.
error-proof-keys = 증명은 원장의 열쇠로 확인합니다. --key로 지정해 주세요. 사이트의 /log/key에 있습니다.
error-proof-wrong = 증명이 맞지 않습니다: { $why }
