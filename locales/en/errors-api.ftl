error-api-limit = “{ $value }” is not a limit. Give a number from 1 to { $most }.
error-api-cursor = “{ $value }” is not a cursor of this list. Give the `next` of the answer before, unchanged.
error-api-year = “{ $value }” is not a year. Write four digits, such as 2022.
error-api-body = What you sent cannot be read: { $what } Compare it with the API document.
