# Errors of the public export, of downloads and of verification: what is wrong, where, what to do instead.

error-export-none = There is no export here: manifest.json is missing. Name the folder that `madang export log` or `madang ledger fetch` filled, and run that command again if it was broken off.
error-export-manifest = manifest.json cannot be read (line { $line }): { $why }. Fetch the export again.
error-export-format = The export is of the format { $found }; this program reads { $known }. Use a program of the export's age.
error-export-unreadable = { $file } cannot be read (line { $line }): { $why }. Fetch the export again.
error-export-checkpoint = { $file } is no signed checkpoint: { $why }. Fetch it again.
error-export-broken = The export itself is not in order: { $what }: expected { $expected }, found { $found }. `madang verify export` says more.
error-export-month = ‘{ $value }’ is no month. Write it like 2026-11.
error-export-range = The log has no leaves { $from } to { $to }. Ask for leaves below the size of its checkpoint.
error-export-unknown = There is nothing called ‘{ $value }’ in the export. The manifest names what there is.
error-export-missing = The site has nothing at { $url }. Ask whether it gives its export away.
error-download-unreachable = { $url } cannot be reached. Look at the address and the network, and run the command again: it goes on where it was.
error-download-refused = { $url } answers with status { $status }. Try again later.
error-download-large = { $url } is larger than { $most } bytes, which is no such file.
error-download-text = { $url } is no text.
error-download-cut = The download of { $url } ended too early. Run the command again: it goes on where it was.
error-verify-claim-line = This line is no claim: { $why }
error-verify-salt-line = { $file }, line { $line }: this is no salt: { $why }. Ask the operator for the file again.
error-verify-salt-digest = { $file }, line { $line }: salt and value do not give the digest { $digest }. Ask the operator for the file again.
error-verify-spill = The temporary folder cannot be written: { $why }. Make room, or name another with TMPDIR.
error-proof-file = This is no proof file: { $why }
error-proof-leaf = The proof file does not carry the leaf. Give it with --leaf.
error-proof-keys = A proof is checked with the key of the log. Give it with --key; the site shows it at /log/key.
error-proof-wrong = The proof does not hold: { $why }
