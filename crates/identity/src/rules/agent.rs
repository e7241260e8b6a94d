//! A browser's name for the session list, so that people recognise their own devices.
//!
//! The whole `User-Agent` is not kept: it can single out a person. Family and system are enough.

/// `Firefox · Windows`; `? · ?` for what is not recognised.
#[must_use]
pub fn summary(user_agent: &str) -> String {
    // First match wins: the later ones claim to be the earlier ones.
    const BROWSERS: [(&str, &str); 10] = [
        ("Whale/", "Whale"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("KAKAOTALK", "KakaoTalk"),
        ("NAVER(", "Naver"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let find = |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, n)| *n);
    let browser = find(&BROWSERS).or_else(|| user_agent.contains("Safari/").then_some("Safari")).unwrap_or("?");
    format!("{browser} · {}", find(&SYSTEMS).unwrap_or("?"))
}
