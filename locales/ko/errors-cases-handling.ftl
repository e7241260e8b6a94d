# 사안을 처리할 때 나오는 오류.

error-case-erased = 사안 { $number }은(는) 보존 기간이 지나 개인정보를 지웠습니다. 더 처리할 수 없습니다.
error-case-closed = 이미 끝난 사안입니다. 지금 할 수 있는 일은 사안 페이지에서 확인해 주세요.
error-case-author-only = 신청한 사람만 할 수 있습니다. 로그인하거나 접수번호와 확인 번호를 넣어 주세요.
error-case-handling-only = 함께 처리하는 기관은 할 수 없습니다. 담당 기관에 요청해 주세요.
error-case-text-missing = 내용을 적어 주세요.
error-case-text-long = { $max }자 안으로 줄여 주세요.
error-case-agency-unknown = 그런 기관이 없습니다. 기관 목록에서 골라 주세요.
error-case-agency-role-unknown = ‘{ $value }’(이)라는 기관의 역할은 없습니다. handling, joint 가운데 하나를 적어 주세요.

error-case-step-unknown = ‘{ $value }’(이)라는 처리 단계가 없습니다. 사안 페이지에서 골라 주세요.
error-case-step-shut = 지금은 이 일을 할 수 없습니다. 사안이 다른 상태로 옮겨졌습니다. 사안 페이지를 다시 열어 주세요.
error-case-step-who = 이 일을 할 수 있는 사람이 아닙니다. 누가 하는지는 서비스 안내에 있습니다.
error-case-step-late = 이 일을 할 수 있는 기간이 아닙니다. 사안 페이지에서 기한을 확인해 주세요.
error-case-step-invalid = 고칠 곳이 있습니다. 표시한 칸을 확인해 주세요.

error-case-approval-unknown = 그런 확인 요청이 없습니다. 사안 페이지에서 찾아 주세요.
error-case-approval-state-unknown = ‘{ $value }’(이)라는 확인 상태는 없습니다. draft, waiting, approved, returned, dropped 가운데 하나를 적어 주세요.
error-case-approval-waiting = 같은 일이 이미 확인을 기다립니다. 확인이 끝난 뒤에 다시 해 주세요.
error-case-approval-decided = 이미 끝난 확인입니다. 사안 페이지를 다시 열어 주세요.
error-case-approval-own = 올린 사람만 할 수 있습니다. 내용을 고쳐 저장하면 올린 사람이 됩니다.
error-case-approval-same = 올린 사람은 확인할 수 없습니다. 같은 기관의 다른 담당자에게 부탁해 주세요.
error-case-approval-agency = 올린 사람과 같은 기관의 담당자만 확인할 수 있습니다.

error-case-question-open = 아직 답을 기다리는 질문이 있습니다. 답을 받은 뒤에 물어 주세요.
error-case-question-none = 답할 질문이 없습니다. 사안 페이지를 다시 열어 주세요.
error-case-assignee = 이 기관의 담당자가 아닙니다. 담당자 목록에서 골라 주세요.
error-case-transfer-not = 이 서비스의 사안은 다른 기관으로 보낼 수 없습니다.
error-case-transfer-self = 이미 그 기관이 맡고 있습니다. 다른 기관을 골라 주세요.
error-case-joint-not = 이 서비스의 사안은 여러 기관이 함께 처리할 수 없습니다.
error-case-joint-already = 그 기관은 이미 이 사안을 처리하고 있습니다.
error-case-leave-handling = 담당 기관은 빠질 수 없습니다. 다른 기관으로 보내 주세요.
error-case-clock-unknown = ‘{ $value }’(이)라는 기한이 없습니다. 사안 페이지에서 골라 주세요.
error-case-extend-not = 이 기한은 지금 늘릴 수 없습니다. 멈췄거나 지났거나, 늘릴 수 있는 횟수를 다 썼습니다.
error-case-extend-who = 이 기한을 늘릴 수 있는 사람이 아닙니다.

error-case-correct-not = 이제는 고칠 수 없습니다. 담당 기관이 처리를 시작했습니다. 더 알릴 것은 기관의 질문에 답할 때 적어 주세요.
error-case-correct-invalid = 고칠 곳이 있습니다. 표시한 칸을 확인해 주세요.
error-case-correct-redaction = 담당자는 공개되는 글에서 일부를 █로 가릴 수만 있습니다. 다른 글자는 그대로 두어 주세요.
error-case-withdraw-not = 이 서비스의 사안은 취하할 수 없습니다.
error-case-merge-self = 사안을 자기 자신과 합칠 수 없습니다.
error-case-merge-service = 다른 서비스의 사안입니다. 같은 서비스의 사안만 합칠 수 있습니다.
error-case-merge-merged = 사안 { $number }은(는) 이미 합쳐졌습니다. 먼저 나누어 주세요.
error-case-merge-many = 한 번에 { $max }건까지 합칠 수 있습니다.
error-case-split-not = 합쳐진 사안이 아닙니다.
error-case-rate-stars = 만족도는 1부터 5까지 골라 주세요.
error-case-rate-early = 답을 받은 뒤에 평가할 수 있습니다.
error-case-review-field = ‘{ $field }’ 칸은 검토한 뒤에 공개하는 칸이 아닙니다. 공개 검토 목록에서 골라 주세요.
error-case-hide-not = 공개된 사안이 아닙니다.
error-case-show-not = 공개를 거둔 사안이 아닙니다.
error-case-link-private = 공개된 사안만 다른 것과 이을 수 있습니다.
error-case-link-unknown = 이을 것을 찾을 수 없습니다. 온전한 주소나 접수번호, 또는 commitment:kr-2021/2.1처럼 적어 주세요. 공개된 것만 이을 수 있습니다.
error-case-party-unknown = 이 서비스에는 ‘{ $value }’(이)라는 모임이 없습니다.

error-case-follow-token = 쓸 수 없는 링크입니다. 편지의 링크를 온전히 열었는지 확인해 주세요.
error-case-follow-reason-unknown = ‘{ $value }’(이)라는 소식 받는 까닭은 없습니다.
error-case-rhythm-unknown = ‘{ $value }’(이)라는 소식 간격은 없습니다. at-once, weekly 가운데 하나를 적어 주세요.
error-case-subscriber = 소식을 받는 사람의 표시가 잘못되었습니다. account:번호나 mail:주소여야 합니다.
error-case-whose-unknown = ‘{ $value }’(이)라는 묶음은 없습니다. mine, unassigned, all, joint 가운데 하나를 적어 주세요.
error-case-due-unknown = ‘{ $value }’(이)라는 기한은 없습니다. today, overdue, week, any 가운데 하나를 적어 주세요.
