//! Orders in, invoices out. The record's value is on stdin, what is known of the record in the environment; the invoice
//! goes to stdout, behind a head with its key and headers. Each record runs a fresh copy. Whoever exits with anything
//! but 0 is asked again, and at last the order lies in the dead letters, with the last lines of stderr.
use std::env;
use std::fmt;
use std::io::{self, Read, Write};
use std::process::ExitCode;

mod json;
use json::{quoted, Json, Result};

#[derive(Default)]
struct Order {
    number: String,
    customer: String,
    currency: String,
    lines: Vec<Line>,
}

#[derive(Default)]
struct Line {
    item: String,
    quantity: i64,
    price: Money,
}

/// An amount in hundredths: exact, which a floating-point number would not be.
#[derive(Default, Clone, Copy)]
struct Money(i64);

struct Invoice {
    net: Money,
    vat: Money,
    total: Money,
}

impl Order {
    fn parse(text: &str) -> Result<Order> {
        let mut order = Order::default();
        Json::document(text, |json| {
            json.object(|json, name| {
                match name {
                    "order" => order.number = json.string()?.into(),
                    "customer" => order.customer = json.string()?.into(),
                    "currency" => order.currency = json.string()?.into(),
                    "lines" => json.list(|json| Ok(order.lines.push(Line::parse(json)?)))?,
                    _ => json.skip()?,
                }
                Ok(())
            })
        })?;
        // Both go into the invoice's head, where a line end would begin another header.
        for (name, text) in [("order", &order.number), ("customer", &order.customer)] {
            if text.is_empty() || text.chars().any(char::is_control) {
                return Err(format!("{}: {} (expected: a name)", name, quoted(text)));
            }
        }
        Ok(order)
    }

    fn invoice(&self, vat_percent: i64) -> Result<Invoice> {
        if self.lines.is_empty() {
            return Err("lines: none (expected: what is ordered)".into());
        }
        let too_much = || "lines: more than can be added up".to_string();
        let mut net: i64 = 0;
        for line in &self.lines {
            net = line.amount()?.and_then(|amount| net.checked_add(amount)).ok_or_else(too_much)?;
        }
        let vat = net.checked_mul(vat_percent).ok_or_else(too_much)?.saturating_add(50) / 100;
        let total = net.checked_add(vat).ok_or_else(too_much)?;
        Ok(Invoice { net: Money(net), vat: Money(vat), total: Money(total) })
    }
}

impl Line {
    fn parse(json: &mut Json) -> Result<Line> {
        let mut line = Line::default();
        json.object(|json, name| {
            match name {
                "item" => line.item = json.string()?.into(),
                "quantity" => line.quantity = whole(json.number()?)?,
                "price" => line.price = Money::parse(json.number()?)?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        Ok(line)
    }

    /// Nothing if it is more than can be counted.
    fn amount(&self) -> Result<Option<i64>> {
        if self.quantity < 1 || self.price.0 < 0 {
            return Err(format!("{}: {} times {} (expected: something to pay)", self.item, self.quantity, self.price));
        }
        Ok(self.quantity.checked_mul(self.price.0))
    }
}

impl Money {
    fn parse(digits: &str) -> Result<Money> {
        let (units, hundredths) = digits.split_once('.').unwrap_or((digits, ""));
        if hundredths.len() > 2 {
            return Err(format!("price: {} (expected: hundredths at most)", digits));
        }
        whole(&format!("{}{:0<2}", units, hundredths)).map(Money)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{}{}.{:02}", sign, self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

fn whole(digits: &str) -> Result<i64> {
    digits.parse().map_err(|e| format!("{}: {}", digits, e))
}

/// All variables: docs/kafka.md.
fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// The head: the new record's key and headers. Then an empty line, and the new record's value.
fn send(order: &Order, invoice: &Invoice) -> io::Result<()> {
    let head = format!("Kafka-Key: {}\nContent-Type: application/json\nOrder: {}\n", order.customer, order.number);
    let value = format!(
        "{{\"invoice\":{},\"customer\":{},\"currency\":{},\"net\":\"{}\",\"vat\":\"{}\",\"total\":\"{}\"}}",
        quoted(&format!("INV-{}", order.number)),
        quoted(&order.customer),
        quoted(&order.currency),
        invoice.net,
        invoice.vat,
        invoice.total,
    );
    io::stdout().write_all((head + "\n" + &value).as_bytes())
}

fn run() -> Result<()> {
    if !variable("KAFKA_TOMBSTONE").is_empty() {
        return Ok(()); // the order is no more; no output, no invoice
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map_err(|e| e.to_string())?;
    let order = Order::parse(&text)?;
    let vat_percent = whole(&variable("VAT_PERCENT"))?;
    let invoice = order.invoice(vat_percent).map_err(|e| format!("order {}: {}", order.number, e))?;
    send(&order, &invoice).map_err(|e| e.to_string())?;
    eprintln!("order {}: {} {}", order.number, invoice.total, order.currency);
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("attempt {}: {}", variable("KAFKA_ATTEMPT"), problem);
            ExitCode::FAILURE
        }
    }
}
