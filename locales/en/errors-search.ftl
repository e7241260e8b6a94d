# Errors of searching.

error-search-unavailable = Search cannot answer now. Please try again in a moment. Lists and numbers work as always.
error-search-kind-unknown = There is no kind “{ $value }”. Please write one of case, plan, commitment, milestone, agency, contact, expert, newsletter.
error-search-order-unknown = There is no order “{ $value }”. Please write one of relevance, newest.
