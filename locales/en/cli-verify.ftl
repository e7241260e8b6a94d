# What `madang verify` prints.

cli-verify-head = Export of { $site }, made { $generated }
cli-verify-log = Log { $origin }: { $size } leaves, root { $root }
cli-verify-signed = Signed by the key that you gave: { $key }
cli-verify-signed-on-trust = Signed by { $key } — the export's own word: compare this key with the one that the site publishes elsewhere, or give it with --key
cli-verify-not-signed = Not signed by a key that is known
cli-verify-witness = Witness { $name } has cosigned at { $at }
cli-verify-unknown-witnesses = Also cosigned, by keys that you did not give: { $names }
cli-verify-since = It goes on from the older checkpoint of { $size } leaves
cli-verify-leaves = Read: { $leaves } leaves of { $months ->
    [one] 1 month
   *[other] { $months } months
  }, { $opaque } of them opaque
cli-verify-recount-cases = Counted again: { $cases } cases, { $supports } supports, { $thresholds } thresholds, { $states } steps and states
cli-verify-audited = Regions and age bands counted with { $salts } salts
cli-verify-unknown-kind = Not known to this program, and not counted: { $kind } ({ $count })
cli-verify-unknown-field = Not known to this program: field { $field } ({ $count })
cli-verify-unknown-claims = Claims that this program cannot count: { $name }
cli-verify-agrees = Everything agrees.
cli-verify-difference = DIFFERS { $place }: { $what } ({ $by }): the log says { $expected }, found { $found }
cli-verify-more = … and { $count } more; --json has them
cli-verify-differs = { $count ->
    [one] 1 difference
   *[other] { $count } differences
  } between the log and what is said
cli-verify-file-yes = YES. The government published this document: { $name }, { $at }
cli-verify-file-leaf = Leaf { $leaf } of the log, about { $object } ({ $place })
cli-verify-file-receipt = Receipt: { $url }
cli-verify-file-site-says = This is what the site says now. `madang verify file --export` or `madang verify proof` checks it without the site.
cli-verify-file-no = NO. Nothing says that this document was published.
cli-verify-proof = Leaf { $leaf } stands in the log { $origin }, under a signed checkpoint of { $size } leaves
cli-verify-rows = { $table }: { $rows } compared
cli-verify-uncovered = { $table }: { $rows } older than the log's records, not compared
cli-verify-erased = { $count } digests open nothing any more: what they stood for was erased, and the log says so
cli-verify-database-agrees = The database agrees with the log.
