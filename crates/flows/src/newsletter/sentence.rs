//! The first sentence of an answer that says something.

/// Characters of a sentence that is longer.
const MOST: usize = 160;

/// Greetings and thanks, with which answers begin.
const GREETINGS: [&str; 6] = ["안녕하", "감사드립니다", "감사합니다", "thank you", "dear ", "hello"];

/// The first sentence that is no greeting; the first of all when there is no other. At most 160 characters.
pub(super) fn first(text: &str) -> String {
    let sentences = split(text);
    let greets = |sentence: &&String| {
        let sentence = sentence.to_lowercase();
        GREETINGS.iter().any(|greeting| sentence.contains(greeting))
    };
    let told = sentences.iter().find(|sentence| !greets(sentence)).or(sentences.first());
    told.map(|sentence| short(sentence)).unwrap_or_default()
}

/// Ends at a full stop, question or exclamation mark with a blank behind it, and at the end of a line.
fn split(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut sentence = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let ends = match c {
            '\n' | '\r' => true,
            '.' | '?' | '!' | '。' => {
                sentence.push(c);
                let number = c == '.' && sentence.chars().rev().nth(1).is_some_and(|before| before.is_ascii_digit());
                chars.peek().is_none_or(|next| next.is_whitespace()) && !number
            }
            _ => {
                sentence.push(c);
                false
            }
        };
        if ends {
            keep(&mut out, &mut sentence);
        }
    }
    keep(&mut out, &mut sentence);
    out
}

fn keep(out: &mut Vec<String>, sentence: &mut String) {
    let line = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().any(char::is_alphanumeric) {
        out.push(line);
    }
    sentence.clear();
}

fn short(sentence: &str) -> String {
    if sentence.chars().count() <= MOST {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(MOST - 1).collect();
    let end = cut.rfind(' ').filter(|end| *end > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}
