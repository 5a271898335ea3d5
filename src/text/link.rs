//! Links, bare host names and e-mail addresses: one token each, without the punctuation that follows.
//!
//! A link is recognized by its scheme, by `www.`, or by a host name that ends in a well-known top-level domain; a missing
//! space after a full stop (`talks.The`) is no host name. All look-ahead is bounded, so hostile text stays linear.

/// Longest part before `@` (RFC 5321) and longest host name (RFC 1035).
const LOCAL_PART: usize = 64;
const HOST_NAME: usize = 255;

/// Top-level domains that are no words of running text.
const TOP_LEVEL: &[&str] = &[
    "au", "br", "ca", "ch", "cn", "com", "cz", "de", "edu", "eu", "example", "fr", "gov", "hk", "info", "int", "io",
    "jp", "kr", "mil", "net", "nl", "nz", "org", "pk", "pl", "ru", "sg", "tr", "tv", "tw", "ua", "uk",
];

/// End of the link or address whose first run of word characters is `start..end` and is followed by `:` or `@`.
pub fn after_first_run(text: &str, start: usize, end: usize) -> Option<usize> {
    match text.as_bytes()[end] {
        b':' => {
            let scheme = ["http", "https", "ftp"].iter().any(|scheme| text[start..end].eq_ignore_ascii_case(scheme));
            (scheme && text[end..].starts_with("://")).then(|| link_end(text, start, end + 3))
        }
        _ => address_end(text, end),
    }
}

/// End of the link or address that begins at `start` and has its first full stop at `stop`.
pub fn at_full_stop(text: &str, start: usize, stop: usize) -> Option<usize> {
    if text[start..stop].eq_ignore_ascii_case("www") {
        return Some(link_end(text, start, stop));
    }
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-');
    let rest = &text.as_bytes()[stop..];
    let at = stop + rest.iter().take(LOCAL_PART).take_while(|b| local(b)).count();
    if text.as_bytes().get(at) == Some(&b'@') {
        return address_end(text, at);
    }
    let host = host_end(text, start);
    if host <= stop || !ends_in_top_level(&text[start..host]) {
        return None;
    }
    Some(if text[host..].starts_with('/') { link_end(text, start, host) } else { host })
}

/// Whether a whole type is a host name, with or without a path.
pub fn is_host(term: &str) -> bool {
    let host = &term[..host_end(term, 0)];
    ends_in_top_level(host) && (host.len() == term.len() || term[host.len()..].starts_with('/'))
}

fn ends_in_top_level(host: &str) -> bool {
    host.rsplit_once('.').is_some_and(|(name, top_level)| !name.is_empty() && TOP_LEVEL.contains(&top_level))
}

/// End of the e-mail address whose `@` is at this byte.
fn address_end(text: &str, at: usize) -> Option<usize> {
    let end = host_end(text, at + 1);
    text[at + 1..end].contains('.').then_some(end)
}

/// End of the host name that begins at a byte: labels of letters, digits and hyphens joined by single full stops.
fn host_end(text: &str, start: usize) -> usize {
    let bytes = &text.as_bytes()[start..];
    let label = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    let mut end = 0;
    while end < HOST_NAME && end < bytes.len() {
        let inside =
            label(bytes[end]) || (bytes[end] == b'.' && bytes.get(end + 1).is_some_and(|&b| b.is_ascii_alphanumeric()));
        if !inside {
            break;
        }
        end += 1;
    }
    start + end
}

/// End of a link: up to white space or a character no link holds, less the punctuation of the sentence around it.
fn link_end(text: &str, start: usize, from: usize) -> usize {
    let holds = |c: char| {
        if c.is_ascii() {
            !c.is_ascii_whitespace()
                && !c.is_ascii_control()
                && !matches!(c, '<' | '>' | '"' | '`' | '[' | ']' | '|' | '\\' | '^' | '{' | '}')
        } else {
            c.is_alphanumeric()
        }
    };
    let len: usize = text[from..].chars().take_while(|&c| holds(c)).map(char::len_utf8).sum();
    let mut link = &text[start..from + len];
    let mut unclosed = link.matches('(').count() as i64 - link.matches(')').count() as i64;
    while let Some(last) = link.chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '(' => unclosed -= i64::from(last == '('),
            ')' if unclosed < 0 => unclosed += 1,
            _ => break,
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    start + link.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_end_before_the_punctuation_around_them() {
        for (text, expected) in [
            ("https://a.example/b?c=d.", "https://a.example/b?c=d"),
            ("https://a.example/x_(y)) and", "https://a.example/x_(y)"),
            ("http://a.example/)[b](", "http://a.example/"),
            ("https://a.example，后面", "https://a.example"),
            ("ftp://a.example/ü”", "ftp://a.example/ü"),
        ] {
            let colon = text.find(':').unwrap();
            let end = after_first_run(text, 0, colon).unwrap();
            assert_eq!(&text[..end], expected);
        }
        assert_eq!(after_first_run("said:The", 0, 4), None);
    }

    #[test]
    fn hosts_and_addresses_are_whole_and_missing_spaces_are_not_hosts() {
        for (text, expected) in [
            ("www.a.example.", Some("www.a.example")),
            ("a.b@c.example, d", Some("a.b@c.example")),
            ("kolloc.org/x.", Some("kolloc.org/x")),
            ("talks.The", None),
            ("talks.It", None),
            ("a.b@c", None),
        ] {
            let stop = text.find('.').unwrap();
            assert_eq!(at_full_stop(text, 0, stop).map(|end| &text[..end]), expected, "{text}");
        }
    }
}
