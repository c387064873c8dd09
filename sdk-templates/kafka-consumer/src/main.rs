//! Orders in, invoices out. Each record runs in a fresh copy of the program. An order that cannot be invoiced is a failed attempt:
//! it is tried again, and at last lies in the dead letters, with the last lines of stderr.
use std::fmt;
use std::process::ExitCode;

use mayfly::{Output, Record};

mod json;
use json::{quoted, Json, Result};

fn main() -> ExitCode {
    mayfly::run(invoice)
}

fn invoice(record: &Record) -> Result<Option<Output>> {
    let value = match record.value() {
        Some(value) => std::str::from_utf8(value).map_err(|error| format!("the value is no UTF-8: {}", error))?,
        None => return Ok(None), // the order is no more; no output, no invoice
    };
    let order = Order::parse(value)?;
    let vat_percent = whole(record.variable("VAT_PERCENT").unwrap_or(""))?;
    let invoice = order.invoice(vat_percent).map_err(|error| format!("order {}: {}", order.number, error))?;
    eprintln!("order {}: {} {}", order.number, invoice.total, order.currency);
    let output = Output::new(invoice.json(&order))
        .key(&order.customer)
        .header("Content-Type", "application/json")
        .header("Order", &order.number);
    Ok(Some(match record.header("channel") {
        Some(channel) => output.header("Channel", channel),
        None => output,
    }))
}

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

impl Invoice {
    fn json(&self, order: &Order) -> String {
        format!(
            "{{\"invoice\":{},\"customer\":{},\"currency\":{},\"net\":\"{}\",\"vat\":\"{}\",\"total\":\"{}\"}}",
            quoted(&format!("INV-{}", order.number)),
            quoted(&order.customer),
            quoted(&order.currency),
            self.net,
            self.vat,
            self.total,
        )
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

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: &str = r#"{"order":"17","customer":"C-7","currency":"EUR",
        "lines":[{"item":"lamp","quantity":2,"price":19.99},{"item":"bulb","quantity":10,"price":1.5}]}"#;

    fn record(value: impl Into<Vec<u8>>, more: &[(&str, &str)]) -> Record {
        let known = [("KAFKA_TOPIC", "orders"), ("VAT_PERCENT", "19")];
        let variables = known.iter().chain(more).map(|(name, value)| (name.to_string(), value.to_string()));
        Record::new(variables.collect(), value)
    }

    fn written(record: Record) -> String {
        let mut bytes = Vec::new();
        invoice(&record).unwrap().unwrap().write(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn refused(value: impl Into<Vec<u8>>) -> String {
        invoice(&record(value, &[])).err().unwrap()
    }

    #[test]
    fn an_order_becomes_an_invoice_of_its_customer() {
        let text = "Kafka-Key: C-7\nContent-Type: application/json\nOrder: 17\nChannel: shop\n\n\
                    {\"invoice\":\"INV-17\",\"customer\":\"C-7\",\"currency\":\"EUR\",\
                    \"net\":\"54.98\",\"vat\":\"10.45\",\"total\":\"65.43\"}";
        assert_eq!(written(record(ORDER, &[("KAFKA_HEADER_CHANNEL", "shop")])), text);
    }

    #[test]
    fn an_order_that_is_no_more_becomes_nothing() {
        assert!(invoice(&record("", &[("KAFKA_TOMBSTONE", "1")])).unwrap().is_none());
    }

    #[test]
    fn nobody_orders_zero_lamps() {
        let expected = "order 17: lamp: 0 times 19.99 (expected: something to pay)";
        assert_eq!(refused(ORDER.replace("\"quantity\":2", "\"quantity\":0")), expected);
    }

    #[test]
    fn amounts_are_exact_or_refused() {
        assert!(refused(ORDER.replace("19.99", "19.999")).contains("hundredths at most"));
        assert!(refused(ORDER.replace("\"quantity\":2", "\"quantity\":9223372036854775807")).contains("more than can be added up"));
    }

    #[test]
    fn no_line_end_of_an_order_begins_a_header() {
        assert!(refused(ORDER.replace("\"C-7\"", "\"C-7\\nX: y\"")).contains("(expected: a name)"));
    }

    #[test]
    fn what_is_no_json_is_refused_with_its_place() {
        assert_eq!(refused("no order at all"), "no JSON at byte 0 (expected: {)");
        assert!(refused(b"caf\xe9".to_vec()).starts_with("the value is no UTF-8"));
    }
}
