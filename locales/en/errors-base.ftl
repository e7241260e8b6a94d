# Basic errors. Each says what went wrong and what to do instead.
error-internal = Something went wrong on the server and your request was not carried out. Please try again in a moment; if it happens again, tell the agency that runs this site.
error-id-unknown = There is nothing here with that address. Check the address or look it up in the list.
error-locale-unknown = This site has no pages in that language. Choose Korean (ko) or English (en).
error-time-format = “{ $value }” cannot be read as a date and time. Write it like 2026-03-01T09:00:00+09:00.
error-date-partial-format = “{ $value }” cannot be read as a date. Write it as 2023, 2023-Q2, 2023-04 or 2023-04-30.
error-clock-amount-range = A period is a number from 1 to { $max }; { $value } is not. Write a number in that range.
error-clock-pause-order = The pause ends before it begins. Check the day it stopped and the day it went on.
error-clock-extended-too-often = This period can be extended { $allowed } times at most. Decide within the present date.
