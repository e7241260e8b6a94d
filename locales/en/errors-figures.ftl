# Errors about the period of figures. What is wrong, and what to do instead.
error-figures-range = Something about the period needs to be corrected. Correct the marked fields.
error-figures-range-unknown = There is no period “{ $value }”. Write this-year, 12-months, last-month or all, or choose days.
error-figures-day = “{ $value }” cannot be read as a day. Write it like 2026-03-01.
error-figures-day-future = The first day ({ $value }) has not come yet. Choose today or an earlier day.
error-figures-days-order = The last day ({ $value }) is before the first. Exchange them, or choose a later day.
error-figures-table-unknown = There is no table “{ $value }”. Write one of { $known }.
error-figures-order-unknown = There is no order “{ $value }”. Write one of received, overdue, median, in-time or name.
