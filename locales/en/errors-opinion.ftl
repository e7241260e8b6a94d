# What can be wrong with the files of an opinion map: what it is, and what to do instead.

error-opinion-column-missing = There is no column "{ $column }". The first line must name the columns; now it says: { $found }
error-opinion-comment-twice = Statement { $comment } is there twice with different contents. Keep one of the lines.
error-opinion-file-empty = The file is empty.
error-opinion-folder-empty = The folder has neither votes.csv nor participants-votes.csv. Name a folder that has one of them.
error-opinion-id-empty = A number or name is missing here.
error-opinion-id-odd = "{ $value }" cannot be a number or name. Write at most 100 bytes without line breaks. A single quotation mark somewhere above can be the cause.
error-opinion-moderated-unknown = "{ $value }" in the column moderated is not known. Write -1 for a statement that was taken out, 0 or 1 for any other.
error-opinion-no-votes-column = This file has people but no votes. Name a file with a column for each statement, or votes.csv.
error-opinion-not-utf-8 = There are characters that are not UTF-8. Save the file again as "CSV UTF-8".
error-opinion-row-length = Fields in this row: { $found }. There must be { $wanted }, as in the first line. Put texts with commas between double quotation marks.
error-opinion-sign = Agree and disagree seem to be exchanged: the counts beside the statements fit the other way round. If -1 means agree in this file, add --agree=-1; if it is there, leave it out.
error-opinion-time = The time "{ $value }" cannot be read. Write a whole number such as 1435654192085; spreadsheets sometimes turn it into 1.4E+12.
error-opinion-too-many-statements = There are more than { $limit } statements. Look whether the columns are in the right places.
error-opinion-too-many-voters = There are more than { $limit } people. Look whether the columns are in the right places.
error-opinion-unreadable = The file cannot be read to its end.
error-opinion-vote-unknown = "{ $value }" is not a vote. Write 1 for agree, -1 for disagree, 0 for pass.
error-opinion-voter-twice = Person { $voter } is there twice. Each person must have one line only.
