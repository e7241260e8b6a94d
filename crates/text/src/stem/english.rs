//! English plurals: parks and park are one word.

/// Cuts the plural off a word in lower case.
pub(crate) fn fold(word: &mut String) {
    if word.len() < 4 || !word.ends_with('s') || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return;
    }
    let cut = if word.ends_with("ies") && word.len() > 4 {
        word.truncate(word.len() - 3);
        word.push('y');
        return;
    } else if ["sses", "xes", "ches", "shes", "zzes"].iter().any(|end| word.ends_with(end))
        // buses and campuses, but not houses and causes.
        || (word.len() > 4 && word.ends_with("uses") && !word.ends_with("ouses") && !word.ends_with("auses"))
    {
        2
    } else if ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        0
    } else {
        1
    };
    word.truncate(word.len() - cut);
}
