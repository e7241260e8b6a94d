## Search over everything public
search-title = Search
search-title-of = Search for “{ $q }”
search-all = Search everything
search-lead = Everything public in one place: what citizens wrote and agencies answered, public promises, agencies and the people who answer.
search-read-keyboard = Nothing was found for “{ $typed }”. Showing results for “{ $read }”.
search-read-loose = Nothing has all of these words. What has most of them is shown.
search-cut = That was long, so only the beginning was searched for. A few important words are enough.
search-failed = The search does not answer just now. Please try again in a moment. Cases and plans can be read in their lists.
search-in-answer = In the answer:
search-none-title = Nothing matches “{ $q }”
search-none-filters = Filters may hide what you look for.
search-none-shorter = Try fewer or shorter words. Spacing and particles need not match.
search-none-other = Try another word for the same thing. Initial consonants work too (ㄱㄹㄷ for 가로등).
search-none-write = Write it yourself
search-none-all = See all public cases
search-examples = Ways to search
search-example-plain = plain words
search-example-spacing = spacing does not matter
search-example-initials = initial consonants only
search-example-keyboard = typed on the wrong keyboard
search-example-phrase = the exact phrase, in quotation marks
search-finds = What can be found?
search-finds-case = Public petitions, proposals and information requests, with the answers of agencies
search-finds-commitment = What the government promised, step by step, and how far it has come
search-finds-contact = Which office answers for this, and who there
search-finds-expert = Experts and groups who agreed to be found
search-finds-newsletter = What was asked, answered and decided, put together
search-most = The CSV and JSON files hold the first { $n } results. The Atom feed shows the newest 30.
search-kind = What
search-kind-case = Case
search-kind-answer = Answer
search-kind-plan = Plan
search-kind-commitment = Commitment
search-kind-milestone = Milestone
search-kind-agency = Agency
search-kind-contact = Officer
search-kind-expert = Expert or group
search-kind-newsletter = Newsletter
search-service = Service
search-area = Area
search-order = Order
search-order-relevance = Best match first
search-order-newest = Newest first
search-count = { $n ->
    [one] { $n } result
   *[other] { $n } results
}
search-count-over = more than { $n } results
search-suggest-name = Suggestions
search-suggest-some = { $n } suggestions. Use the up and down arrows to choose.
search-suggest-none = No suggestions

## Alike cases while writing
alike-head = Others have said something like this
alike-support = Support this one
alike-sign = Sign this one
alike-read = Read this one
alike-new-window = (new window)
alike-different = Mine is different
