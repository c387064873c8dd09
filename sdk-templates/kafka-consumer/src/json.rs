//! Reads a JSON document (RFC 8259) from left to right, without keeping what nobody asks for. Errors say at which byte.
use std::borrow::Cow;

/// Lists and objects in one another; deeper ones are refused rather than exhaust the stack.
const DEEPEST: u32 = 64;

pub type Result<T> = std::result::Result<T, String>;

pub struct Json<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
}

impl<'a> Json<'a> {
    /// Hands the document to `read`, which must read one value: all of the document is that value.
    pub fn document<T>(text: &'a str, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let mut json = Json { text, at: 0, depth: 0 };
        let value = read(&mut json)?;
        match json.peek() {
            None => Ok(value),
            Some(_) => json.expected("the end"),
        }
    }

    /// Reads an object: `member` is told each name and must read the value.
    pub fn object(&mut self, mut member: impl FnMut(&mut Self, &str) -> Result<()>) -> Result<()> {
        self.series(b'{', b'}', |json| {
            let name = json.string()?;
            json.take(b':')?;
            member(json, &name)
        })
    }

    /// Reads a list: `item` must read one value each time.
    pub fn list(&mut self, item: impl FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.series(b'[', b']', item)
    }

    pub fn string(&mut self) -> Result<Cow<'a, str>> {
        self.take(b'"')?;
        let start = self.at;
        let end = self.plain();
        if self.next() == Some(b'"') {
            return Ok(Cow::Borrowed(&self.text[start..end]));
        }
        self.at = end;
        let mut text = self.text[start..end].to_string();
        loop {
            match self.next() {
                Some(b'"') => return Ok(Cow::Owned(text)),
                Some(b'\\') => text.push(self.escape()?),
                _ => return self.expected("a string's end"),
            }
            let start = self.at;
            let end = self.plain();
            text.push_str(&self.text[start..end]);
        }
    }

    /// The digits of a number, as they are written.
    pub fn number(&mut self) -> Result<&'a str> {
        self.peek();
        let start = self.at;
        self.one_of(|c| c == b'-');
        let whole = self.at;
        let mut right = self.digits() && (self.text.as_bytes()[whole] != b'0' || self.at == whole + 1);
        if self.one_of(|c| c == b'.') {
            right &= self.digits();
        }
        if self.one_of(|c| matches!(c, b'e' | b'E')) {
            self.one_of(|c| matches!(c, b'+' | b'-'));
            right &= self.digits();
        }
        if right { Ok(&self.text[start..self.at]) } else { self.expected("a number") }
    }

    /// Passes over a value of any kind.
    pub fn skip(&mut self) -> Result<()> {
        match self.peek() {
            Some(b'{') => self.object(|json, _| json.skip()),
            Some(b'[') => self.list(|json| json.skip()),
            Some(b'"') => self.string().map(drop),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            _ => self.number().map(drop),
        }
    }

    fn series(&mut self, open: u8, close: u8, mut one: impl FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.take(open)?;
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.expected("no more than 64 levels");
        }
        if self.peek() != Some(close) {
            one(self)?;
            while self.peek() == Some(b',') {
                self.at += 1;
                one(self)?;
            }
        }
        self.depth -= 1;
        self.take(close)
    }

    fn escape(&mut self) -> Result<char> {
        Ok(match self.next() {
            Some(c @ (b'"' | b'\\' | b'/')) => c as char,
            Some(b'b') => '\x08',
            Some(b'f') => '\x0c',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return self.expected("an escape"),
        })
    }

    /// Characters beyond 16 bits are two escapes, a surrogate pair.
    fn unicode(&mut self) -> Result<char> {
        let first = self.hex()?;
        let mut code = first;
        if (0xd800..0xdc00).contains(&first) && self.text[self.at..].starts_with("\\u") {
            self.at += 2;
            let second = self.hex()?;
            code = 0x10000 + ((first - 0xd800) << 10) + second.wrapping_sub(0xdc00);
            if !(0xdc00..0xe000).contains(&second) {
                return self.expected("a surrogate pair");
            }
        }
        match char::from_u32(code) {
            Some(c) => Ok(c),
            None => self.expected("a surrogate pair"),
        }
    }

    fn hex(&mut self) -> Result<u32> {
        let digits = self.text.get(self.at..self.at + 4).filter(|d| d.bytes().all(|c| c.is_ascii_hexdigit()));
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(code) => {
                self.at += 4;
                Ok(code)
            }
            None => self.expected("four hexadecimal digits"),
        }
    }

    fn word(&mut self, word: &str) -> Result<()> {
        if !self.text[self.at..].starts_with(word) {
            return self.expected(word);
        }
        self.at += word.len();
        Ok(())
    }

    /// Passes over the characters of a string that stand for themselves; where they end.
    fn plain(&mut self) -> usize {
        self.pass(|c| c != b'"' && c != b'\\' && c >= 0x20);
        self.at
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        self.pass(|c| c.is_ascii_digit());
        self.at > start
    }

    fn one_of(&mut self, right: impl Fn(u8) -> bool) -> bool {
        let found = self.text.as_bytes().get(self.at).map_or(false, |&c| right(c));
        self.at += found as usize;
        found
    }

    fn pass(&mut self, right: impl Fn(u8) -> bool) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|&&c| right(c)).count();
    }

    fn next(&mut self) -> Option<u8> {
        let c = self.text.as_bytes().get(self.at).copied();
        self.at += c.is_some() as usize;
        c
    }

    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        self.pass(|c| matches!(c, b' ' | b'\t' | b'\n' | b'\r'));
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, c: u8) -> Result<()> {
        if self.peek() != Some(c) {
            return self.expected(&(c as char).to_string());
        }
        self.at += 1;
        Ok(())
    }

    #[cold]
    fn expected<T>(&self, what: &str) -> Result<T> {
        Err(format!("no JSON at byte {} (expected: {})", self.at, what))
    }
}

/// A text as a JSON string.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\0'..='\x1f' => quoted += &format!("\\u{:04x}", c as u32),
            _ => quoted.push(c),
        }
    }
    quoted + "\""
}
